"""The emitted folder in an environment that holds its own requirements and nothing else."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen_fi.demo import script_bytes, write_data
from codegen_fi.workflow import rewrite_to_folder

FINDER = Path(__file__).resolve().parents[2] / "scripts" / "find_python.sh"
LANES = [("3.10", "lowest-direct"), ("3.11", "highest"), ("3.12", "highest"), ("3.13", "highest")]
Program = Callable[..., subprocess.CompletedProcess[str]]


def python_of(version: str, outside: Program) -> str:
    found = outside("sh", FINDER, version, cwd=FINDER.parent)
    if found.returncode:
        pytest.skip(f"NOT TESTED on Python {version}: none on PATH or under pyenv")
    return found.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "script.py").write_bytes(script_bytes())
    write_data(tmp_path / "data.csv")
    rewrite_to_folder(tmp_path / "script.py", tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.parametrize(("version", "resolution"), LANES, ids=[name for name, _ in LANES])
def test_the_folder_trains_with_its_requirements_only(
    folder: Path, version: str, resolution: str, outside: Program, succeeded: Program, uv: str
) -> None:
    python = python_of(version, outside)
    environment = folder.parent / "environment"
    succeeded(uv, "venv", "--quiet", "--python", python, environment, cwd=folder)
    install = [uv, "pip", "install", "--quiet", "--python", environment]
    succeeded(*install, "--resolution", resolution, "-r", "requirements.txt", cwd=folder)
    interpreter = environment / "bin" / "python"
    assert outside(interpreter, "-c", "import codegen_fi", cwd=folder).returncode == 1

    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    command = [interpreter, folder / "train.py", "--training-data", folder.parent / "data.csv"]
    done = succeeded(*command, "--repeats", "2", cwd=elsewhere)

    assert "Traceback" not in done.stderr
    outputs = folder / "outputs"
    names = {path.name for path in outputs.iterdir()}
    assert {"model.pkl", "metrics.json", "feature_importance.csv", "run.log"} <= names
    assert {"feature_importance.png", "feature_importance.svg"} <= names
    assert json.loads((outputs / "metrics.json").read_text())["metrics"]["AUC_weighted"] > 0.85
    assert list(elsewhere.iterdir()) == []
