"""One script in many forms: other generations of the generator, and what users do to a script.

Each form is the fixture with a few replacements.  A form is rewritten so that its pipeline still
builds, or refused with its line.
"""

import argparse
import ast
import json
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from form_base import changed
from forms_edited import EDITED
from forms_generated import GENERATED
from forms_refused import REFUSED

import codegen_fi.runtime
from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.guard import LOCAL_OPTIONS
from codegen_fi.rewrite.rules.local_run import RUN_NAMES
from codegen_fi.rewrite.stand_ins import RUNTIME, is_official
from codegen_fi.runtime.local_run import LocalRun, add_local_arguments
from codegen_fi.runtime.run_options import RunOptions

REWRITTEN = {**GENERATED, **EDITED}
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


# Trained for real; the others at least build their pipeline.
TRAINED = (
    "id in the loader, main without arguments",
    "model pickled by hand",
    "instrumentation with the run, called in main",
    "imports at the top",
)


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The runtime under the name it has in an emitted folder."""
    folder = tmp_path_factory.mktemp("emitted")
    shutil.copytree(Path(codegen_fi.runtime.__file__).parent, folder / RUNTIME)
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == RUNTIME]:
        del sys.modules[name]


def imported(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize("name", REWRITTEN)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_form_is_rewritten_and_builds_its_pipeline(name: str, ends: str) -> None:
    edits, parts = REWRITTEN[name]
    text = changed(edits).replace("\n", ends)
    after = rewrite(parse_script(text, "mine.py")).after.replace(ends, "\n")
    for part in parts:
        assert part in after
    assert not [module for module in imported(after) if is_official(module)]
    assert after.count(".save_model(") == after.count(".explain(model, ") == 1
    assert after.index(".save_model(") < after.index(".explain(")
    module: dict[str, Any] = {"__name__": "train"}
    exec(compile(after, "train.py", "exec"), module)
    steps = [step for step, _ in module["build_model_pipeline"]().steps]
    assert tuple(steps) == parse_script(after).model.pipeline.step_names


@pytest.mark.parametrize("name", TRAINED)
def test_a_rewritten_form_trains(name: str, runtime: Path, tmp_path: Path) -> None:
    tables = runpy.run_path(str(FIXTURES / "tables.py"))
    data = tables["houses"](tmp_path / "houses.csv", rows=120)
    script = tmp_path / "train.py"
    script.write_text(rewrite(parse_script(changed(REWRITTEN[name][0]))).after, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, "--training-data", data, "--importance", "native", "--no-plot"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(runtime)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert {path.name for path in tmp_path.iterdir()} == {"houses.csv", "outputs", "train.py"}
    assert (tmp_path / "outputs" / "model.pkl").stat().st_size > 0
    metrics = json.loads((tmp_path / "outputs" / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["metrics"]["r2_score"] > 0.8
    table = (tmp_path / "outputs" / "feature_importance.csv").read_text(encoding="utf-8")
    assert "area" in table


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_that_would_be_rewritten_wrongly_is_refused(name: str) -> None:
    edits, where, part = REFUSED[name]
    text = changed(edits)
    with pytest.raises(ScriptNotUnderstoodError) as refused:
        rewrite(parse_script(text, "mine.py"))
    message = str(refused.value)
    assert part in message
    assert message[-1] in ".?)"
    if where is not None:
        line = text.count("\n", 0, text.rindex(where) + where.startswith("\n")) + 1
        assert message.startswith(f"mine.py, line {line}: ")


def test_the_options_of_the_runtime_are_known() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    add_local_arguments(parser, validation=True)
    assert {option for action in parser._actions for option in action.option_strings} == (
        LOCAL_OPTIONS
    )


def test_the_names_of_the_local_run_are_known() -> None:
    own = {"explain", "listen", "metrics", "options", "outputs", "save_model", "tables", "task"}
    own |= {"progress", "sample_weight"}
    run = LocalRun(RunOptions.of())
    assert {name for name in dir(run) if not name.startswith("_")} - own - RUN_NAMES == {
        "write_metrics"
    }
    assert all(hasattr(run, name) for name in RUN_NAMES)
