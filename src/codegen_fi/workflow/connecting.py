"""From what a user says of a service to the settings of a client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from codegen_fi.errors import UsageError

if TYPE_CHECKING:
    from codegen_fi.sources import Address, Credential, Remote, Settings, Workspace
    from codegen_fi.workflow.records import Steps

Sdk = Literal["v2", "v1"]
_CLIENTS: Final[Mapping[Sdk, Literal["azure-ai-ml", "azureml-core"]]] = {
    "v2": "azure-ai-ml",
    "v1": "azureml-core",
}
_SDKS: Final[Mapping[str, Sdk]] = {client: sdk for sdk, client in _CLIENTS.items()}
TRACKING_VARIABLE: Final = "MLFLOW_TRACKING_URI"


@dataclass(frozen=True)
class Connection:
    """What a user says of the service a run is in; None leaves it to be found.

    Attributes
    ----------
    sdk
        ``v2``: azure-ai-ml; ``v1``: azureml-core.
    tracking_uri
        MLflow's address.
    workspace
        Name of the workspace, or its whole resource id.
    config
        ``config.json`` of the workspace, or the folder to search from.
    timeout
        Longest wait for an answer, in seconds.
    """

    sdk: Sdk | None = None
    tracking_uri: str | None = None
    subscription_id: str | None = None
    resource_group: str | None = None
    workspace: str | None = None
    config: Path | None = None
    credential: Credential = "default"
    tenant: str | None = None
    timeout: float = 60.0


def settings_for(address: Address, connection: Connection) -> Settings:
    """Return how to reach the service of a run.

    Raises
    ------
    UsageError
        It can't be told which workspace or which store.
    """
    from codegen_fi.sources import Settings

    shared: dict[str, Any] = {
        "credential": connection.credential,
        "tenant": connection.tenant or address.tenant,
        "timeout": connection.timeout,
    }
    if address.kind == "mlflow":
        return Settings("mlflow", _tracking_uri(connection), **shared)
    if connection.tracking_uri is not None:
        raise UsageError(
            f"--tracking-uri goes with mlflow:<run id>, not with {address}. "
            f"Give mlflow:{address.run_id}, or leave the option out."
        )
    workspace = _workspace(connection, address.workspace)
    return Settings(_CLIENTS[connection.sdk or "v2"], workspace=workspace, **shared)


def settings_again(origin: Mapping[str, Any], connection: Connection) -> Settings:
    """Return how to reach the service again that the script of a folder came from.

    Raises
    ------
    UsageError
        The folder's script didn't come from a run.
    """
    from codegen_fi.sources import Address, Workspace

    kind, run_id = origin.get("kind"), origin.get("run_id")
    if kind not in ("mlflow", "azureml") or not run_id:
        raise UsageError(
            "--data auto needs a script that came from a run, and this one came from a file. "
            "Give the table with --data FILE, or the run: codegen-fi run azureml:<run id>"
        )
    if kind == "mlflow":
        uri = connection.tracking_uri or origin.get("tracking_uri")
        address = Address("mlflow", str(run_id))
        return settings_for(address, replace(connection, tracking_uri=uri))
    known = origin.get("workspace")
    try:
        workspace = Workspace(**known) if known else None
    except TypeError as error:
        raise UsageError(
            f"What is kept of the run's workspace is damaged ({error}). Name it with --workspace."
        ) from error
    address = Address("azureml", str(run_id), workspace=workspace)
    sdk = connection.sdk or _SDKS.get(str(origin.get("client")))
    return settings_for(address, replace(connection, sdk=sdk))


def opened(settings: Settings, steps: Steps) -> Remote:
    """Return a client that isn't started yet, whose talk goes to `steps`."""
    from codegen_fi.sources import Remote, RemoteEvents

    return Remote(settings, RemoteEvents(progress=steps.download, say=steps.tell))


def _tracking_uri(connection: Connection) -> str:
    uri = connection.tracking_uri or os.environ.get(TRACKING_VARIABLE)
    if not uri:
        raise UsageError(
            "It is not said which MLflow store the run is in. Give --tracking-uri (a folder, "
            f"sqlite:///FILE, http://HOST or azureml://...), or set {TRACKING_VARIABLE}."
        )
    return uri


def _workspace(connection: Connection, named: Workspace | None) -> Workspace:
    from codegen_fi.sources import find_workspace

    given = (connection.subscription_id, connection.resource_group, connection.workspace)
    if named is not None and not any(given) and connection.config is None:
        return named
    return find_workspace(*given, config=connection.config)
