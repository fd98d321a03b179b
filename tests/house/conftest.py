"""Programs started as a user starts them, without what this tree's environment would add."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def outside() -> Program:
    """Run a program in a folder, without the variables that would let it see this tree."""

    def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        hidden = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**environment, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def succeeded(outside: Program) -> Program:
    """Run a program that has to end well."""

    def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        done = outside(*command, cwd=cwd)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done

    return run


@pytest.fixture(scope="session")
def uv() -> str:
    """The uv of the development environment; the one on PATH outside of it."""
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    assert found, "uv is part of requirements/dev.lock"
    return found
