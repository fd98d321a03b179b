"""From the id of an AutoML run to importances, with the run's own data and the real clients."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from desk import Desk
from loopback import Automl, Service

from codegen_fi.runtime.tables import load_table

pytestmark = pytest.mark.corpus

QUICK = ("--no-plot", "--repeats", "2", "--max-rows", "60", "--importance", "permutation")
# One of each: registered dataset or data asset, two or more classes or a number, with and
# without a table to validate on, single model or ensemble.
_WAYS = (
    ("cls_valid_id", "v1"),
    ("cls_voting_multi", "v2"),
    ("cls_valid_mltable", "v2"),
    ("reg_dt_robust", "v2"),
    ("reg_voting_linear", "v1"),
)
_TRAINED = [pytest.param(way, id="-".join(way)) for way in _WAYS]
_AGAIN = [p for p in _TRAINED if p.id in {"cls_valid_id-v1", "cls_valid_mltable-v2"}]


@dataclass(frozen=True)
class Trained:
    """A run taken the whole way into ``model``; `talk` is what the tool said meanwhile."""

    desk: Desk
    service: Service
    automl: Automl
    case: Path
    sdk: str
    talk: str

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads((self.case / "case.json").read_text(encoding="utf-8"))
        return facts

    @property
    def out(self) -> Path:
        return self.desk.here / "model"

    @property
    def tables(self) -> dict[str, Path]:
        """The case's own tables by their role."""
        named = {"training": self.case / "train.csv", "validation": self.case / "valid.csv"}
        return {role: path for role, path in named.items() if path.exists()}

    def read(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.out / name).read_text(encoding="utf-8"))
        return content


@pytest.fixture(scope="module")
def trained(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trained]:
    name, sdk = request.param
    with Service() as service:
        automl = service.add_automl(corpus / name)
        desk = Desk(tmp_path_factory.mktemp("whole") / "desk", service)
        where = (f"azureml:{automl.parent.run_id}", "--sdk", sdk)
        done = desk.good("run", *where, "--data", "auto", "--out", "model", *QUICK)
        yield Trained(desk, service, automl, corpus / name, sdk, done.stderr)


def _data_requests(service: Service) -> int:
    """Count the downloads of tables; the files of a run are downloaded from another container."""
    tables = ("train.csv", "valid.csv", "MLTable")
    return sum(r.host == service.workspace.blob and r.path.endswith(tables) for r in service.log)


@pytest.mark.parametrize("trained", _TRAINED, indirect=True)
def test_a_run_is_trained_and_explained(trained: Trained) -> None:
    outputs = trained.out / "outputs"
    assert (outputs / "model.pkl").stat().st_size > 0
    metric = trained.facts["settings"]["primary_metric"]
    assert trained.read("outputs/metrics.json")["metrics"][metric] is not None
    header = trained.read("outputs/feature_importance.json")
    assert header["scoring"] == metric
    assert header["failures"] == []
    with (outputs / "feature_importance.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["feature"] for row in csv.DictReader(stream) if row["space"] == "raw"}
    columns = set(pd.read_csv(trained.case / "train.csv", nrows=1).columns)
    assert named
    assert named < columns
    assert trained.facts["label"] not in named


@pytest.mark.parametrize("trained", _TRAINED, indirect=True)
def test_the_manifest_says_where_the_script_came_from(trained: Trained) -> None:
    origin = trained.read("codegen-fi.json")["origin"]
    best, parent = trained.automl.best, trained.automl.parent
    assert (origin["run_id"], origin["parent_run_id"]) == (best.run_id, parent.run_id)
    assert origin["experiment"] == "exp1"
    assert f"the best child of {parent.run_id}" in origin["chosen"]
    assert origin["workspace"]["workspace_name"] == trained.service.workspace.workspace_name
    assert origin["client"] == {"v1": "azureml-core", "v2": "azure-ai-ml"}[trained.sdk]
    assert origin["versions"][origin["client"]]
    run, facts = origin["run"], trained.facts
    assert (run["task"], run["label"]) == (facts["task"], facts["label"])
    assert run["primary_metric"] == facts["settings"]["primary_metric"]
    assert run["metric_value"] == best.metrics[run["primary_metric"]]
    assert run["algorithm"] == facts["run_algorithm"]
    assert run["environment"] == "AzureML-AutoML:140"
    assert {item["role"] for item in run["data"]} >= set(trained.tables)


@pytest.mark.parametrize("trained", _TRAINED, indirect=True)
def test_the_folder_holds_what_came_with_the_run(trained: Trained) -> None:
    state, best = trained.service.state, trained.automl.best.run_id
    conda = state.blobs[state.artifact_key(best, "outputs/conda_env_v_1_0_0.yml")]
    assert (trained.out / "run" / "conda_env_v_1_0_0.yml").read_bytes() == conda
    book = "outputs/generated_code/script_run_notebook.ipynb"
    notebook = state.blobs[state.artifact_key(best, book)]
    assert (trained.out / "run" / "script_run_notebook.ipynb").read_bytes() == notebook
    kept = trained.read("codegen-fi.json")["files"]
    there = {name: hashlib.sha256((trained.out / name).read_bytes()).hexdigest() for name in kept}
    assert there == kept
    assert {"run/conda_env_v_1_0_0.yml", "run/script_run_notebook.ipynb", "script.py"} <= set(kept)


@pytest.mark.parametrize("trained", _TRAINED, indirect=True)
def test_the_tables_hold_what_the_service_holds(trained: Trained) -> None:
    kept = [path for path in trained.desk.cache.rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in kept) == [
        *[".json"] * len(trained.tables),
        *[".parquet"] * len(trained.tables),
    ]
    frames = [load_table(path) for path in kept if path.suffix == ".parquet"]
    for role, path in trained.tables.items():
        wanted = load_table(path)
        found = [frame for frame in frames if len(frame) == len(wanted)]
        assert len(found) == 1, role
        pd.testing.assert_frame_equal(found[0], wanted)
        rows = f"{len(wanted):,} rows, {wanted.shape[1]} columns, kept in {trained.desk.cache}"
        assert rows in trained.talk


@pytest.mark.parametrize("trained", _TRAINED, indirect=True)
def test_nothing_but_the_workspace_is_asked(trained: Trained) -> None:
    assert trained.service.unanswered() == []
    assert trained.service.hosts() <= set(trained.service.workspace.hosts)
    assert list(trained.desk.temp.iterdir()) == []


@pytest.mark.parametrize("trained", _AGAIN, indirect=True)
def test_a_second_time_takes_the_tables_of_the_first(trained: Trained) -> None:
    before, first = _data_requests(trained.service), trained.read("outputs/metrics.json")
    assert before > 0
    done = trained.desk.good("train", "model", "--data", "auto", *QUICK)
    assert _data_requests(trained.service) == before
    assert done.stderr.count("as downloaded on") == len(trained.tables)
    assert trained.read("outputs/metrics.json") == first


@pytest.mark.parametrize("trained", _AGAIN, indirect=True)
def test_a_run_and_its_files_give_the_same_model(trained: Trained) -> None:
    given = ["--data", trained.case / "train.csv"]
    if "validation" in trained.tables:
        given += ["--validation-data", trained.case / "valid.csv"]
    header = trained.read("outputs/feature_importance.json")
    same = ("--scoring", header["scoring"], "--seed", str(header["seed"]))
    files = (trained.case / "script.py", *given, "--out", "from-files")
    trained.desk.good("run", *files, *same, *QUICK)
    other = trained.desk.here / "from-files" / "outputs"
    for name in ("metrics.json", "feature_importance.csv"):
        assert (other / name).read_bytes() == (trained.out / "outputs" / name).read_bytes(), name


def test_a_run_seen_through_mlflow_is_trained_on_a_file(corpus: Path, tmp_path: Path) -> None:
    case = corpus / "reg_dt_robust"
    with Service() as service:
        automl = service.add_automl(case)
        desk = Desk(tmp_path / "desk", service)
        uri = service.workspace.tracking_uri
        where = (f"mlflow:{automl.parent.run_id}", "--tracking-uri", uri)
        desk.good("run", *where, "--data", case / "train.csv", "--out", "model", *QUICK)
        origin = json.loads((desk.here / "model" / "codegen-fi.json").read_text())["origin"]
        assert (origin["kind"], origin["run_id"]) == ("mlflow", automl.best.run_id)
        assert (desk.here / "model" / "outputs" / "model.pkl").exists()
        assert service.unanswered() == []
        assert service.workspace.blob in service.hosts()


def test_without_rights_on_the_data_the_message_names_it(corpus: Path, tmp_path: Path) -> None:
    with Service() as service:
        automl = service.add_automl(corpus / "cls_mltable")
        service.fail("blob-403", path="train.csv")
        desk = Desk(tmp_path / "desk", service)
        where = f"azureml:{automl.parent.run_id}"
        done = desk.tool("run", where, "--data", "auto", "--out", "model", "--timeout", "8")
        assert done.returncode == 4, done.stderr
        for words in ("training data", "cls_mltable", "Export it", "--data FILE", "(403)"):
            assert words in done.stderr
        assert not (desk.here / "model").exists()
        assert [path for path in desk.cache.rglob("*") if path.is_file()] == []
