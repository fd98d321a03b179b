"""Each way to sign in, with the real azure-identity against the loopback service."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clients import run_python
from loopback import Service

_PROBE = """
import json, sys, time
from codegen_fi.sources.clients.credentials import SCOPE, credential
from codegen_fi.sources.clients.interface import Talk
from codegen_fi.sources.records import Settings

said, answers = [], []
for kind, tenant in json.load(sys.stdin):
    begun = time.monotonic()
    try:
        settings = Settings("mlflow", credential=kind, tenant=tenant, timeout=20.0)
        made = credential(settings, Talk(say=said.append))
        tokens = {made.get_token(SCOPE).token for _ in range(3)}
        answers.append({"tokens": len(tokens), "expires": made.get_token(SCOPE).expires_on})
    except Exception as error:
        kind = getattr(error, "kind", type(error).__name__)
        answers.append({"error": kind, "message": str(error)})
    answers[-1]["seconds"] = time.monotonic() - begun
print("\\n" + json.dumps({"answers": answers, "said": said}))
"""
_AZ = """#!/bin/sh
printf '%s\\n' "$*" >> "$0.log"
cat "$0.json"
"""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        yield service


def _sign_in(
    service: Service, folder: Path, *ways: tuple[str, str | None], **more: str | None
) -> tuple[list[Any], list[str]]:
    environment = {**service.environment(folder / "home"), **more}
    done = run_python(
        "-c",
        _PROBE,
        environment={name: value for name, value in environment.items() if value is not None},
        cwd=folder,
        stdin=json.dumps(ways),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shown = done.stdout + done.stderr
    assert not [secret for secret in service.secrets if secret in shown]
    read = json.loads(done.stdout.splitlines()[-1])
    return read["answers"], read["said"]


def _nobody() -> dict[str, str | None]:
    return dict.fromkeys(("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"))


def _token_requests(service: Service) -> int:
    return [request.path.endswith("/token") for request in service.log].count(True)


@pytest.mark.parametrize("kind", ["service-principal", "default"])
def test_a_service_principal_signs_in_once(service: Service, tmp_path: Path, kind: str) -> None:
    ((answer,), _) = _sign_in(service, tmp_path, (kind, None))
    assert answer["tokens"] == 1
    assert answer["expires"] > time.time()
    assert _token_requests(service) == 1


def test_the_tenant_that_is_asked_for_is_signed_in_to(service: Service, tmp_path: Path) -> None:
    other = "00000000-0000-4000-8000-0000000000cc"
    ((answer,), _) = _sign_in(service, tmp_path, ("service-principal", other))
    assert answer["tokens"] == 1
    assert f"/{other}/v2.0/.well-known/openid-configuration" in {r.path for r in service.log}


def test_missing_variables_are_named(service: Service, tmp_path: Path) -> None:
    ((answer,), _) = _sign_in(
        service,
        tmp_path,
        ("service-principal", None),
        AZURE_CLIENT_ID=None,
        AZURE_CLIENT_SECRET=None,
    )
    assert answer["error"] == "bad_settings"
    assert "AZURE_CLIENT_ID, AZURE_CLIENT_SECRET" in answer["message"]
    assert "AZURE_TENANT_ID" not in answer["message"]
    assert service.log == []


def test_a_refused_secret_is_a_failed_sign_in(service: Service, tmp_path: Path) -> None:
    ways = (("service-principal", None), ("default", None))
    (answers, _) = _sign_in(service, tmp_path, *ways, AZURE_CLIENT_SECRET="not-it")
    assert [answer["error"] for answer in answers] == ["sign_in", "sign_in"]
    assert "  --credential service-principal: " in answers[0]["message"]
    assert "  Environment: " in answers[1]["message"]
    assert all("AADSTS7000215" in answer["message"] for answer in answers)


def test_what_was_tried_is_listed_line_by_line(service: Service, tmp_path: Path) -> None:
    ways = (("default", None), ("cli", None), ("managed-identity", None))
    ((default, cli, identity), _) = _sign_in(
        service, tmp_path, *ways, **{**_nobody(), "PATH": str(tmp_path)}
    )
    assert {default["error"], cli["error"], identity["error"]} == {"sign_in"}
    lines = default["message"].splitlines()
    assert lines[0] == "Tried:"
    tried = [line.strip().partition(":")[0] for line in lines[1:]]
    assert {"Environment", "ManagedIdentity", "AzureCli"} <= set(tried)
    assert all(len(line) < 200 and "http" not in line for line in lines)
    assert cli["message"] == "Tried:\n  --credential cli: Azure CLI not found on path"
    assert identity["message"].startswith("Tried:\n  --credential managed-identity: ")


def test_a_network_that_fails_is_no_failed_sign_in(service: Service, tmp_path: Path) -> None:
    refused = "http://127.0.0.1:9"
    more = {"HTTPS_PROXY": refused, "https_proxy": refused}
    ways = (("service-principal", None), ("default", None))
    (answers, _) = _sign_in(service, tmp_path, *ways, **more)
    assert {answer["error"] for answer in answers} == {"ClientAuthenticationError"}
    assert all("connect to proxy" in answer["message"] for answer in answers)
    assert max(answer["seconds"] for answer in answers) < 15


def test_the_azure_command_line_is_asked_once(service: Service, tmp_path: Path) -> None:
    az = tmp_path / "bin" / "az"
    az.parent.mkdir()
    az.write_text(_AZ)
    az.chmod(0o755)
    token = {
        "accessToken": service.tokens.access_token(),
        "expires_on": int(time.time()) + 3600,
        "expiresOn": "2030-01-01 00:00:00.000000",
        "tokenType": "Bearer",
    }
    Path(f"{az}.json").write_text(json.dumps(token))
    path = f"{az.parent}{os.pathsep}{os.environ['PATH']}"
    more = {**_nobody(), "PATH": path}
    ((answer,), _) = _sign_in(service, tmp_path, ("cli", "tenant-one"), **more)
    assert "error" not in answer, answer
    assert answer["tokens"] == 1
    (asked,) = Path(f"{az}.log").read_text().splitlines()
    assert "account get-access-token" in asked
    assert "--tenant tenant-one" in asked
    assert service.log == []


def test_a_device_code_is_told_to_the_person(service: Service, tmp_path: Path) -> None:
    tenant = service.workspace.tenant
    ((answer,), said) = _sign_in(service, tmp_path, ("device-code", tenant), **_nobody())
    assert "error" not in answer, answer
    assert answer["tokens"] == 1
    (line,) = said
    assert "https://microsoft.com/devicelogin" in line
    assert "LOOPBACK1" in line


def test_a_machine_with_an_identity_signs_in(service: Service, tmp_path: Path) -> None:
    service.state.managed_identity = True
    ((answer,), _) = _sign_in(service, tmp_path, ("managed-identity", None), **_nobody())
    assert "error" not in answer, answer
    assert answer["tokens"] == 1
