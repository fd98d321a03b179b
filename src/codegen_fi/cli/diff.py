"""``codegen-fi diff``."""

from __future__ import annotations

from pathlib import Path

import click

from codegen_fi.cli import _console, _diff_text, _options
from codegen_fi.workflow import diff, is_edited, review_of


@click.command("diff")
@click.argument("folder", type=_options.PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    show_default=True,
    help="For the terminal, the page to review it by, or for programs.",
)
@click.option("--stat", is_flag=True, help="Only how many lines each rule changed.")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID",
    help="Only places of this rule; repeatable.",
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option("--pager/--no-pager", default=True, help="Page a long diff on a terminal.")
def command(
    folder: Path, form: str, stat: bool, rules: tuple[str, ...], opens: bool, pager: bool
) -> None:
    """Show what was changed and why.

    FOLDER was written by codegen-fi.  Piped, the output is a patch; --format html prints where
    the page is.
    """
    if opens or form == "html":
        page = review_of(folder).resolve()
        _console.out().print(str(page), soft_wrap=True)
        if opens:
            click.launch(page.as_uri())
        return
    patch = diff(folder, rules)
    if is_edited(folder):
        _console.warn(
            f"{folder / 'train.py'} was edited after it was written. This is what the rewriting "
            "changed; the page shows the edits beside it once the folder is trained."
        )
    if stat:
        _diff_text.print_stat(patch)
    elif form == "json":
        _diff_text.print_patch_json(patch)
    else:
        _diff_text.print_patch(patch, pager)
