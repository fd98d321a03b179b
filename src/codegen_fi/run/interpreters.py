"""Find Python interpreters of other versions on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Seconds: a shim that hangs must not hold up the rest.
_PATIENCE: Final = 10
_ASK: Final = (
    "import sys, importlib.util as u;"
    "print('%d.%d' % sys.version_info[:2]);"
    "print(sys.executable);"
    "print(u.find_spec('ensurepip') is not None)"
)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that answered; `makes_environments` tells whether it has what `venv` needs."""

    path: Path
    makes_environments: bool


def find_interpreters(versions: Sequence[str]) -> Mapping[str, Interpreter | None]:
    """Return a working interpreter of each version, such as ``3.10``; None where there is none."""
    with ThreadPoolExecutor(max_workers=max(len(versions), 1)) as pool:
        return dict(zip(versions, pool.map(_find, versions), strict=True))


def python_at(path: Path) -> str | None:
    """Return the version of the interpreter at a path, ``3.10``; None when it is none."""
    if not path.is_file():
        return None
    answer = _answer([str(path)])
    return answer[0] if answer else None


def _find(version: str) -> Interpreter | None:
    answers = (_ask(command, version) for command in _candidates(version))
    return next(filter(None, answers), None)


def _candidates(version: str) -> Iterator[list[str]]:
    """Yield commands that may start the version, the likeliest first."""
    for folder, inside in _installations(version):
        for path in sorted(folder.glob(inside), reverse=True):
            yield [str(path)]
    # A name on PATH proves nothing: pyenv leaves one there for every version it ever had.
    for name in (f"python{version}", "python3", "python"):
        found = shutil.which(name)
        if found:
            yield [found]
    launcher = shutil.which("py") if sys.platform == "win32" else None
    if launcher:
        yield [launcher, f"-{version}"]


def _installations(version: str) -> Iterator[tuple[Path, str]]:
    """Yield the folders where pyenv and uv keep interpreters, and what to look for there."""
    windows = sys.platform == "win32"
    inside = "python.exe" if windows else "bin/python"
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    yield (pyenv / "pyenv-win" if windows else pyenv) / "versions", f"{version}.*/{inside}"
    if windows:
        data = Path(os.environ.get("APPDATA") or home / "AppData/Roaming")
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv/python")
    yield uv, f"cpython-{version}.*/{inside}"


def _ask(command: Sequence[str], version: str) -> Interpreter | None:
    answer = _answer(command)
    if not answer or answer[0] != version:
        return None
    return Interpreter(Path(answer[1]), answer[2] == "True")


def _answer(command: Sequence[str]) -> list[str]:
    """Return version, path and whether it can make environments; nothing when it doesn't answer."""
    try:
        done = subprocess.run(  # noqa: S603 - an interpreter by its own path, no shell
            [*command, "-I", "-S", "-c", _ASK],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    answer = done.stdout.splitlines()
    return answer if not done.returncode and len(answer) == _ANSWER_LINES else []


_ANSWER_LINES: Final = 3
