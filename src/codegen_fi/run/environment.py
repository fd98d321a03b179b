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

from codegen_fi.errors import EnvironmentBuildError, UsageError
from codegen_fi.run.interpreters import Interpreter, find_interpreters, python_at

Environment: TypeAlias = Literal["current", "managed"] | Path
ENVIRONMENTS: Final[tuple[Environment, ...]] = ("current", "managed")
ANY_PYTHON: Final = ">=3.10"

_COMPLETE = ".codegen-fi-complete"


def interpreter(
    kind: Environment,
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
    requires_python: str = ANY_PYTHON,
) -> Path:
    """Return the interpreter to train an emitted folder with.

    Parameters
    ----------
    kind
        ``current``: the interpreter this tool runs in.  ``managed``: one in a virtual
        environment with exactly the folder's ``requirements.txt``, made on first use and kept
        in the user's cache.  A path: that interpreter.
    folder
        The emitted folder.
    tell
        Called with each line of the installer's output.
    requires_python
        PEP 440 specifier of the interpreters the folder is for.

    Raises
    ------
    UsageError
        The interpreter asked for is none, or isn't one the folder is for.
    EnvironmentBuildError
        The environment can't be made; the message holds the installer's last lines.
    """
    if isinstance(kind, Path):
        found = python_at(kind)
        if found is None:
            raise UsageError(f"--env {kind} is not a Python that can be started. Name another.")
        return _fitting(kind, found, f"{kind} is {found}", folder, requires_python)
    if kind == "current":
        python, version = Path(sys.executable), platform.python_version()
        return _fitting(python, version, f"this one is {version}", folder, requires_python)
    return _managed(folder, _base(requires_python), tell)


def _fitting(python: Path, version: str, what: str, folder: Path, requires_python: str) -> Path:
    from packaging.specifiers import SpecifierSet

    if SpecifierSet(requires_python).contains(version, prereleases=True):
        return python
    raise UsageError(
        f"{folder} needs Python {requires_python} for its packages, and {what}. Train with "
        "--env managed, which makes an environment for it, or name an interpreter that has the "
        "packages: --env PYTHON"
    )


def _base(requires_python: str) -> Interpreter:
    """Return the interpreter to make an environment of.

    Raises
    ------
    EnvironmentBuildError
        There is none of that version, or it lacks what makes environments.
    """
    from packaging.specifiers import SpecifierSet

    if SpecifierSet(requires_python).contains(platform.python_version(), prereleases=True):
        return Interpreter(Path(sys.executable), makes_environments=True)
    version = requires_python.strip("=~<>").removesuffix(".*")
    found = find_interpreters([version])[version]
    if found is None:
        raise EnvironmentBuildError(
            f"The packages of this folder need Python {version}, and none was found on PATH, in "
            f"pyenv or in uv. Install one (uv python install {version}, or pyenv install "
            f"{version}) and train again."
        )
    if not found.makes_environments and shutil.which("uv") is None:
        raise EnvironmentBuildError(
            f"{found.path} lacks ensurepip, so that it can't make an environment. Install its "
            f"package for that (on Debian python{version}-venv), or uv."
        )
    return found


def _managed(folder: Path, base: Interpreter, tell: Callable[[str], None]) -> Path:
    requirements = folder / "requirements.txt"
    try:
        wanted = requirements.read_bytes()
    except OSError as error:
        raise EnvironmentBuildError(f"{requirements} cannot be read: {error.strerror}.") from error
    made_with = str(base.path) if base.path != Path(sys.executable) else platform.python_version()
    made_of = wanted + made_with.encode() + platform.platform().encode()
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
        for command in _commands(base.path, home, python, requirements):
            _run(command, home, tell)
        (home / _COMPLETE).touch()
    return python


def _commands(base: Path, home: Path, python: Path, requirements: Path) -> list[list[str]]:
    uv = shutil.which("uv")
    if uv is not None:
        return [
            [uv, "venv", "--python", str(base), str(home)],
            [uv, "pip", "install", "--python", str(python), "-r", str(requirements)],
        ]
    return [
        [str(base), "-m", "venv", str(home)],
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
            "Repair that (a network, a proxy, an index?), or train with a Python that has the "
            "packages: --env current or --env PYTHON."
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
