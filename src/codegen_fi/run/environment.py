"""The interpreter to train with: this one, or one made for the folder's requirements."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

from codegen_fi.errors import EnvironmentBuildError

Environment: TypeAlias = Literal["current", "managed"]
ENVIRONMENTS: Final[tuple[Environment, ...]] = ("current", "managed")

_COMPLETE = ".codegen-fi-complete"


def interpreter(
    kind: Environment, folder: Path, tell: Callable[[str], None] = lambda _: None
) -> Path:
    """Return the interpreter to train an emitted folder with.

    Parameters
    ----------
    kind
        ``current``: the interpreter this tool runs in.  ``managed``: one in a virtual
        environment with exactly the folder's ``requirements.txt``, made on first use and kept
        in the user's cache.
    folder
        The emitted folder.
    tell
        Called with each line of the installer's output.

    Raises
    ------
    EnvironmentBuildError
        The environment can't be made; the message holds the installer's last lines.
    """
    return Path(sys.executable) if kind == "current" else _managed(folder, tell)


def _managed(folder: Path, tell: Callable[[str], None]) -> Path:
    requirements = folder / "requirements.txt"
    try:
        wanted = requirements.read_bytes()
    except OSError as error:
        raise EnvironmentBuildError(f"{requirements} cannot be read: {error.strerror}.") from error
    made_of = wanted + platform.python_version().encode() + platform.platform().encode()
    home = cache_folder() / "environments" / hashlib.sha256(made_of).hexdigest()[:16]
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (home / _COMPLETE).is_file():
        shutil.rmtree(home, ignore_errors=True)
        try:
            home.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentBuildError(
                f"{home.parent} cannot be made: {error.strerror}. "
                "Set CODEGEN_FI_CACHE to a folder that can be written."
            ) from error
        for command in _commands(home, python, requirements):
            _run(command, home, tell)
        (home / _COMPLETE).touch()
    return python


def _commands(home: Path, python: Path, requirements: Path) -> list[list[str]]:
    uv = shutil.which("uv")
    if uv is not None:
        return [
            [uv, "venv", "--python", sys.executable, str(home)],
            [uv, "pip", "install", "--python", str(python), "-r", str(requirements)],
        ]
    return [
        [sys.executable, "-m", "venv", str(home)],
        [str(python), "-m", "pip", "install", "-r", str(requirements)],
    ]


def _run(command: Sequence[str], home: Path, tell: Callable[[str], None]) -> None:
    lines: list[str] = []
    try:
        with subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process:
            for line in process.stdout or ():
                lines.append(line.rstrip())
                tell("  " + lines[-1])
    except OSError as error:
        raise EnvironmentBuildError(f"{command[0]} cannot be started: {error.strerror}.") from error
    if process.returncode:
        said = "\n  ".join(line for line in lines[-8:] if line)
        raise EnvironmentBuildError(
            f"The environment {home} could not be built. The installer said:\n  {said}\n"
            "Repair that (a network, a proxy, an index?) or train with --env current."
        )


def cache_folder() -> Path:
    """Return the folder environments are kept in; ``CODEGEN_FI_CACHE`` chooses another."""
    chosen = os.environ.get("CODEGEN_FI_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "codegen-fi"
