"""An emitted folder asks for none of the packages it is there to replace."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codegen_fi.demo import script_bytes, write_data
from codegen_fi.workflow import rewrite_to_folder

TESTS = Path(__file__).resolve().parents[1]
SCRIPTS = sorted((TESTS / "fixtures" / "scripts").glob("*.py"))
SCRIPTS += sorted((TESTS / "cases" / "scripts").glob("*.py"))
REPLACED = {"azureml", "sklearn_pandas", "mlflow"}
# The script as it came, beside what was made of it.
ORIGINAL = "script.py"
Program = Callable[..., subprocess.CompletedProcess[str]]

# Refuses every import of a name, also one that the folder would get over, and says so at the end.
GUARD = """
import os, runpy, sys

asked = []

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            asked.append(name)
            raise ImportError(f"{{name}} is not here")
        return None

sys.meta_path.insert(0, Refuse())
sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(sys.argv[0])
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print("ASKED FOR", asked)
"""


@pytest.fixture(scope="module", params=["demo", *(path.stem for path in SCRIPTS)])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("emitted")
    given = {path.stem: path.read_bytes() for path in SCRIPTS}
    (place / ORIGINAL).write_bytes(given.get(request.param) or script_bytes())
    rewrite_to_folder(place / ORIGINAL, place / "model")
    return place / "model"


def code_of(path: Path) -> Iterator[ast.AST]:
    if path.suffix == ".py":
        yield ast.parse(path.read_text(encoding="utf-8"))
    if path.suffix == ".ipynb":
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            lines = "".join(cell["source"]).splitlines()
            # A line that begins so is the notebook's, not Python's.
            code = "\n".join(line for line in lines if not line.startswith(("%", "!")))
            if cell["cell_type"] == "code":
                yield ast.parse(code)


def imported(tree: ast.AST) -> Iterator[str]:
    """Give the names of the packages that a piece of code imports, by statement or by call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            yield from (each.value for each in node.args[:1] if _is_text(each))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def forbidden(tree: ast.AST) -> list[str]:
    return [name for name in imported(tree) if name.partition(".")[0] in REPLACED]


def test_no_file_of_it_imports_them(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in {".py", ".ipynb"}]
    found = {
        str(path.relative_to(folder)): names
        for path in files
        if path != folder / ORIGINAL
        for tree in code_of(path)
        for names in [forbidden(tree)]
        if names
    }
    assert found == {}
    assert {"train.py", "train.ipynb", "dataframe_mapper.py"} <= {path.name for path in files}


def test_its_requirements_name_none_of_them(folder: Path) -> None:
    lines = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = [line.strip().lower().replace("-", "_") for line in lines]
    assert not [name for name in names if name.startswith(tuple(REPLACED))]


def test_the_original_does_import_them(folder: Path) -> None:
    """What is searched for is there before the rewriting, or the search would prove nothing."""
    assert forbidden(ast.parse((folder / ORIGINAL).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "code",
    [
        "import azureml.core as core",
        "def f():\n    from azureml.training.tabular import x",
        "from sklearn_pandas import DataFrameMapper",
        "importlib.import_module('mlflow.sklearn')",
        "__import__('azureml')",
    ],
)
def test_the_search_finds_what_it_is_for(code: str) -> None:
    assert forbidden(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["from .sklearn_pandas import x", "import azuremlish", "print('azureml')"]
)
def test_the_search_leaves_other_names_alone(code: str) -> None:
    assert not forbidden(ast.parse(code))


def test_it_trains_where_they_are_refused(
    tmp_path: Path, outside: Program, succeeded: Program
) -> None:
    (tmp_path / ORIGINAL).write_bytes(script_bytes())
    write_data(tmp_path / "data.csv")
    rewrite_to_folder(tmp_path / ORIGINAL, tmp_path / "model")
    guard = tmp_path / "guard.py"
    guard.write_text(GUARD.format(names=REPLACED | {"codegen_fi"}), encoding="utf-8")
    train = [tmp_path / "model" / "train.py", "--training-data", tmp_path / "data.csv"]

    done = succeeded(sys.executable, guard, *train, "--repeats", "1", cwd=tmp_path)

    assert done.stdout.splitlines()[-1] == "ASKED FOR []"
    assert (tmp_path / "model" / "outputs" / "model.pkl").exists()
    # The guard is one: the script as it came gets nowhere.
    original = outside(sys.executable, guard, tmp_path / ORIGINAL, cwd=tmp_path)
    assert original.returncode != 0
    assert "ASKED FOR ['azureml" in original.stdout
