"""Read a script, rewrite it into a folder, show what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen_fi.errors import UsageError
from codegen_fi.model.options import Options
from codegen_fi.workflow.connecting import Connection
from codegen_fi.workflow.fetching import located
from codegen_fi.workflow.records import RewriteOptions, Shown, Steps, Written
from codegen_fi.workflow.reviewing import write_review

if TYPE_CHECKING:
    from codegen_fi.parse import Script
    from codegen_fi.sources import Found


# Where the files that came with a script go in its emitted folder.
RUN_FOLDER = "run"
OUTPUTS = "outputs"


def show(
    where: str | Path, connection: Connection | None = None, steps: Steps | None = None
) -> Shown:
    """Read a script and return what it says."""
    from codegen_fi.model.hidden import public_script
    from codegen_fi.render.describe import describe

    with located(where, connection, steps) as (found, _):
        script = parsed(found)
    model = public_script(script.model)
    return Shown(script.name, model, describe(model), script.rewritten_by)


def rewrite_to_folder(
    where: str | Path,
    out: Path | None,
    options: RewriteOptions | None = None,
    connection: Connection | None = None,
    steps: Steps | None = None,
) -> Written:
    """Rewrite a script into a folder that trains on its own.

    Parameters
    ----------
    where
        A path, or a run.
    out
        The folder; None only checks whether the script can be rewritten.
    connection
        How to reach the service of a run.

    Raises
    ------
    SourceError, ScriptNotUnderstoodError
        There is no script, or it has a shape the tool doesn't know; nothing is written.
    UsageError
        The folder can't be written, and stays as it was; or the rules asked for can't be.
    """
    from codegen_fi.render import refuse_occupied
    from codegen_fi.rewrite.selection import rules_for

    options = options or RewriteOptions()
    rules_for(options.rewriting)
    if out is not None and not options.check:
        refuse_occupied(out, options.force)
    with located(where, connection, steps) as (found, _):
        return written_to(found, parsed(found), out, options)


def parsed(found: Found) -> Script:
    """Return what was found, understood."""
    from codegen_fi.parse import parse_script

    return parse_script(found.text, found.name)


def written_to(
    found: Found,
    script: Script,
    out: Path | None,
    options: RewriteOptions,
    others: Mapping[str, bytes] | None = None,
) -> Written:
    """Rewrite a script that was understood into a folder, with `others` among its files."""
    from codegen_fi.render import Emission, render_files, stale_of, write_folder
    from codegen_fi.rewrite import rewrite

    metric = found.origin.get("run", {}).get("primary_metric")
    rewritten = rewrite(script, replace(options.rewriting, scoring=metric))
    if rewritten.already or out is None:
        return Written(None, rewritten)
    files = render_files(
        Emission(
            source=found.content,
            model=script.model,
            rewritten=rewritten,
            origin=found.origin,
            training_data=_from_folder(options.training_data, out),
            validation_data=_from_folder(options.validation_data, out),
            scoring=metric,
            options=_kept(options.rewriting),
            others={
                **{f"{RUN_FOLDER}/{name}": content for name, content in found.others.items()},
                **(others or {}),
            },
        )
    )
    if options.check:
        stale, written_with = stale_of(files, out), _other_options(out, options.rewriting)
        return Written(out, rewritten, tuple(files), stale, written_with)
    write_folder(files, out, options.force)
    if (out / OUTPUTS).is_dir():
        write_review(out, out / OUTPUTS)
    return Written(out, rewritten, tuple(files))


def _kept(options: Options) -> dict[str, Any]:
    """Return the options of a rewriting for the manifest."""
    return {
        "runtime": options.runtime,
        "rules": None if options.rules is None else sorted(options.rules),
        "skip": sorted(options.skip),
        "fixes": sorted(options.fixes),
    }


def _other_options(folder: Path, options: Options) -> Mapping[str, Any] | None:
    """Return the options a folder was written with that aren't these; None without any."""
    from codegen_fi.render import read_manifest

    try:
        written_with = read_manifest(folder).content.get("options")
    except UsageError:
        return None
    if not isinstance(written_with, dict):
        return None
    given = _kept(options)
    return {k: v for k, v in written_with.items() if v != given.get(k)} or None


def _from_folder(data: Path | None, out: Path) -> str | None:
    """Return a path as the notebook, which runs in the folder, should write it."""
    if data is None:
        return None
    whole, folder = data.resolve(), out.resolve()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)
