"""A workspace read through its MLflow address, with the credential the user chose."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clients import run_python
from loopback import Service

_CALLS = Path(__file__).parent / "probes" / "calls.py"
_CODE = "outputs/generated_code"
_RUN = "AutoML_aaaaaaaa-0000-4000-8000-000000000001"


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        tags = {"automl_best_child_run_id": f"{_RUN}_0"}
        service.add_run(_RUN, {}, experiment="exp1", tags=tags)
        for number in range(5):
            files = {f"{_CODE}/script.py": b"x = 1\n", f"{_CODE}/deep/a b.txt": b"y"}
            service.add_run(
                f"{_RUN}_{number}",
                files if number == 0 else {},
                experiment="exp1",
                parent=_RUN,
                metrics={"AUC_weighted": number / 10},
            )
        yield service


def _ask(service: Service, folder: Path, *calls: list[Any], uri: str | None = None) -> list[Any]:
    settings = {
        "client": "mlflow",
        "tracking_uri": uri or f"{service.workspace.tracking_uri}?",
        "credential": "service-principal",
        "timeout": 20.0,
    }
    done = run_python(
        _CALLS,
        "mlflow_client",
        "MlflowSource",
        environment={**service.environment(folder / "home"), "PYTHONWARNINGS": "ignore"},
        cwd=folder,
        stdin=json.dumps({"settings": settings, "calls": calls}),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert service.unanswered() == []
    shown = done.stdout + done.stderr
    assert not [secret for secret in service.secrets if secret in shown]
    answers: list[Any] = json.loads(done.stdout.splitlines()[-1])["answers"]
    return answers


def test_a_run_and_its_files_are_read_with_one_sign_in(service: Service, tmp_path: Path) -> None:
    service.state.page_size = 2
    best = f"{_RUN}_0"
    connected, run, children, experiment, files, fetched, missing, unknown, nowhere = _ask(
        service,
        tmp_path,
        ["connect"],
        ["run", best],
        ["children", _RUN],
        ["experiment", "exp1"],
        ["files", best, "outputs"],
        ["fetch", best, f"{_CODE}/script.py", str(tmp_path / "got" / "s.py")],
        ["fetch", best, f"{_CODE}/none.py", str(tmp_path / "none.py")],
        ["run", "AutoML_none"],
        ["experiment", "vegetables"],
    )
    assert connected["value"]["where"] == "workspace ws1 (resource group rg1)"
    assert not connected["value"]["tracking_uri"].endswith("?")
    assert run["value"]["parent_id"] == _RUN
    assert (run["value"]["experiment"], run["value"]["metrics"]) == ("exp1", {"AUC_weighted": 0.0})
    assert [r["run_id"] for r in children["value"]] == [f"{_RUN}_{n}" for n in (4, 3, 2, 1, 0)]
    assert len(experiment["value"]) == 6
    assert sorted(files["value"]) == [f"{_CODE}/deep/a b.txt", f"{_CODE}/script.py"]
    assert "error" not in fetched
    assert [path.name for path in (tmp_path / "got").iterdir()] == ["s.py"]
    assert (tmp_path / "got" / "s.py").read_bytes() == b"x = 1\n"
    failed = [missing["error"], unknown["error"], nowhere["error"]]
    assert failed == ["file_not_found", "run_not_found", "experiment_not_found"]
    assert [request.path.endswith("/token") for request in service.log].count(True) == 1


def test_an_address_without_a_workspace_is_refused(service: Service, tmp_path: Path) -> None:
    (answer,) = _ask(service, tmp_path, ["connect"], uri="azureml://westeurope.api.azureml.ms/x")
    assert answer["error"] == "bad_settings"
    assert "names no workspace" in answer["message"]
