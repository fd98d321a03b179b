"""The loopback service: what the real clients see of it, how it fails, and that it ends."""

import http.client
import json
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from clients import run_python
from loopback import Automl, Service
from loopback.faults import CONNECTION, NAMES, TABLE
from scenarios import case_folder

_PROBES = Path(__file__).parent / "probes"
_PARENT = "AutoML_aaaaaaaa-0000-4000-8000-000000000001"
_SCRIPT = f"automl_run_id = '{_PARENT}_0'\n# Äpfel\n" + "x = 1\n" * 500
_CHILDREN = [f"{_PARENT}_{number}" for number in (3, 2, 1, 0)]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return case_folder(tmp_path, "fruit", _SCRIPT)


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        yield service


@pytest.fixture
def automl(service: Service, case: Path) -> Automl:
    return service.add_automl(case)


def _probe(service: Service, name: str, where: str | Path, tmp_path: Path) -> dict[str, Any]:
    target = tmp_path / "out"
    target.mkdir()
    environment = service.environment(tmp_path / "home")
    done = run_python(
        _PROBES / name, where, _PARENT, target, environment=environment, cwd=tmp_path, timeout=90
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert service.unanswered() == []
    shown = done.stdout + done.stderr
    assert not [secret for secret in service.secrets if secret in shown]
    return json.loads(done.stdout.splitlines()[-1])


def _known_hosts(service: Service) -> set[str]:
    return set(service.workspace.hosts)


def test_mlflow_with_the_plugin_reads_a_run(
    service: Service, automl: Automl, tmp_path: Path
) -> None:
    service.state.page_size = 3
    service.fail("truncated", times=1)
    read = _probe(service, "plugin.py", service.workspace.tracking_uri, tmp_path)
    assert read["script"] == _SCRIPT
    assert read["tags"]["automl_best_child_run_id"] == automl.best.run_id
    assert read["children"] == _CHILDREN
    assert read["metrics"] == automl.best.metrics
    assert "outputs/generated_code/script_run_notebook.ipynb" in read["files"]
    assert service.hosts() == _known_hosts(service)
    assert [request.fault for request in service.log].count("truncated") == 1


def test_azureml_core_reads_a_run(service: Service, automl: Automl, tmp_path: Path) -> None:
    service.state.page_size = 3
    config = service.write_config(tmp_path / "workspace")
    read = _probe(service, "core.py", config, tmp_path)
    assert read["script"] == _SCRIPT
    assert read["properties"] == automl.parent.properties
    assert read["children"] == _CHILDREN
    assert read["metrics"] == automl.best.metrics
    assert len(read["files"]) == 5
    assert "'id': 'aaaaaaaa-0000-4000-8000-000000000002'" in read["data"]
    assert "'inputName': 'training_data'" in read["data"]
    assert service.hosts() == _known_hosts(service)


def test_azure_ai_ml_reads_a_job(service: Service, automl: Automl, tmp_path: Path) -> None:
    config = service.write_config(tmp_path / "workspace")
    read = _probe(service, "ml.py", config, tmp_path)
    assert read["script"] == _SCRIPT
    assert read["properties"] == automl.parent.properties
    assert read["label"] == "ripe"
    assert read["task"].lower().endswith("classification")
    assert read["children"] == _CHILDREN
    assert len(read["files"]) == 5
    assert service.hosts() == _known_hosts(service)


def _opener(service: Service) -> urllib.request.OpenerDirector:
    context = ssl.create_default_context(cafile=str(service.authority.root))
    proxy = urllib.request.ProxyHandler({"https": service.proxy.url, "http": service.proxy.url})
    return urllib.request.build_opener(proxy, urllib.request.HTTPSHandler(context=context))


def _ask(service: Service, address: str, token: str | None = None, timeout: float = 3) -> Any:
    """Return status and body, or the exception that the line's failure raises."""
    header = {"Authorization": f"Bearer {token or service.tokens.access_token()}"}
    request = urllib.request.Request(address, headers=header)
    try:
        with _opener(service).open(request, timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()
    except (OSError, http.client.HTTPException) as problem:
        return getattr(problem, "reason", None) or problem


def _addresses(service: Service, run_id: str) -> dict[str, str]:
    place = service.workspace
    history = f"https://{place.api}/history/v1.0{place.scope}/experiments/exp1/runs/{run_id}"
    key = service.state.artifact_key(run_id, "outputs/generated_code/script.py")
    return {
        "management": f"https://management.azure.com{place.scope}?api-version=2022-05-01",
        "api": history,
        "artifacts": f"{history}/artifacts",
        "blob": f"https://{place.blob}/{key}?{service.tokens.sas()}",
        "login": f"https://login.microsoftonline.com/{place.tenant}/oauth2/v2.0/token",
    }


_ANSWERS = {
    "unauthorized": 401, "forbidden": 403, "throttled": 429, "expired-token": 401,
    "api-forbidden": 403, "api-500": 500, "api-html": 500, "api-empty-404": 404,
    "artifacts-500": 500, "artifacts-forbidden": 403, "workspace-forbidden": 403,
    "workspace-500": 500, "blob-500": 500, "blob-403": 403, "blob-404": 404, "empty": 200,
    "empty-200": 200, "html": 200, "html-file": 200, "wrong-tenant": 400, "bad-secret": 401,
    "login-500": 500, "proxy-forbids": 403, "host-unknown": 502, "proxy-wants-password": 407,
}  # fmt: skip
_LINES = {
    "api-hang": TimeoutError, "api-slow": TimeoutError, "api-reset": ConnectionResetError,
    "workspace-hang": TimeoutError, "login-hang": TimeoutError, "blob-hang": TimeoutError,
    "blob-slow": TimeoutError, "blob-reset": ConnectionResetError,
    "truncated": http.client.IncompleteRead,
}  # fmt: skip


def _address_for(service: Service, name: str, run_id: str) -> str:
    addresses = _addresses(service, run_id)
    if name in CONNECTION:
        return addresses["api"]
    if name.startswith("artifacts"):
        return addresses["artifacts"]
    return addresses[TABLE[name].hosts[0]]


@pytest.mark.parametrize("name", sorted(_ANSWERS))
def test_a_fault_lets_pass_then_strikes_then_is_over(
    service: Service, automl: Automl, name: str
) -> None:
    address = _address_for(service, name, automl.best.run_id)
    before = _ask(service, address)
    service.fail(name, after=1, times=1)
    after = [_ask(service, address) for _ in range(3)]
    assert after[0] == before == after[2]
    struck = after[1]
    if name in CONNECTION:
        assert f"Tunnel connection failed: {_ANSWERS[name]}" in str(struck)
    else:
        assert struck[0] == _ANSWERS[name]
        assert struck != before
        assert [request.fault for request in service.log].count(name) == 1


@pytest.mark.parametrize("name", sorted(_LINES))
def test_a_bad_line_never_delivers_the_whole_answer(
    service: Service, automl: Automl, name: str
) -> None:
    service.fail(name)
    struck = _ask(service, _address_for(service, name, automl.best.run_id), timeout=0.5)
    assert isinstance(struck, _LINES[name])
    assert service.log[-1].fault == name


def test_every_fault_has_a_test_here() -> None:
    assert set(NAMES) == {*_ANSWERS, *_LINES}


def test_an_unknown_host_is_answered_by_nobody_and_logged(service: Service) -> None:
    assert _ask(service, "https://telemetry.example.com/v2/track")[0] == 404
    assert service.hosts() == {"telemetry.example.com"}
    assert [request.host for request in service.unanswered()] == ["telemetry.example.com"]


def test_a_path_that_no_route_answers_is_listed(service: Service) -> None:
    place = service.workspace
    assert _ask(service, f"https://management.azure.com{place.scope}/computes")[0] == 404
    assert [request.path for request in service.unanswered()] == [f"{place.scope}/computes"]


def test_another_workspace_is_not_found(service: Service) -> None:
    other = service.workspace.scope + "2"
    status, body = _ask(service, f"https://management.azure.com{other}")
    assert status == 404
    assert b"ResourceNotFound" in body


def test_a_token_of_this_service_is_needed_and_can_run_out(
    service: Service, automl: Automl
) -> None:
    address = _addresses(service, automl.parent.run_id)["api"]
    token = service.tokens.access_token()
    assert _ask(service, address, token)[0] == 200
    assert _ask(service, address, "someone.else.s")[0] == 401
    service.expire_tokens()
    assert _ask(service, address, token)[0] == 401
    assert _ask(service, address)[0] == 200


def test_storage_wants_a_signature_of_this_service(service: Service, automl: Automl) -> None:
    address = _addresses(service, automl.best.run_id)["blob"]
    assert _ask(service, address, "no.token.atall") == (200, _SCRIPT.encode())
    forged = re.sub(r"sig=\w+", "sig=forged", address)
    assert _ask(service, forged, "no.token.atall")[0] == 403


def test_an_artifact_may_name_a_place_outside(service: Service) -> None:
    path = "outputs/generated_code/../../../evil.py"
    service.add_run("run1", {path: b"evil"})
    listing = json.loads(_ask(service, _addresses(service, "run1")["artifacts"])[1])
    assert [item["path"] for item in listing["value"]] == [path]
    address = f"{_addresses(service, 'run1')['artifacts']}/contentinfo?path={path}"
    content = json.loads(_ask(service, address)[1])["contentUri"]
    assert _ask(service, content)[1] == b"evil"


def test_a_filter_that_is_not_understood_is_refused(service: Service, automl: Automl) -> None:
    address = _addresses(service, automl.parent.run_id)["api"]
    assert _ask(service, f"{address}/children?$filter=Magic%20eq%201")[0] == 400


def test_the_log_keeps_no_secret(service: Service, automl: Automl) -> None:
    form = f"grant_type=client_credentials&client_secret={service.tokens.client_secret}"
    address = _addresses(service, automl.best.run_id)
    with _opener(service).open(address["login"], data=form.encode()) as answer:
        token = json.load(answer)["access_token"]
    assert _ask(service, address["api"], token)[0] == 200
    assert _ask(service, address["blob"], token)[0] == 200
    assert token in service.secrets
    assert not [secret for secret in service.secrets if secret in repr(service.log)]


def test_closing_ends_waiting_clients_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    with ThreadPoolExecutor() as pool:
        with Service() as service:
            service.add_run("run1", {})
            service.fail("api-hang")
            address = _addresses(service, "run1")["api"]
            waiting = pool.submit(_ask, service, address, timeout=60)
            idle = pool.submit(_idle, service)
            while not service.log or not idle.done():
                time.sleep(0.01)
            started = time.monotonic()
        assert time.monotonic() - started < 2
        assert isinstance(waiting.result(timeout=5), Exception)
        idle.result().close()
    assert set(threading.enumerate()) == before


def _idle(service: Service) -> Any:
    """Return a connection that is open and asks nothing."""
    return socket.create_connection(service.proxy.server_address, timeout=5)
