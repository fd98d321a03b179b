"""Put the files where the user wants them: the whole folder at once, and no edit is lost."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen_fi.errors import UsageError
from codegen_fi.model.plain import sha256
from codegen_fi.render.manifest import NAME, SCHEMA_VERSION


@dataclass(frozen=True)
class Manifest:
    """The parts of ``codegen-fi.json`` that later commands need."""

    files: Mapping[str, str]
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """How a folder of this tool is known: by a file that lists the others.

    Attributes
    ----------
    name
        The file's name.
    listed
        Reads, from the folder, the SHA-256 of each other file by its relative path.
    """

    name: str
    listed: Callable[[Path], Mapping[str, str]]

    def is_on(self, folder: Path) -> bool:
        """Tell whether the folder was written by this tool."""
        return (folder / self.name).is_file()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an emitted folder.

    Raises
    ------
    UsageError
        The folder isn't one, or its manifest can't be read by this version.
    """
    path = folder / NAME
    if not path.is_file():
        raise UsageError(
            f"{folder} is not a folder written by codegen-fi (it has no {NAME}). "
            "Make one with: codegen-fi rewrite SCRIPT --out DIR"
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version, files = content["schema_version"], dict(content["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is damaged ({error!r}). Rewrite into a new folder.") from error
    if version != SCHEMA_VERSION:
        raise UsageError(
            f"{path} has schema version {version}, this codegen-fi reads {SCHEMA_VERSION}. "
            "Rewrite the script with this version, or use the version that wrote it."
        )
    return Manifest(files, content)


EMITTED: Final = Mark(NAME, lambda folder: read_manifest(folder).files)


def stale_files(files: Mapping[str, bytes], out: Path) -> tuple[str, ...]:
    """Return the files that are missing in a folder or differ from what would be written."""
    return tuple(name for name in sorted(files) if _content(out / name) != files[name])


def write_folder(
    files: Mapping[str, bytes], out: Path, force: bool = False, mark: Mark = EMITTED
) -> None:
    """Write a folder beside its place, then rename it into place.

    Parameters
    ----------
    files
        Content by relative path.
    out
        The folder; it may exist when it is empty or `force` is set.
    force
        Replace the files of a folder with the same mark.  What else is in it (``outputs/``, data,
        notes) stays; files the user edited are never replaced.
    mark
        How such a folder is known.

    Raises
    ------
    UsageError
        The folder exists and isn't to be replaced, holds edits, or can't be written.
    """
    out = out.resolve()
    occupied = refuse_occupied(out, force, mark)
    if occupied:
        _refuse_edits(files, out, mark)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}. Choose another.") from error
    try:
        _fill(beside, files)
        if occupied:
            _swap(beside, out, mark)
        else:
            if out.exists():
                out.rmdir()
            beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def replace_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Put new content into files of a folder, each of them whole or not at all."""
    for name, content in files.items():
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod((folder / name).stat().st_mode)
        Path(temporary).replace(folder / name)


def refuse_occupied(out: Path, force: bool = False, mark: Mark = EMITTED) -> bool:
    """Tell whether a folder is there to be replaced; refuse it when it isn't to be.

    Raises
    ------
    UsageError
        It holds something and `force` isn't set, or it isn't a folder with this mark.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return False
    if not out.is_dir():
        raise UsageError(f"{out} is a file. Choose another --out.")
    if not force:
        raise UsageError(f"{out} exists already. Choose another --out, or replace it with --force.")
    if not mark.is_on(out):
        raise UsageError(
            f"{out} was not written by codegen-fi, so --force does not replace it. "
            "Choose another --out."
        )
    return True


def _refuse_edits(files: Mapping[str, bytes], out: Path, mark: Mark) -> None:
    edited = _edited(files, out, mark)
    if edited:
        raise UsageError(
            f"{out} holds edits that --force would overwrite: {', '.join(edited)}. "
            "Move these files away or choose another --out."
        )


def _edited(files: Mapping[str, bytes], out: Path, mark: Mark) -> list[str]:
    """Return the files that are neither as this tool wrote them nor as it would write them now."""
    known = {**mark.listed(out), mark.name: None}
    edited = []
    for name in sorted({*known, *files}):
        there = _content(out / name)
        as_written = name == mark.name or (there is not None and sha256(there) == known.get(name))
        if there is not None and not as_written and there != files.get(name):
            edited.append(name)
    return edited


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    # mkdtemp makes folders for the owner only; this one is like any other.
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)


def _swap(new: Path, out: Path, mark: Mark) -> None:
    """Put `new` in the place of `out` and carry over what the old manifest doesn't list."""
    known = {mark.name, *mark.listed(out)}
    kept = [
        path.relative_to(out)
        for path in sorted(out.rglob("*"))
        if (path.is_file() or path.is_symlink())
        and path.relative_to(out).as_posix() not in known
        and "__pycache__" not in path.parts
    ]
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    old.rmdir()
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    for name in kept:
        if not (out / name).exists():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(out / name)
    shutil.rmtree(old)
