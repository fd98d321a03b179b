"""Put the files where the user wants them: the whole folder at once, and no edit is lost."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen_fi.errors import UsageError
from codegen_fi.render.manifest import NAME, SCHEMA_VERSION, sha256


@dataclass(frozen=True)
class Manifest:
    """The parts of ``codegen-fi.json`` that later commands need."""

    files: Mapping[str, str]
    content: Mapping[str, Any]


def is_emitted(folder: Path) -> bool:
    """Tell whether a folder was written by this tool."""
    return (folder / NAME).is_file()


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


def stale_files(files: Mapping[str, bytes], out: Path) -> tuple[str, ...]:
    """Return the files that are missing in a folder or differ from what would be written."""
    return tuple(name for name in sorted(files) if _content(out / name) != files[name])


def write_folder(files: Mapping[str, bytes], out: Path, force: bool = False) -> None:
    """Write a folder beside its place, then rename it into place.

    Parameters
    ----------
    files
        Content by relative path.
    out
        The folder; it may exist when it is empty or `force` is set.
    force
        Replace the files of an emitted folder.  What else is in it (``outputs/``, data, notes)
        stays; files the user edited are never replaced.

    Raises
    ------
    UsageError
        The folder exists and isn't to be replaced, holds edits, or can't be written.
    """
    out = out.resolve()
    occupied = out.exists() and (not out.is_dir() or any(out.iterdir()))
    if occupied:
        _refuse_to_lose(files, out, force)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}. Choose another.") from error
    try:
        _fill(beside, files)
        if occupied:
            _swap(beside, out)
        else:
            if out.exists():
                out.rmdir()
            beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _refuse_to_lose(files: Mapping[str, bytes], out: Path, force: bool) -> None:
    if not out.is_dir():
        raise UsageError(f"{out} is a file. Choose another --out.")
    if not force:
        raise UsageError(f"{out} exists already. Choose another --out, or replace it with --force.")
    if not is_emitted(out):
        raise UsageError(
            f"{out} was not written by codegen-fi, so --force does not replace it. "
            "Choose another --out."
        )
    edited = _edited(files, out)
    if edited:
        raise UsageError(
            f"{out} holds edits that --force would overwrite: {', '.join(edited)}. "
            "Move these files away or choose another --out."
        )


def _edited(files: Mapping[str, bytes], out: Path) -> list[str]:
    """Return the files that are neither as this tool wrote them nor as it would write them now."""
    known = {**read_manifest(out).files, NAME: None}
    edited = []
    for name in sorted({*known, *files}):
        there = _content(out / name)
        as_written = name == NAME or (there is not None and sha256(there) == known.get(name))
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


def _swap(new: Path, out: Path) -> None:
    """Put `new` in the place of `out` and carry over what the old manifest doesn't list."""
    known = {NAME, *read_manifest(out).files}
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
