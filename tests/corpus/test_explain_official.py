"""A model of Microsoft's packages is explained in their environment, and refused elsewhere."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen_fi.errors import TrainingFailedError, UsageError
from codegen_fi.render.runtime_files import runtime_files
from codegen_fi.workflow import TrainOptions
from codegen_fi.workflow.explaining import ExplainOptions, explain_model
from lanes import LANES, is_made

pytestmark = pytest.mark.corpus

HERE = Path(__file__).parent
# The oldest Python and scikit-learn, and the newest.
MODELS = [("1.44", "reg_voting"), ("1.62", "cls_voting")]
SCORES = {
    "classification": [("AUC_weighted", False), ("accuracy", True), ("neg_log_loss", False)],
    "regression": [
        ("normalized_root_mean_squared_error", False),
        ("r2", True),
        ("spearman_correlation", False),
    ],
}
QUICK = {"repeats": 2, "max_rows": 80}


@pytest.fixture(scope="module", params=MODELS, ids="-".join)
def official(
    request: pytest.FixtureRequest,
    case_of: Callable[[str, str], Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Path, Any]:
    """The interpreter, the pickled model, and the case."""
    release, name = request.param
    lane = LANES[release]
    if not is_made(lane.environment, lane.environment_key()):
        pytest.skip(f"NOT TESTED with SDK {release}: its environment is not there or out of date")
    case, python = case_of(release, name), lane.environment / "bin" / "python"
    model = tmp_path_factory.mktemp("official") / "model.pkl"
    done = subprocess.run(
        [python, HERE / "pickled.py", case.folder, model],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return python, model, case


def explained(official: tuple[Path, Path, Any], out: Path, environment: Any) -> list[Any]:
    """Explain the model; returns what the user was shown."""
    _, model, case = official
    shown: list[Any] = []
    training = TrainOptions(environment=environment, importance=("permutation", "native"), **QUICK)
    options = ExplainOptions(case.training_data, case.facts["label"], training=training)
    explain_model(str(model), out, options, lambda *told: not shown.append(told))
    return shown


def test_it_is_explained_in_the_environment_that_is_named(
    official: tuple[Path, Path, Any], tmp_path: Path
) -> None:
    python, _, case = official
    ((model, environment),) = explained(official, tmp_path / "why", python)
    assert str(python) in environment
    assert "azureml" in model.packages
    assert model.names.unread == ""
    assert model.unusual == ()
    with (tmp_path / "why" / "feature_importance.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["model"] == "model"]
    raw = {r["feature"]: r for r in rows if (r["method"], r["space"]) == ("permutation", "raw")}
    ignored = {n for n, kind in case.facts["column_purposes"].items() if kind == "Ignore"}
    assert raw.keys() == case.facts["column_purposes"].keys()
    assert {float(raw[name]["importance"]) for name in ignored} <= {0.0}
    assert max(float(row["importance"]) for row in raw.values()) > 0
    assert any(row["method"] == "native" and row["rank"] for row in rows)
    assert (tmp_path / "why" / "feature_importance.png").stat().st_size > 0


def test_it_is_permuted_to_the_last_bit_of_scikit_learns_figures(
    official: tuple[Path, Path, Any], tmp_path: Path
) -> None:
    python, model, case = official
    for name, content in runtime_files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    scores = json.dumps(SCORES[case.facts["task"]])
    done = subprocess.run(
        [python, HERE / "permuted_official.py", scores, case.folder, model, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["matrix"], found["without"], len(found["scores"])) == ("sparse", {}, 3)
    for score, each in found["scores"].items():
        assert (each["failures"], each["difference"], each["quick"]) == ([], 0, True), score
        assert each["largest"] > 0, score


def test_without_its_packages_it_is_refused_with_how_to_get_them(
    official: tuple[Path, Path, Any], tmp_path: Path
) -> None:
    with pytest.raises(TrainingFailedError, match=r"it needs .* --env managed"):
        explained(official, tmp_path / "why", Path(sys.executable))
    assert not (tmp_path / "why").exists()


def test_managed_means_its_official_packages(
    official: tuple[Path, Path, Any], tmp_path: Path
) -> None:
    python, model, case = official
    options = ExplainOptions(
        case.training_data, case.facts["label"], training=TrainOptions(environment="managed")
    )
    told: list[str] = []

    def refuse(_: Any, environment: str) -> bool:
        told.append(environment)
        return False

    with pytest.raises(UsageError, match="you did not agree"):
        explain_model(str(model), tmp_path / "why", options, refuse)
    release = python.parts[-3].rpartition("-")[2]
    assert f"azureml-train-automl-runtime=={release}.0" in told[0]
