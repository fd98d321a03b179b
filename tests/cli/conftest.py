"""The command line as a user has it: a process of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import codegen_fi as package
from codegen_fi.demo import script_bytes, write_data

# Where the tests run doesn't matter: the program is found from any folder.
SOURCE = str(Path(package.__file__).parents[1])


@pytest.fixture(scope="session", autouse=True)
def _found_everywhere():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", SOURCE)
        yield


def codegen_fi(*arguments, cwd, **environment):
    """Run the program and return what it said."""
    variables = {k: v for k, v in os.environ.items() if k not in {"FORCE_COLOR", "COLUMNS"}}
    variables["PYTHONPATH"] = SOURCE
    return subprocess.run(
        [sys.executable, "-m", "codegen_fi", *map(str, arguments)],
        cwd=cwd,
        env={**variables, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.fixture
def cli(tmp_path):
    """Run the program in a fresh folder."""
    return lambda *arguments, **environment: codegen_fi(*arguments, cwd=tmp_path, **environment)


@pytest.fixture
def on_terminal(tmp_path):
    """Run the program in a fresh folder on a terminal; returns its exit code and what is shown."""
    pty = pytest.importorskip("pty", reason="NOT TESTED: needs a pseudo-terminal")

    def run(*arguments):
        reader, writer = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "codegen_fi", *map(str, arguments)],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
        )
        os.close(writer)
        said = b""
        with contextlib.suppress(OSError):
            while part := os.read(reader, 65536):
                said += part
        os.close(reader)
        return process.wait(60), said.decode()

    return run


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, taken the whole way once: (process, folder)."""
    place = tmp_path_factory.mktemp("demo")
    return codegen_fi("demo", cwd=place), place / "codegen-fi-demo"


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "script.py"
    path.write_bytes(script_bytes())
    return path


@pytest.fixture(scope="session")
def table(tmp_path_factory):
    return write_data(tmp_path_factory.mktemp("data") / "customers.csv", rows=400)


@pytest.fixture(scope="session")
def emitted(tmp_path_factory):
    """A folder written by `rewrite`, not trained."""
    place = tmp_path_factory.mktemp("emitted")
    (place / "script.py").write_bytes(script_bytes())
    done = codegen_fi("rewrite", "script.py", "--out", "model", cwd=place)
    assert done.returncode == 0, done.stderr
    return place / "model"
