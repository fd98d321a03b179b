"""The wheel as a user installs it: complete, and usable with nothing else around."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "codegen_fi"
CORE = ROOT / "requirements" / "core.lock"
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, succeeded: Program) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    succeeded(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory, succeeded: Program, uv: str
) -> Path:
    """The installed command, in an environment that holds the core lock and the wheel only."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    succeeded(uv, "venv", "--quiet", "--python", sys.executable, environment, cwd=elsewhere)
    install = [uv, "pip", "install", "--quiet", "--python", environment]
    succeeded(*install, "--require-hashes", "-r", CORE, cwd=elsewhere)
    succeeded(*install, "--no-deps", wheel, cwd=elsewhere)
    return environment / "bin" / "codegen-fi"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled example's script, somewhere the tree isn't."""
    copy = tmp_path_factory.mktemp("downloads") / "script.py"
    copy.write_bytes((PACKAGE / "demo" / "script.py.txt").read_bytes())
    return copy


def names_in(folder: Path, inside: str) -> set[str]:
    """Where the wheel should hold the files of a folder."""
    return {
        f"{inside}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_the_wheel_holds_the_package_the_runtime_and_the_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if name.endswith("/LICENSE")]
    package = names_in(PACKAGE, "codegen_fi")
    templates = names_in(ROOT / "templates", "codegen_fi/templates")
    assert "codegen_fi/runtime/local_run.py" in package
    assert templates
    assert held == package | templates
    assert licences


def test_the_wheel_copies_files_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in names_in(PACKAGE / "runtime", "codegen_fi/runtime"):
            assert archive.read(name) == (ROOT / "src" / name).read_bytes()


def test_the_installed_command_explains_itself(
    command: Path, tmp_path: Path, succeeded: Program
) -> None:
    shown = succeeded(command, "--help", cwd=tmp_path).stdout
    assert [
        name for name in ("demo", "show", "rewrite", "diff", "train", "run") if name not in shown
    ] == []
    version = succeeded(command, "--version", cwd=tmp_path).stdout
    assert version.strip()


def test_the_installed_command_shows_a_script(
    command: Path, script: Path, tmp_path: Path, succeeded: Program
) -> None:
    shown = succeeded(command, "show", script, cwd=tmp_path).stdout
    assert "classification" in shown or "regression" in shown


def test_the_installed_command_rewrites_a_script(
    command: Path, script: Path, tmp_path: Path, succeeded: Program
) -> None:
    succeeded(command, "rewrite", script, "--out", "model", cwd=tmp_path)
    made = names_in(tmp_path / "model", "model")
    assert {"model/train.py", "model/train.ipynb", "model/codegen-fi.json"} <= made
    runtime = {
        name for name in names_in(PACKAGE / "runtime", "codegen_fi_runtime") if name.endswith(".py")
    }
    assert {f"model/{name}" for name in runtime} <= made
