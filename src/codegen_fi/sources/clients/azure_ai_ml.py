"""Read runs of an Azure ML workspace with SDK v2.

Jobs and their properties come from azure-ai-ml; files and metrics come through MLflow, which
needs no rights on the storage.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients import credentials
from codegen_fi.sources.clients._azure_job_record import record
from codegen_fi.sources.clients._azure_run_files import RunFiles
from codegen_fi.sources.clients._mlflow_setup import package_versions
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.clients.mlflow_client import MlflowSource
from codegen_fi.sources.records import (
    Connected,
    DataReference,
    Downloaded,
    JobSpec,
    RunRecord,
    Settings,
    Submitted,
    Workspace,
)

_PACKAGES: Final = ("azure-ai-ml", "azure-identity", "azureml-mlflow", "mlflow", "mlflow-skinny")
_RETRIES: Final = 2
_SHORTEST: Final = 2.0
_PAGE: Final = 500
_AT_ONCE: Final = 8
_NEEDS_PLUGIN: Final = (
    "The children of a run can only be listed in full with Azure's plugin of MLflow, which is not "
    'installed. Install it with: pip install "codegen-fi[azure]"'
)


class AzureAiMl:
    """SDK v2, connected to one workspace.

    Parameters
    ----------
    settings
        The workspace, and how to sign in.
    talk
        Tells of long work.

    Raises
    ------
    ImportError
        azure-ai-ml or azure-identity isn't installed.
    """

    def __init__(self, settings: Settings, talk: Talk) -> None:
        import azure.ai.ml  # pyright: ignore[reportMissingImports]
        import azure.identity  # pyright: ignore[reportMissingImports] # noqa: F401

        self._settings = settings
        self._talk = talk
        self._ml: Any = None
        self._credential: Any = None
        self._mlflow: MlflowSource | None = None
        self._blobs: RunFiles | None = None

    @property
    def _workspace(self) -> Workspace:
        # Describing a job needs none.
        if self._settings.workspace is None:
            raise ClientError("bad_settings", "No workspace is named. Give --workspace.")
        return self._settings.workspace

    def connect(self) -> Connected:
        """Sign in, look the workspace up, and open it with MLflow, too, if that is installed."""
        workspace = self._workspace
        self._credential = credentials.credential(self._settings, self._talk)
        self._credential.get_token(credentials.SCOPE)
        self._ml = self._client()
        found = self._ml.workspaces.get(workspace.workspace_name)
        address = str(found.mlflow_tracking_uri or "").partition("?")[0] or None
        if address is not None and _plugin_installed():
            settings = replace(self._settings, tracking_uri=address)
            self._mlflow = MlflowSource(settings, self._talk, self._credential)
        self._blobs = RunFiles(self._ml, self._credential, self._talk)
        where = f"workspace {workspace}"
        return Connected(where, address, package_versions(_PACKAGES))

    def run(self, run_id: str) -> RunRecord:
        """Return what is known of a run; one that only MLflow knows has no properties."""
        job = self._job(run_id)
        if self._mlflow is None:
            if job is None:
                raise ClientError("run_not_found", f"Run {run_id} was not found.")
            return job
        view = self._mlflow.run(run_id)
        return view if job is None else _with_view(job, view)

    def children(self, run_id: str) -> list[RunRecord]:
        """Return all child runs of a run, with their metrics.

        Raises
        ------
        ClientError
            ``not_supported``: the MLflow plugin isn't installed; without it only the first page of
            children can be had, and nothing tells that there are more.
        """
        if self._mlflow is None:
            raise ClientError("not_supported", _NEEDS_PLUGIN)
        views = self._mlflow.children(run_id)
        jobs = self._first_children(run_id) if views else {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            rest = [view.run_id for view in views if view.run_id not in jobs]
            jobs.update(zip(rest, pool.map(self._job, rest), strict=True))
        found = ((view, jobs[view.run_id]) for view in views)
        return [view if job is None else _with_view(job, view) for view, job in found]

    def experiment(self, name: str) -> list[RunRecord]:
        """Return all runs of an experiment, newest first, with their metrics."""
        if self._mlflow is not None:
            return self._mlflow.experiment(name)
        found = list(self._jobs_of(name))
        if not found:
            raise ClientError("experiment_not_found", f"No job is in an experiment named {name}.")
        return sorted(found, key=lambda job: job.started or "", reverse=True)

    def files(self, run_id: str, folder: str) -> list[str]:
        """Return the whole paths of a run's files below a folder; none is no error."""
        if self._mlflow is not None:
            return self._mlflow.files(run_id, folder)
        return self._stored().listed(run_id, folder)

    def fetch(self, run_id: str, path: str, target: Path) -> None:
        """Download one file of a run to `target`."""
        if self._mlflow is not None:
            self._mlflow.fetch(run_id, path, target)
        else:
            self._stored().fetch(run_id, path, target)

    def data(self, reference: DataReference, folder: Path) -> Downloaded:
        """Download a table into an empty folder."""
        from codegen_fi.sources.clients.azure_data import download

        return download(self._ml, self._credential, reference, folder, self._talk)

    def job_yaml(self, job: JobSpec) -> str:
        """Return a job as the YAML that Azure ML's command line takes; nothing is sent."""
        from codegen_fi.sources.clients.azure_jobs import job_yaml

        return job_yaml(job)

    def submit(self, job: JobSpec) -> Submitted:
        """Hand a job to the service."""
        from codegen_fi.sources.clients.azure_jobs import submit

        return submit(self._ml, job, self._talk)

    def _client(self) -> Any:
        from azure.ai.ml import MLClient  # pyright: ignore[reportMissingImports]

        # All tries together end before the tool's own limit, so that the error is the service's.
        wait = max(_SHORTEST, self._settings.timeout / (_RETRIES + 1) - 1)
        return MLClient(
            self._credential,
            self._workspace.subscription_id,
            self._workspace.resource_group,
            self._workspace.workspace_name,
            enable_telemetry=False,
            show_progress=False,
            retry_total=_RETRIES,
            retry_backoff_factor=0.3,
            read_timeout=wait,
            connection_timeout=min(wait, 10.0),
        )

    def _job(self, run_id: str) -> RunRecord | None:
        """Return a run as the management service tells of it.

        None when that has no such job, or one of a kind this version of the library can't read.
        """
        from azure.ai.ml.exceptions import (  # pyright: ignore[reportMissingImports]
            JobParsingError,
        )
        from azure.core.exceptions import (  # pyright: ignore[reportMissingImports]
            ResourceNotFoundError,
        )

        try:
            return record(self._ml.jobs.get(run_id))
        except (ResourceNotFoundError, JobParsingError):
            return None

    def _first_children(self, run_id: str) -> dict[str, RunRecord | None]:
        """Return the first children of a run in one request; the library asks for no more."""
        from azure.core.exceptions import (  # pyright: ignore[reportMissingImports]
            ResourceNotFoundError,
        )

        try:
            listed = list(self._ml.jobs.list(parent_job_name=run_id, max_results=_PAGE))
        except ResourceNotFoundError:
            return {}
        return {str(job.name): record(job) for job in listed if job is not None}

    def _jobs_of(self, experiment: str) -> Iterator[RunRecord]:
        for job in self._ml.jobs.list():
            if job is not None and getattr(job, "experiment_name", None) == experiment:
                yield record(job)

    def _stored(self) -> RunFiles:
        if self._blobs is None:
            raise ClientError("bad_settings", "Not connected.")
        return self._blobs


def _with_view(job: RunRecord, view: RunRecord) -> RunRecord:
    """Return a job with what only MLflow tells of it."""
    return replace(
        job,
        parent_id=view.parent_id,
        experiment=job.experiment or view.experiment,
        started=view.started or job.started,
        tags={**view.tags, **job.tags},
        metrics=view.metrics,
    )


def _plugin_installed() -> bool:
    try:
        return importlib.util.find_spec("azureml.mlflow") is not None
    except ModuleNotFoundError:
        return False
