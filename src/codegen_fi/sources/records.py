"""What is known of runs, data and jobs, in the same words for every client.

These records cross the pipe between the tool and the process that holds a client, so they hold
plain values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

ClientName: TypeAlias = Literal["mlflow", "azure-ai-ml", "azureml-core"]
Credential: TypeAlias = Literal[
    "default", "cli", "service-principal", "managed-identity", "device-code", "interactive"
]


@dataclass(frozen=True, slots=True)
class Workspace:
    """An Azure ML workspace, by the three names of its ``config.json``."""

    subscription_id: str
    resource_group: str
    workspace_name: str

    def __str__(self) -> str:
        return f"{self.workspace_name} (resource group {self.resource_group})"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a client reaches its service.

    Attributes
    ----------
    client
        The library that talks to the service.
    tracking_uri
        MLflow's address; None with a workspace.
    workspace
        The Azure ML workspace; None with a tracking URI that names none.
    credential
        How to sign in to Azure.
    tenant
        Azure tenant to sign in to; None leaves it to the credential.
    timeout
        Longest wait for an answer, in seconds.
    """

    client: ClientName
    tracking_uri: str | None = None
    workspace: Workspace | None = None
    credential: Credential = "default"
    tenant: str | None = None
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class DataReference:
    """A table a run was trained on.

    Attributes
    ----------
    role
        What its rows are for.
    kind
        ``id``: a registered dataset of SDK v1; ``uri``: an MLTable or data asset.
    value
        The id, or the uri.
    name
        What the workspace calls it; None when the run doesn't say.
    """

    role: Literal["training", "validation", "test"]
    kind: Literal["id", "uri"]
    value: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as its service describes it.

    Attributes
    ----------
    metrics
        The last value of each metric that is a number.
    data
        The tables it was trained on, as far as the service says.
    task, label, primary_metric
        From the job's own description; None where the service has none. Facts in `properties`
        are read from there by `facts`, not here.
    environment
        ``name:version`` of the environment it ran in.
    started
        Start time, ISO 8601 in UTC.
    """

    run_id: str
    parent_id: str | None = None
    experiment: str | None = None
    status: str | None = None
    started: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    data: tuple[DataReference, ...] = ()
    task: str | None = None
    label: str | None = None
    primary_metric: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    """What was found when a client signed in.

    Attributes
    ----------
    where
        The workspace or store in words.
    tracking_uri
        MLflow's address of the same place, without anything secret.
    versions
        Versions of the packages that talk to it.
    """

    where: str
    tracking_uri: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """Files of a table, as they came.

    Attributes
    ----------
    name, version
        What the workspace calls the table.
    files
        Paths relative to the folder they were downloaded to, sorted.
    table
        The one of them, or the folder (``.``), that holds the table.
    """

    name: str
    version: str | None
    files: tuple[str, ...]
    table: str = "."


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A training to hand to Azure ML.

    Attributes
    ----------
    folder
        The rewritten folder, absolute.
    command
        Command line to run in it, with ``${{inputs.<name>}}`` for the data.
    compute
        Name of an existing compute cluster or instance.
    inputs
        Uri of each input by name.
    environment
        ``name:version`` of a registered environment; None builds one from `requirements`.
    requirements
        Lines of ``requirements.txt``.
    """

    folder: str
    command: str
    compute: str
    name: str
    experiment: str
    inputs: Mapping[str, DataReference] = field(default_factory=dict)
    environment: str | None = None
    requirements: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A job the service has taken."""

    name: str
    status: str
    studio_url: str | None = None


def plain(record: Any) -> dict[str, Any]:
    """Return a record as JSON can hold it."""
    return asdict(record)


def settings_from(values: Mapping[str, Any]) -> Settings:
    """Return settings that crossed the pipe."""
    workspace = values.get("workspace")
    return Settings(**{**values, "workspace": Workspace(**workspace) if workspace else None})


def run_from(values: Mapping[str, Any]) -> RunRecord:
    """Return a run that crossed the pipe."""
    data = tuple(DataReference(**item) for item in values.get("data", ()))
    return RunRecord(**{**values, "data": data})


def job_from(values: Mapping[str, Any]) -> JobSpec:
    """Return a job that crossed the pipe."""
    inputs = {name: DataReference(**item) for name, item in values.get("inputs", {}).items()}
    lines = tuple(values.get("requirements", ()))
    return JobSpec(**{**values, "inputs": inputs, "requirements": lines})
