"""The emitted folder in an environment that holds its own requirements and nothing else."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen_fi.demo import script_bytes, write_data
from codegen_fi.workflow import rewrite_to_folder

FINDER = Path(__file__).resolve().parents[2] / "scripts" / "find_python.sh"
OLDEST = "3.10"
Program = Callable[..., subprocess.CompletedProcess[str]]


def oldest_python(outside: Program) -> str:
    found = outside("sh", FINDER, OLDEST, cwd=FINDER.parent)
    if found.returncode:
        pytest.skip(f"NOT TESTED on the oldest Python: no {OLDEST} on PATH or under pyenv")
    return found.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "script.py").write_bytes(script_bytes())
    write_data(tmp_path / "data.csv")
    rewrite_to_folder(tmp_path / "script.py", tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.parametrize("which", ["this Python, newest packages", "oldest Python, lower bounds"])
def test_the_folder_trains_with_its_requirements_only(
    folder: Path, which: str, outside: Program, succeeded: Program, uv: str
) -> None:
    oldest = which.startswith("oldest")
    python = oldest_python(outside) if oldest else sys.executable
    environment = folder.parent / "environment"
    succeeded(uv, "venv", "--quiet", "--python", python, environment, cwd=folder)
    install = [uv, "pip", "install", "--quiet", "--python", environment]
    install += ["--resolution", "lowest-direct"] if oldest else []
    succeeded(*install, "-r", "requirements.txt", cwd=folder)
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
