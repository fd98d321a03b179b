"""Which files of an emitted folder a job gets: those this tool wrote, never data or outputs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from codegen_fi.errors import UsageError

if TYPE_CHECKING:
    from codegen_fi.render import Manifest


def sent_names(manifest: Manifest) -> tuple[str, ...]:
    """Return the relative paths of the files a job gets."""
    from codegen_fi.render import EMITTED

    return (*manifest.files, EMITTED.name)


def refuse_lost(folder: Path, manifest: Manifest) -> None:
    """Refuse before anything is sent what would fail on the compute.

    Raises
    ------
    UsageError
        A file is missing, or lies outside the folder.
    """
    root = folder.resolve()
    for name in ("train.py", "requirements.txt", *sent_names(manifest)):
        path = root / name
        if not path.resolve().is_relative_to(root):
            raise UsageError(f"The manifest of {folder} names {name!r}, which lies outside it.")
        if not path.is_file():
            raise UsageError(
                f"{folder} has lost its {name}. Rewrite the script again with --force."
            )


def left_behind(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """Return the files of the folder that a job doesn't get."""
    sent = set(sent_names(manifest))
    files = (p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file())
    return tuple(name for name in files if name not in sent and "__pycache__" not in name)


def staged(folder: Path, manifest: Manifest, beside: Path) -> Path:
    """Copy what the job needs, so that neither data nor outputs are uploaded with it."""
    stage = beside / folder.resolve().name
    for name in sent_names(manifest):
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, stage / name)
    return stage


def requirements(folder: Path) -> tuple[str, ...]:
    """Return the lines of ``requirements.txt`` that name a package."""
    text = (folder / "requirements.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
