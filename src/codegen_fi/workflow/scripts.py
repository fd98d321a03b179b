"""Read a script, rewrite it into a folder, show what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_fi.errors import UsageError
from codegen_fi.workflow.records import RewriteOptions, Shown, Written

if TYPE_CHECKING:
    from codegen_fi.parse import Script
    from codegen_fi.sources import Found


def show(where: Path) -> Shown:
    """Read a script and return what it says."""
    from codegen_fi.render.describe import describe

    script = parsed(found_at(where))
    return Shown(script.name, script.model, describe(script.model), script.rewritten_by)


def rewrite_to_folder(
    where: Path, out: Path | None, options: RewriteOptions | None = None
) -> Written:
    """Rewrite a script into a folder that trains on its own.

    Raises
    ------
    SourceError, ScriptNotUnderstoodError
        There is no script, or it has a shape the tool doesn't know; nothing is written.
    UsageError
        The folder can't be written; it stays as it was.
    """
    found = found_at(where)
    return written_to(found, parsed(found), out, options or RewriteOptions())


def diff(folder: Path) -> str:
    """Return the unified diff of an emitted folder."""
    from codegen_fi.render import read_manifest

    read_manifest(folder)
    try:
        return (folder / "changes.diff").read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} has lost its changes.diff. Rewrite the script again with --force."
        ) from error


def found_at(where: Path) -> Found:
    """Return the script at a place."""
    from codegen_fi.sources import find_script

    return find_script(where)


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
    from codegen_fi.render import Emission, render_files, stale_files, write_folder
    from codegen_fi.rewrite import rewrite

    rewritten = rewrite(script)
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
            options={"runtime": "portable"},
            others=others or {},
        )
    )
    if options.check:
        return Written(out, rewritten, tuple(files), stale_files(files, out))
    write_folder(files, out, options.force)
    return Written(out, rewritten, tuple(files))


def _from_folder(data: Path | None, out: Path) -> str | None:
    """Return a path as the notebook, which runs in the folder, should write it."""
    if data is None:
        return None
    whole, folder = data.resolve(), out.resolve()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)
