"""A workspace read by azure-ai-ml, with the MLflow plugin and without it."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clients import SOURCE, run_python
from loopback import Automl, Service
from loopback.faults import TABLE

_CALLS = Path(__file__).parent / "probes" / "calls.py"
_CODE = "outputs/generated_code"
_PARENT = "AutoML_aaaaaaaa-0000-4000-8000-000000000001"
_DATA = "azureml://locations/westeurope/workspaces/w/data/fruit/versions/1"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fruit")
    facts = {
        "task": "classification",
        "label": "ripe",
        "run_algorithm": "LightGBM",
        "inputs": {"training_dataset_uri": _DATA},
        "settings": {
            "task_type": "classification",
            "primary_metric": "AUC_weighted",
            "label_column_name": "ripe",
        },
    }
    (folder / "case.json").write_text(json.dumps(facts), encoding="utf-8")
    script = f"automl_run_id = '{_PARENT}_0'\n# Äpfel\n"
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / "train.csv").write_text("colour,ripe\nred,1\ngreen,0\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service() as service:
        service.state.page_size = 2
        yield service


@pytest.fixture(scope="module")
def automl(service: Service, case: Path) -> Automl:
    added = service.add_automl(case)
    # Its name begins with the best child's.
    service.add_run(f"{added.best.run_id}0", {f"{_CODE}/other.py": b"x = 1\n"}, experiment="other")
    return added


def _ask(service: Service, folder: Path, *calls: list[Any], **more: str) -> list[Any]:
    place = dataclasses.asdict(service.workspace)
    names = ("subscription_id", "resource_group", "workspace_name")
    settings = {
        "client": "azure-ai-ml",
        "workspace": {name: place[name] for name in names},
        "timeout": 20.0,
    }
    done = run_python(
        _CALLS,
        "azure_ai_ml",
        "AzureAiMl",
        environment={**service.environment(folder / "home"), "PYTHONWARNINGS": "ignore", **more},
        cwd=folder,
        stdin=json.dumps({"settings": settings, "calls": calls}),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert service.unanswered() == []
    shown = done.stdout + done.stderr
    assert not [secret for secret in service.secrets if secret in shown]
    answers: list[Any] = json.loads(done.stdout.splitlines()[-1])["answers"]
    return answers


@pytest.fixture(scope="module", params=["with the plugin", "without the plugin"])
def read(
    request: pytest.FixtureRequest,
    service: Service,
    automl: Automl,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Any]:
    """Everything there is to ask, in one process."""
    folder = tmp_path_factory.mktemp("read")
    best, bare = automl.best.run_id, automl.without_code.run_id
    plugin = request.param == "with the plugin"
    more = {} if plugin else {"PYTHONPATH": _without_plugin(folder)}
    calls: dict[str, list[Any]] = {
        "connected": ["connect"],
        "parent": ["run", _PARENT],
        "best": ["run", best],
        "children": ["children", _PARENT],
        "experiment": ["experiment", "exp1"],
        "files": ["files", best, _CODE],
        "all": ["files", best, "outputs"],
        "none": ["files", bare, _CODE],
        "fetch": ["fetch", best, f"{_CODE}/script.py", str(folder / "got" / "s.py")],
        "no file": ["fetch", bare, f"{_CODE}/script.py", str(folder / "none.py")],
        "no run": ["run", "AutoML_none"],
        "no children": ["children", "AutoML_none"],
        "no experiment": ["experiment", "vegetables"],
    }
    answers = _ask(service, folder, *calls.values(), **more)
    read = dict(zip(calls, answers, strict=True))
    return {"folder": folder, "plugin": plugin, **read}


def _without_plugin(folder: Path) -> str:
    """Return a path on which ``azureml`` is a package that holds nothing."""
    (folder / "bare" / "azureml").mkdir(parents=True)
    (folder / "bare" / "azureml" / "__init__.py").write_text("")
    return f"{folder / 'bare'}:{SOURCE}"


def test_the_workspace_is_looked_up(read: dict[str, Any], service: Service) -> None:
    connected = read["connected"]["value"]
    assert connected["where"] == "workspace ws1 (resource group rg1)"
    assert connected["tracking_uri"].startswith(f"azureml://{service.workspace.api}/")
    assert connected["versions"]["azure-ai-ml"]


def test_a_job_tells_task_label_metric_and_data(read: dict[str, Any]) -> None:
    run = read["parent"]["value"]
    told = (run["task"], run["label"], run["primary_metric"], run["experiment"])
    assert told == ("classification", "ripe", "AUC_weighted", "exp1")
    assert [(d["role"], d["kind"], d["value"]) for d in run["data"]] == [("training", "uri", _DATA)]
    assert json.loads(run["properties"]["AMLSettingsJsonString"])["label_column_name"] == "ripe"
    assert run["tags"]["automl_best_child_run_id"] == f"{_PARENT}_0"
    assert (run["status"], run["parent_id"]) == ("Completed", None)
    assert run["started"].startswith("2026-01-01T00:0")


def test_a_child_tells_its_model_and_environment(read: dict[str, Any], automl: Automl) -> None:
    run = read["best"]["value"]
    assert run["properties"]["run_algorithm"] == "LightGBM"
    assert run["environment"] == "AzureML-AutoML:140"
    assert run["metrics"] == (automl.best.metrics if read["plugin"] else {})
    assert run["parent_id"] == (_PARENT if read["plugin"] else None)


def test_all_children_come_over_several_pages(read: dict[str, Any], automl: Automl) -> None:
    if not read["plugin"]:
        assert read["children"]["error"] == "not_supported"
        assert "codegen-fi[azure]" in read["children"]["message"]
        return
    children = {run["run_id"]: run for run in read["children"]["value"]}
    assert sorted(children) == sorted(run.run_id for run in automl.children)
    for run in automl.children:
        told = children[run.run_id]
        assert told["parent_id"] == _PARENT
        assert told["properties"] == run.properties
        assert told["metrics"] == run.metrics


def test_an_experiment_lists_its_runs(read: dict[str, Any]) -> None:
    found = [run["run_id"] for run in read["experiment"]["value"]]
    assert _PARENT in found
    assert not [name for name in found if name.endswith("_00")]
    assert read["no experiment"]["error"] == "experiment_not_found"


def test_files_of_a_run_are_its_own(read: dict[str, Any], automl: Automl) -> None:
    names = [f"{_CODE}/script.py", f"{_CODE}/script_run_notebook.ipynb"]
    assert sorted(read["files"]["value"]) == names
    others = ["outputs/conda_env_v_1_0_0.yml", *names, "outputs/model.pkl"]
    assert sorted(read["all"]["value"]) == others
    assert read["none"]["value"] == []


def test_a_file_lands_exactly_where_it_is_wanted(read: dict[str, Any], automl: Automl) -> None:
    assert "error" not in read["fetch"], read["fetch"]
    assert [path.name for path in (read["folder"] / "got").iterdir()] == ["s.py"]
    assert (read["folder"] / "got" / "s.py").read_bytes() == automl.script
    assert read["no file"]["error"] == "file_not_found"
    assert not (read["folder"] / "none.py").exists()


def test_an_unknown_run_is_said_to_be_unknown(read: dict[str, Any]) -> None:
    assert read["no run"]["error"] == "run_not_found"
    kind = "run_not_found" if read["plugin"] else "not_supported"
    assert read["no children"]["error"] == kind


def test_a_run_that_is_no_job_is_read_through_mlflow(
    service: Service, automl: Automl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = dataclasses.replace(TABLE["api-empty-404"], hosts=("management",), path=r"^~/jobs/")
    monkeypatch.setitem(TABLE, "api-empty-404", none)
    service.fail("api-empty-404")
    try:
        _, run = _ask(service, tmp_path, ["connect"], ["run", automl.best.run_id])
    finally:
        service.heal()
    assert run["value"]["metrics"] == automl.best.metrics
    assert run["value"]["properties"] == {}
