"""What travels with a script runs on the Pythons of the official packages, 3.8 the oldest."""

import subprocess
from pathlib import Path

import pytest
from lanes import LANES, is_made

from codegen_fi.render.runtime_files import runtime_files
from codegen_fi.run.interpreters import find_interpreters

OLDEST = "3.8"
# The stand-ins are not imported beside the packages they stand for.
PORTABLE_ONLY = "codegen_fi_runtime/automl/"
IMPORT_ALL = """
import importlib, pathlib
for path in sorted(pathlib.Path("codegen_fi_runtime").rglob("*.py")):
    if path.parts[1] != "automl":
        importlib.import_module(".".join(path.with_suffix("").parts).replace(".__init__", ""))
"""


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    for name, content in runtime_files().items():
        if not name.startswith(PORTABLE_ONLY):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    return tmp_path


def test_its_syntax_is_that_of_the_oldest_python(runtime: Path) -> None:
    found = find_interpreters([OLDEST])[OLDEST]
    if found is None:
        pytest.skip(f"NOT TESTED on the oldest Python: no {OLDEST} on PATH, in pyenv or in uv")
    done = subprocess.run(
        [found.path, "-m", "compileall", "-q", runtime], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.corpus
@pytest.mark.parametrize("release", sorted(LANES))
def test_it_is_imported_beside_the_official_packages(release: str, runtime: Path) -> None:
    lane = LANES[release]
    if not is_made(lane.environment, lane.environment_key()):
        pytest.skip(f"NOT TESTED beside SDK {release}: its environment is not there or out of date")
    done = subprocess.run(
        [lane.environment / "bin" / "python", "-W", "ignore", "-c", IMPORT_ALL],
        cwd=runtime,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
