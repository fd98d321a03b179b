"""Which interpreter a folder is trained with."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen_fi.errors import EnvironmentBuildError, UsageError
from codegen_fi.run import interpreter
from codegen_fi.run.interpreters import Interpreter, find_interpreters, python_at

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
OTHERS = [f"3.{minor}" for minor in range(8, 15) if f"3.{minor}" != HERE]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CODEGEN_FI_CACHE", str(tmp_path / "cache"))
    (tmp_path / "requirements.txt").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without another Python."""
    for name in ("PATH", "HOME", "USERPROFILE", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    for name in ("PYENV_ROOT", "UV_PYTHON_INSTALL_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))


@pytest.fixture
def other() -> tuple[str, Interpreter]:
    for version, found in find_interpreters(OTHERS).items():
        if found is not None and found.makes_environments:
            return version, found
    pytest.skip("NOT TESTED with another Python: there is none on this machine")


def test_a_named_interpreter_is_taken(folder: Path) -> None:
    python = Path(sys.executable)
    assert interpreter(python, folder) == python
    assert interpreter(python, folder, requires_python=f"=={HERE}.*") == python


@pytest.mark.parametrize("place", [lambda folder: folder / "none", lambda folder: folder])
def test_a_path_without_an_interpreter_is_refused(
    folder: Path, place: Callable[[Path], Path]
) -> None:
    with pytest.raises(UsageError, match="not a Python that can be started"):
        interpreter(place(folder), folder)


def test_a_program_that_is_no_python_is_refused(folder: Path) -> None:
    program = folder / "program"
    program.write_text("#!/bin/sh\necho 3.10\n", encoding="utf-8")
    program.chmod(0o755)
    assert python_at(program) is None
    with pytest.raises(UsageError, match="program is not a Python"):
        interpreter(program, folder)


@pytest.mark.parametrize("kind", ["current", Path(sys.executable)])
def test_an_interpreter_of_another_version_is_refused(folder: Path, kind: object) -> None:
    with pytest.raises(UsageError, match=rf"needs Python ==3\.7\.\*.* is {HERE}") as caught:
        interpreter(kind, folder, requires_python="==3.7.*")  # type: ignore[arg-type]
    assert "--env managed" in str(caught.value)


@pytest.mark.usefixtures("nowhere")
def test_what_to_install_when_there_is_none(folder: Path) -> None:
    with pytest.raises(EnvironmentBuildError, match=r"need Python 3\.7, and none") as caught:
        interpreter("managed", folder, requires_python="==3.7.*")
    assert "uv python install 3.7" in str(caught.value)


def test_a_managed_environment_has_the_version_it_needs(
    folder: Path, other: tuple[str, Interpreter]
) -> None:
    version, _ = other
    python = interpreter("managed", folder, requires_python=f"=={version}.*")
    answer = subprocess.run(
        [
            python,
            "-c",
            "import sys; print('%d.%d' % sys.version_info[:2], sys.prefix != sys.base_prefix)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == [version, "True"]
