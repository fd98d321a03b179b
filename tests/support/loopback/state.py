"""What the loopback workspace holds, kept in plain records that routes and tests both use."""

import posixpath
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from loopback.place import Place
from loopback.tokens import Tokens

ARTIFACTS = "azureml"
_START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Run:
    """One run, in the terms of the run history."""

    run_id: str
    number: int
    experiment: str
    created: datetime
    parent: str | None = None
    status: str = "Completed"
    run_type: str = "automl"
    tags: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    metrics: dict[str, float | Sequence[float] | str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    input_datasets: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None


@dataclass(slots=True)
class Datastore:
    """A place in blob storage that the workspace knows by name."""

    name: str
    container: str
    is_default: bool = False
    credentials: str = "Sas"


@dataclass(slots=True)
class Dataset:
    """A registered dataset of SDK v1; its files lie in a datastore."""

    dataset_id: str
    name: str
    version: int
    datastore: str
    paths: list[str]
    kind: str = "tabular"


@dataclass(slots=True)
class DataAsset:
    """A data asset of SDK v2."""

    name: str
    version: str
    kind: str
    uri: str


def input_dataset(name: str, dataset_id: str) -> dict[str, Any]:
    """Return an input dataset as the run history keeps it, before a client rewrites it."""
    return {
        "identifier": {"savedId": dataset_id, "registeredId": None, "registeredVersion": None},
        "consumptionType": "RunInput",
        "inputDetails": {"inputName": name, "mechanism": "Direct", "pathOnCompute": None},
    }


@dataclass(slots=True)
class State:
    """All that can be asked for; `page_size` cuts every listing."""

    place: Place
    tokens: Tokens
    runs: dict[str, Run] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    listed_only: dict[str, list[str]] = field(default_factory=dict)
    datastores: dict[str, Datastore] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    data_assets: dict[tuple[str, str], DataAsset] = field(default_factory=dict)
    jobs: list[dict[str, Any]] = field(default_factory=list)
    managed_identity: bool = False
    page_size: int = 500

    def __post_init__(self) -> None:
        store = f"azureml-blobstore-{self.place.workspace_id}"
        for item in (
            Datastore("workspaceartifactstore", ARTIFACTS),
            Datastore("workspaceblobstore", store, is_default=True),
        ):
            self.datastores[item.name] = item

    def add_run(
        self, run_id: str, files: Mapping[str, bytes], *, experiment: str = "exp1", **facts: Any
    ) -> Run:
        """Add a run and its artifacts; later runs are newer unless `created` says otherwise."""
        number = len(self.runs) + 1
        facts.setdefault("created", _START + timedelta(minutes=number))
        run = Run(run_id, number, experiment, **facts)
        self.runs[run_id] = run
        for path, content in files.items():
            key = self.artifact_key(run_id, path)
            self.blobs[key] = content
            # Clients shorten ".." in an address before they ask for it.
            self.blobs.setdefault(posixpath.normpath(key), content)
        return run

    def experiment_id(self, name: str) -> str:
        """Return the id that belongs to an experiment's name."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, name))

    def experiment_name(self, name_or_id: str) -> str | None:
        """Return the name of the experiment that a name or an id means."""
        names = {run.experiment for run in self.runs.values()}
        return next((n for n in names if name_or_id in {n, self.experiment_id(n)}), None)

    def artifact_key(self, run_id: str, path: str) -> str:
        """Return where blob storage keeps an artifact."""
        return f"{ARTIFACTS}/ExperimentRun/dcid.{run_id}/{path}"

    def artifacts(self, run_id: str) -> list[str]:
        """Return the paths of a run's artifacts, with those that are listed but do not exist."""
        prefix = self.artifact_key(run_id, "")
        stored = (key.removeprefix(prefix) for key in self.blobs if key.startswith(prefix))
        return sorted([*stored, *self.listed_only.get(run_id, ())])

    def put_files(self, datastore: str, folder: str, files: Iterable[tuple[str, bytes]]) -> None:
        """Put files into a datastore."""
        container = self.datastores[datastore].container
        for name, content in files:
            self.blobs[f"{container}/{folder}/{name}"] = content
