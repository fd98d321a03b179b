"""Nothing that opens a door is ever written or said: no token, signature, key or password."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk import Desk
from loopback import Automl, Service

pytestmark = pytest.mark.corpus

_CLIENTS = ("azure-ai-ml", "azureml-core", "mlflow")
_QUICK = ("--no-plot", "--repeats", "2", "--importance", "permutation")
# A refusal by each part of the service, for each its own way to a message.
_FAULTS = ("unauthorized", "blob-403", "bad-secret")
_CASE = "reg_dt_robust"


@dataclass(frozen=True)
class Searched:
    """Commands that worked and commands that failed, all given from one desk."""

    desk: Desk
    service: Service
    automl: Automl
    client: str

    def where(self) -> list[str]:
        run = self.automl.parent.run_id
        if self.client == "mlflow":
            return [f"mlflow:{run}", "--tracking-uri", self.service.workspace.tracking_uri]
        sdk = "v1" if self.client == "azureml-core" else "v2"
        return [f"azureml:{run}", "--sdk", sdk]


def _found(secrets: Iterable[str], desk: Desk) -> list[str]:
    """Return where any of the secrets is, without saying it."""
    secrets = [secret.encode() for secret in secrets]
    texts = {f"output {n}": text.encode() for n, text in enumerate(desk.said)}
    texts |= {str(path.relative_to(desk.root)): path.read_bytes() for path in desk.files()}
    return [where for where, text in texts.items() if any(s in text for s in secrets)]


def _all_the_ways(asked: Searched, case: Path) -> None:
    desk, where = asked.desk, asked.where()
    data = case / "train.csv" if asked.client == "mlflow" else "auto"
    desk.good("run", *where, "--data", data, "--out", "model", *_QUICK)
    desk.good("fetch", *where, "--out", "fetched")
    desk.good("runs", *where, "--format", "json")
    for fault in _FAULTS:
        asked.service.fail(fault)
        done = desk.tool("fetch", *where, "--out", "failed", "--timeout", "8")
        assert done.returncode == 4, done.stderr
        asked.service.heal()
    if asked.client != "mlflow":
        asked.service.fail("blob-403", path="train.csv")
        desk.variables["CODEGEN_FI_CACHE"] = str(desk.root / "other-cache")
        done = desk.tool("run", *where, "--data", "auto", "--out", "failed", "--timeout", "8")
        assert done.returncode == 4, done.stderr


@pytest.fixture(scope="module", params=_CLIENTS)
def asked(
    request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searched]:
    with Service() as service:
        automl = service.add_automl(corpus / _CASE)
        service.state.datastores["workspaceblobstore"].credentials = "AccountKey"
        desk = Desk(tmp_path_factory.mktemp("secrets") / "desk", service)
        asked = Searched(desk, service, automl, request.param)
        _all_the_ways(asked, corpus / _CASE)
        yield asked


def test_no_secret_is_written_or_said(asked: Searched) -> None:
    assert _found(asked.service.secrets, asked.desk) == []
    kept = {path.name for path in asked.desk.files()}
    assert {"run.log", "codegen-fi.json", "codegen-fi-run.json", "model.pkl"} <= kept


def test_there_were_secrets_and_the_search_finds_them(asked: Searched) -> None:
    tokens = [secret for secret in asked.service.secrets if secret.startswith("eyJ")]
    assert tokens
    # A token and its tail, the client secret and the account key leave signatures over.
    assert len(asked.service.secrets) > 2 * len(tokens) + 2
    for secret in asked.service.secrets:
        planted = asked.desk.root / "planted.bin"
        planted.write_bytes(b"\x00" + secret.encode() + b"\xff")
        assert _found(asked.service.secrets, asked.desk) == ["planted.bin"]
        planted.unlink()


def test_what_failed_left_nothing_behind(asked: Searched) -> None:
    assert not (asked.desk.here / "failed").exists()
    assert list(asked.desk.temp.iterdir()) == []
    other = asked.desk.root / "other-cache"
    assert [path for path in other.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("sdk", ["v1", "v2"])
def test_the_signature_of_a_table_stays_where_it_is(corpus: Path, tmp_path: Path, sdk: str) -> None:
    with Service() as service:
        automl = service.add_automl(corpus / _CASE)
        automl.parent.input_datasets.clear()
        for child in automl.children:
            child.input_datasets.clear()
        state = service.state
        state.put_files("workspaceblobstore", "signed", [("t.csv", b"colour,ripe\nred,1\n")])
        container = state.datastores["workspaceblobstore"].container
        uri = f"https://{service.workspace.blob}/{container}/signed/t.csv?{state.tokens.sas()}"
        table = {"Type": "MLTable", "TrainData": {"Uri": uri, "ResolvedUri": uri}}
        automl.parent.properties["mltable_data_json"] = json.dumps(table)
        desk = Desk(tmp_path / "desk", service)
        where = (f"azureml:{automl.parent.run_id}", "--sdk", sdk)
        desk.good("fetch", *where, "--out", "fetched")
        desk.tool("run", *where, "--data", "auto", "--out", "model", "--timeout", "8")
        assert "signed/t.csv" in (desk.here / "fetched" / "codegen-fi-run.json").read_text()
        assert _found(service.secrets, desk) == []


def test_the_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = "a-token-of-the-tracking-server"
    desk = Desk(tmp_path / "desk", variables={"MLFLOW_TRACKING_TOKEN": token})
    uri = f"http://person:open-sesame@127.0.0.1:{port}/store?key=hidden-key"
    done = desk.tool("fetch", "mlflow:abc", "--out", "x", "--tracking-uri", uri, "--timeout", "8")
    assert done.returncode == 4, done.stderr
    assert f"127.0.0.1:{port}" in done.stderr
    assert _found(["open-sesame", token, "hidden-key", "person"], desk) == []
