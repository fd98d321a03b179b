"""Which model is meant by an AutoML run, a child or an experiment, and what a listing says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from loopback import Automl, Service
from scenarios import case_folder

_METRIC = "normalized_root_mean_squared_error"
_EXPERIMENT = "house-prices"
_WAYS = ("v2", "v1", "mlflow")


@dataclass
class Asked:
    """An AutoML run that doesn't name its best child, behind listings of two rows a page."""

    desk: Desk
    service: Service
    automl: Automl
    way: str

    def where(self, run_id: str = "") -> list[str]:
        """Return the arguments that mean a run."""
        if self.way == "mlflow":
            return [f"mlflow:{run_id}", "--tracking-uri", self.service.workspace.tracking_uri]
        return [f"azureml:{run_id}", "--sdk", self.way]

    def named(self) -> list[str]:
        """Name the metric where the client can't see the run's settings."""
        return ["--metric", _METRIC] if self.way == "mlflow" else []

    def fetched(self, out: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(
            (self.desk.here / out / "codegen-fi-run.json").read_text()
        )
        return content

    def without_script(self, run_id: str) -> None:
        prefix = self.service.state.artifact_key(run_id, "outputs/generated_code/")
        for key in [key for key in self.service.state.blobs if key.startswith(prefix)]:
            del self.service.state.blobs[key]


def _regression(place: Path) -> Path:
    folder = case_folder(place)
    facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    settings = {"task_type": "regression", "primary_metric": _METRIC, "label_column_name": "ripe"}
    facts |= {"task": "regression", "settings": settings}
    (folder / "case.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


@pytest.fixture(params=_WAYS)
def asked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Asked]:
    with Service() as service:
        automl = service.add_automl(_regression(tmp_path), name_best=False, experiment=_EXPERIMENT)
        service.state.page_size = 2
        # Last and first in turn are the best, so that no order of the listing is right by chance.
        for child, value in zip(automl.children, (0.3, 0.2, 0.1, 0.4), strict=True):
            child.metrics[_METRIC] = value
            child.properties["score"] = str(value)
        automl.parent.metrics[_METRIC] = 0.1
        yield Asked(Desk(tmp_path / "desk", service), service, automl, request.param)
        assert service.unanswered() == []
        assert service.hosts() <= set(service.workspace.hosts)


def test_children_are_listed_best_first_with_or_without_code(asked: Asked) -> None:
    if asked.way == "mlflow":
        asked.automl.parent.tags["automl_best_child_run_id"] = asked.automl.children[2].run_id
    child = asked.automl.children[3].run_id
    done = asked.desk.good("runs", *asked.where(child), "--format", "json")
    told = json.loads(done.stdout)
    assert told["run_id"] == asked.automl.parent.run_id
    rows = {row["run_id"]: row for row in told["children"]}
    assert len(rows) == len(asked.automl.children)
    best, middle, worse, none = (asked.automl.children[n].run_id for n in (2, 1, 0, 3))
    assert {run_id: row["has_code"] for run_id, row in rows.items()} == {
        best: True,
        middle: True,
        worse: True,
        none: False,
    }
    assert [run_id for run_id, row in rows.items() if row["best"]] == [best]
    if asked.way != "mlflow":
        assert told["primary_metric"] == _METRIC
        assert list(rows) == [best, middle, worse, none]
        assert [row["metric"] for row in told["children"]] == [0.1, 0.2, 0.3, 0.4]
        assert rows[none]["algorithm"] == "SGD"


@pytest.mark.parametrize("asked", ["v2"], indirect=True)
def test_the_table_has_a_line_for_each_child(asked: Asked) -> None:
    done = asked.desk.good("runs", *asked.where(asked.automl.parent.run_id))
    lines = {
        c.run_id: next(x for x in done.stdout.splitlines() if f"{c.run_id} " in x)
        for c in asked.automl.children
    }
    code = {run_id: " yes " in line for run_id, line in lines.items()}
    assert code == {c.run_id: c is not asked.automl.without_code for c in asked.automl.children}
    assert asked.service.workspace.workspace_name in done.stdout
    assert " best" in lines[asked.automl.children[2].run_id]


def test_the_best_of_an_experiment_is_the_smallest_error(asked: Asked) -> None:
    best = asked.automl.children[2].run_id
    asked.desk.good(
        "fetch", *asked.where(), "--best-of", _EXPERIMENT, *asked.named(), "--out", "best"
    )
    kept = asked.fetched("best")
    assert kept["origin"]["run_id"] == best
    words = f"the best of experiment {_EXPERIMENT}, {_METRIC} 0.1"
    assert kept["origin"]["chosen"].removesuffix(" (smaller is better)") == words
    assert kept["origin"]["parent_run_id"] == asked.automl.parent.run_id
    script = (asked.desk.here / "best" / "script.py").read_bytes()
    assert script == asked.automl.script
    for name, file in kept["files"].items():
        assert file["size"] == (asked.desk.here / "best" / name).stat().st_size


def test_a_parent_without_a_best_child_is_decided_by_the_metric(asked: Asked) -> None:
    where = asked.where(asked.automl.parent.run_id)
    done = asked.desk.tool("fetch", *where, "--out", "parent")
    if asked.way == "mlflow":
        assert done.returncode == 2
        assert f"They have: {_METRIC}, r2_score. Name one with --metric" in done.stderr
        done = asked.desk.tool("fetch", *where, "--metric", _METRIC, "--out", "parent")
    assert done.returncode == 0, done.stderr
    assert asked.fetched("parent")["origin"]["run_id"] == asked.automl.children[2].run_id
    assert f"{_METRIC} 0.1" in done.stderr


def test_a_child_named_is_the_child_taken(asked: Asked) -> None:
    child, best = asked.automl.children[0], asked.automl.children[2]
    asked.automl.parent.tags["automl_best_child_run_id"] = best.run_id
    asked.desk.good("fetch", *asked.where(child.run_id), "--out", "child")
    origin = asked.fetched("child")["origin"]
    assert (origin["run_id"], origin["chosen"]) == (child.run_id, "the run named")
    assert origin["parent_run_id"] == asked.automl.parent.run_id


# Through MLflow nothing but the tag tells which child is the best.
@pytest.mark.parametrize(
    ("asked", "tagged"),
    [("v2", True), ("v1", True), ("mlflow", True), ("v2", False), ("v1", False)],
    indirect=["asked"],
)
def test_a_best_child_without_code_leads_to_its_siblings(asked: Asked, tagged: bool) -> None:
    best, second = asked.automl.children[2], asked.automl.children[1]
    asked.without_script(best.run_id)
    best.tags["_aml_system_codegen"] = "failed"
    if tagged:
        asked.automl.parent.tags["automl_best_child_run_id"] = best.run_id
    where = asked.where(asked.automl.parent.run_id)
    done = asked.desk.tool("fetch", *where, "--out", "none")
    assert done.returncode == 4
    assert f"{best.run_id} in" in done.stderr
    assert "no generated code" in done.stderr
    assert "failed in the run itself" in done.stderr
    hint = "codegen-fi runs" if asked.way == "mlflow" else second.run_id
    assert hint in done.stderr
    assert not (asked.desk.here / "none").exists()


def _kept_of(service: Service, tmp_path: Path, way: str, run_id: str) -> tuple[str, dict[str, Any]]:
    desk = Desk(tmp_path / "desk", service)
    desk.good("fetch", f"azureml:{run_id}", "--sdk", way, "--out", "kept")
    text = (desk.here / "kept" / "codegen-fi-run.json").read_text()
    content: dict[str, Any] = json.loads(text)
    return text, content


@pytest.mark.parametrize("way", ["v2", "v1"])
def test_a_plain_command_with_a_script_tells_no_facts_it_has_not(tmp_path: Path, way: str) -> None:
    with Service() as service:
        files = {"outputs/generated_code/script.py": b"x = 1\n"}
        service.add_run("plain_1", files, run_type="azureml.scriptrun")
        text, kept = _kept_of(service, tmp_path, way, "plain_1")
    assert "{}" not in text.replace('": {}', "")
    facts = kept["run"]
    assert {facts.get(name) for name in ("task", "label", "primary_metric")} <= {None}


@pytest.mark.parametrize("way", ["v2", "v1"])
def test_a_child_of_a_deleted_run_is_fetched_without_its_facts(tmp_path: Path, way: str) -> None:
    with Service() as service:
        automl = service.add_automl(case_folder(tmp_path))
        del service.state.runs[automl.parent.run_id]
        text, kept = _kept_of(service, tmp_path, way, automl.best.run_id)
    assert "{}" not in text.replace('": {}', "")
    assert kept["origin"]["run_id"] == automl.best.run_id
    facts = kept["run"]
    assert {facts.get(name) for name in ("task", "label", "primary_metric")} <= {None}


@pytest.mark.parametrize("way", ["v2", "v1"])
@pytest.mark.parametrize("named", ["pipeline", "parent", "best"])
def test_an_automl_step_of_a_pipeline_tells_its_facts(tmp_path: Path, way: str, named: str) -> None:
    with Service() as service:
        service.add_run("pipe_1", {}, run_type="azureml.PipelineRun")
        automl = service.add_automl(case_folder(tmp_path))
        automl.parent.parent = "pipe_1"
        ids = {"pipeline": "pipe_1", "parent": automl.parent.run_id, "best": automl.best.run_id}
        text, kept = _kept_of(service, tmp_path, way, ids[named])
    assert "{}" not in text.replace('": {}', "")
    assert kept["origin"]["run_id"] == automl.best.run_id
    facts = kept["run"]
    assert (facts["task"], facts["primary_metric"]) == ("classification", "AUC_weighted")
