"""The commands on real MLflow stores, with the run the demo makes and with nested runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clients import run_python
from desk import Desk

from codegen_fi.demo import script_bytes
from codegen_fi.demo.data import write_data

_PASSWORD = "open-sesame-to-the-store"
_QUICK = ("--no-plot", "--repeats", "2", "--max-rows", "60", "--importance", "permutation")
# An AutoML run as MLflow shows it: a parent that names its best child, and models below it.
_FILL = """
import json, sys
import mlflow
from mlflow.tracking import MlflowClient
uri, script, data = sys.argv[1:4]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
experiment = client.create_experiment("apples")
parent = client.create_run(experiment)
children = []
for number, (value, folder) in enumerate(((0.7, "outputs/generated_code"), (0.9, ""), (0.8, None))):
    tags = {"mlflow.parentRunId": parent.info.run_id}
    run = client.create_run(experiment, tags=tags, start_time=1_000 + number)
    children.append(run.info.run_id)
    client.log_metric(run.info.run_id, "AUC_weighted", value)
    client.log_param(run.info.run_id, "run_algorithm", "LightGBM")
    if folder is not None:
        client.log_artifact(run.info.run_id, script, folder or None)
    client.set_terminated(run.info.run_id)
import pandas
table = mlflow.data.from_pandas(pandas.read_csv(data), source=data, name="apples")
from mlflow.entities import DatasetInput, InputTag
given = DatasetInput(table._to_mlflow_entity(), [InputTag("mlflow.data.context", "training")])
client.log_inputs(children[1], [given])
client.set_tag(parent.info.run_id, "automl_best_child_run_id", children[1])
client.set_terminated(parent.info.run_id)
print(json.dumps([parent.info.run_id, *children]))
"""


@dataclass(frozen=True)
class Store:
    """A store, by the address its user gives, and the ids of its runs."""

    desk: Desk
    uri: str
    parent: str
    children: tuple[str, ...]

    def json(self, *path: str) -> Any:
        return json.loads(self.desk.here.joinpath(*path).read_text(encoding="utf-8"))


def _address(kind: str, desk: Desk, request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return the address to fill, and the one to give to the tool."""
    if kind == "server":
        uri = str(request.getfixturevalue("server"))
        return uri, uri.replace("://", f"://person:{_PASSWORD}@")
    if kind == "sqlite":
        return (f"sqlite:///{desk.here}/store.db",) * 2
    return (desk.here / "mlruns").as_uri(), "mlruns"


@pytest.fixture(scope="module", params=["folder", "sqlite", "server"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    desk = Desk(tmp_path_factory.mktemp("mlflow") / "desk")
    filled, uri = _address(request.param, desk, request)
    (desk.here / "script.py").write_bytes(script_bytes())
    data = write_data(desk.here / "apples.csv", rows=300)
    environment = {**desk.environment(), "MLFLOW_ALLOW_FILE_STORE": "true"}
    environment |= {"MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false", "PYTHONWARNINGS": "ignore"}
    done = run_python(
        *("-c", _FILL, filled, "script.py", data), environment=environment, cwd=desk.here
    )
    assert done.returncode == 0, done.stderr[-2000:]
    parent, *children = json.loads(done.stdout.splitlines()[-1])
    yield Store(desk, uri, parent, tuple(children))
    holders = [path for path in desk.files() if _PASSWORD.encode() in path.read_bytes()]
    assert holders == []
    assert [text for text in desk.said if _PASSWORD in text] == []


def test_the_script_of_the_best_child_is_fetched(store: Store) -> None:
    where = (f"mlflow:{store.parent}", "--tracking-uri", store.uri)
    store.desk.good("fetch", *where, "--out", "fetched")
    assert (store.desk.here / "fetched" / "script.py").read_bytes() == script_bytes()
    kept = store.json("fetched", "codegen-fi-run.json")
    assert kept["origin"]["run_id"] == store.children[1]
    assert kept["origin"]["parent_run_id"] == store.parent
    assert kept["run"]["data"][0]["name"] == "apples"
    assert kept["files"]["script.py"]["size"] == len(script_bytes())


def test_the_children_are_listed(store: Store) -> None:
    where = (f"mlflow:{store.children[0]}", "--tracking-uri", store.uri)
    told = json.loads(store.desk.good("runs", *where, "--format", "json").stdout)
    assert told["run_id"] == store.parent
    rows = {row["run_id"]: row for row in told["children"]}
    code = {run_id: row["has_code"] for run_id, row in rows.items()}
    assert code == dict(zip(store.children, (True, True, False), strict=True))
    assert [run_id for run_id, row in rows.items() if row["best"]] == [store.children[1]]
    assert {row["algorithm"] for row in rows.values()} == {"LightGBM"}


def test_the_best_of_an_experiment_is_taken(store: Store) -> None:
    where = ("--tracking-uri", store.uri, "--best-of", "apples", "--metric", "AUC_weighted")
    store.desk.good("fetch", *where, "--out", "best")
    origin = store.json("best", "codegen-fi-run.json")["origin"]
    assert origin["run_id"] == store.children[1]
    assert origin["chosen"] == "the best of experiment apples, AUC_weighted 0.9 (larger is better)"


@pytest.mark.parametrize("store", ["folder", "server"], indirect=True)
def test_the_table_of_the_run_is_trained_on(store: Store) -> None:
    where = (f"mlflow:{store.parent}", "--tracking-uri", store.uri)
    done = store.desk.good("run", *where, "--data", "auto", "--out", "model", *_QUICK)
    assert "300 rows" in done.stderr
    assert store.json("model", "outputs", "metrics.json")["metrics"]["AUC_weighted"] > 0.5
    assert (store.desk.here / "model" / "outputs" / "model.pkl").exists()
    again = store.desk.good(
        *("train", "model", "--data", "auto", "--tracking-uri", store.uri, *_QUICK)
    )
    assert "as downloaded on" in again.stderr


def test_the_demo_makes_a_store_and_fetches_from_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    done = desk.good("demo", "--mlflow", "demo")
    assert (desk.here / "demo" / "run" / "script.py").read_bytes() == script_bytes()
    command = next(x for x in done.stderr.splitlines() if x.strip().startswith("codegen-fi fetch"))
    given = command.split()[1:-1]
    desk.good(*given, "again")
    assert (desk.here / "again" / "script.py").read_bytes() == script_bytes()
    assert list(desk.temp.iterdir()) == []


def test_a_demo_that_is_there_is_refused_before_it_makes_another_run(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    desk.good("demo", "--mlflow", "demo")
    store = desk.here / "demo" / "store"
    before = sorted(store.rglob("*"))
    done = desk.tool("demo", "--mlflow", "demo")
    assert done.returncode == 2, done.stderr
    assert "exists already" in done.stderr
    assert sorted(store.rglob("*")) == before
    desk.good("demo", "--mlflow", "demo", "--force")
    assert len(list(store.rglob("script.py"))) == 2
