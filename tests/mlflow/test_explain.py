"""``explain`` on models that MLflow keeps: folders, and the models of runs."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from clients import run_python
from desk import Desk

from codegen_fi.runtime.importance.save import CSV_NAME

_QUICK = ("--repeats", "2", "--no-plot", "--yes", "--importance", "permutation")
# Models as three libraries log them, in folders and in runs with a parent that names the best.
_FILL = """
import json, sys
import mlflow, numpy as np, pandas as pd
from mlflow.tracking import MlflowClient
from lightgbm import LGBMClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier
random = np.random.default_rng(5)
X = pd.DataFrame(random.random((120, 3)), columns=["a", "b", "c"])
y = (X["a"] > 0.5).astype(int)
X.assign(label=y).to_csv("data.csv", index=False)
plain = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y)
mlflow.sklearn.save_model(plain, "skops")
mlflow.sklearn.save_model(plain, "cloudpickle", serialization_format="cloudpickle")
mlflow.lightgbm.save_model(LGBMClassifier(n_estimators=5, verbose=-1).fit(X, y), "lightgbm")
mlflow.xgboost.save_model(XGBClassifier(n_estimators=5).fit(X, y), "xgboost")
uri = "sqlite:///store.db"
mlflow.set_tracking_uri(uri)
mlflow.set_experiment("models")
client = MlflowClient()
with mlflow.start_run() as parent:
    for value in (0.7, 0.9):
        with mlflow.start_run(nested=True) as run:
            mlflow.log_metric("AUC_weighted", value)
            mlflow.sklearn.log_model(plain, name="model", serialization_format="cloudpickle")
    client.set_tag(parent.info.run_id, "automl_best_child_run_id", run.info.run_id)
with mlflow.start_run() as old:
    mlflow.log_artifacts("cloudpickle", "outputs/mlflow-model")
with mlflow.start_run() as empty:
    mlflow.log_param("a", 1)
print(json.dumps([parent.info.run_id, run.info.run_id, old.info.run_id, empty.info.run_id]))
"""


@dataclass(frozen=True)
class Models:
    """A desk with models in folders and in runs."""

    desk: Desk
    parent: str
    best: str
    old: str
    empty: str

    def explained(self, model: str, out: str, *more: str) -> str:
        """Explain a model and return what the tool said meanwhile."""
        data = ("--data", "data.csv", "--label", "label", "--out", out)
        done = self.desk.good("explain", model, *data, *_QUICK, *more)
        found = importances(self.desk.here / out)
        assert max(found, key=lambda name: found[name]) == "a"
        return str(done.stderr)


def importances(folder: Path) -> dict[str, float]:
    with (folder / CSV_NAME).open(encoding="utf-8", newline="") as stream:
        return {
            row["feature"]: float(row["importance"])
            for row in csv.DictReader(stream)
            if row["method"] == "permutation"
        }


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    desk = Desk(tmp_path_factory.mktemp("models") / "desk")
    quiet = {"MLFLOW_DISABLE_TELEMETRY": "true", "PYTHONWARNINGS": "ignore"}
    done = run_python(
        "-c", _FILL, environment={**desk.environment(), **quiet}, cwd=desk.here, timeout=170
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return Models(desk, *json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("folder", "says"),
    [
        ("skops", "format  skops"),
        ("cloudpickle", "format  pickle"),
        ("lightgbm", "lightgbm"),
        ("xgboost", "format  XGBoost's own format"),
    ],
)
def test_a_folder_is_explained(models: Models, folder: str, says: str) -> None:
    said = models.explained(folder, f"why-{folder}")
    assert says in said
    assert "warning" not in said


def test_the_model_of_a_best_child_is_explained(models: Models) -> None:
    said = models.explained(
        f"mlflow:{models.parent}", "why-run", "--tracking-uri", "sqlite:///store.db"
    )
    assert f"Run {models.best}: the best child of {models.parent}" in said
    assert "names   " in said
    record = json.loads(
        (models.desk.here / "why-run" / "codegen-fi-explained.json").read_text(encoding="utf-8")
    )
    assert f"of run {models.best} in sqlite:///store.db" in record["model"]["from"]
    assert list(models.desk.temp.iterdir()) == []


def test_a_model_among_the_files_of_a_run_is_explained(models: Models) -> None:
    said = models.explained(
        f"mlflow:{models.old}", "why-old", "--tracking-uri", "sqlite:///store.db"
    )
    assert "outputs/mlflow-model/MLmodel" in said


def test_a_run_without_a_model_says_so(models: Models) -> None:
    done = models.desk.tool(
        *("explain", f"mlflow:{models.empty}", "--tracking-uri", "sqlite:///store.db"),
        *("--data", "data.csv", "--label", "label", "--out", "none", "--yes"),
    )
    assert done.returncode == 4, done.stderr
    assert f"Run {models.empty} in sqlite:///store.db has no model among its files" in done.stderr
    assert "Traceback" not in done.stderr
