"""Real MLflow stores, asked by the adapter in the clients' own environment."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clients import ROOT, base_environment, clients_python, run_python

_CALLS = ROOT / "tests" / "azure" / "probes" / "calls.py"
_QUIET = {
    "MLFLOW_ALLOW_FILE_STORE": "true",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "PYTHONWARNINGS": "ignore",
}
_START_SECONDS = 90
Ask = Callable[..., list[Any]]


@dataclass(frozen=True)
class Filled:
    """A store with runs in it."""

    uri: str
    run: str
    others: tuple[str, ...]


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Make calls of the adapter, all in one process."""
    home = tmp_path_factory.mktemp("home")

    def asked(uri: str | None, *calls: list[Any], cwd: Path = home, **more: str) -> list[Any]:
        settings = {"client": "mlflow", "tracking_uri": uri, "timeout": 20.0}
        done = run_python(
            _CALLS,
            "mlflow_client",
            "MlflowSource",
            environment={**_QUIET, "HOME": str(home), **more},
            cwd=cwd,
            stdin=json.dumps({"settings": settings, "calls": calls}),
        )
        assert done.returncode == 0, done.stderr[-3000:]
        answers: list[Any] = json.loads(done.stdout.splitlines()[-1])["answers"]
        return answers

    return asked


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real MLflow server on loopback; it and its workers end with the tests."""
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(clients_python()), "-m", "mlflow", "server", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--serve-artifacts"]
    command += ["--backend-store-uri", f"sqlite:///{folder / 'server.db'}"]
    command += ["--artifacts-destination", str(folder / "artifacts")]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**base_environment(), **_QUIET, "HOME": str(folder)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/health", process, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the MLflow server did not start: {log.read_text(errors='replace')[-2000:]}")
