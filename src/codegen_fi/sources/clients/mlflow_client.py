"""Read runs of any MLflow store: a folder, a database, a server, an Azure ML workspace."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients import _mlflow_address as addresses
from codegen_fi.sources.clients import _mlflow_files as files
from codegen_fi.sources.clients._mlflow_experiments import named
from codegen_fi.sources.clients._mlflow_models import MODELS, LoggedModels
from codegen_fi.sources.clients._mlflow_runs import PARENT, record
from codegen_fi.sources.clients._mlflow_setup import named_store, need_plugin, package_versions
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.records import (
    Connected,
    DataReference,
    Downloaded,
    JobSpec,
    RunRecord,
    Settings,
    Submitted,
)
from codegen_fi.sources.secrets import public_address

_PACKAGES: Final = ("mlflow", "mlflow-skinny", "azureml-mlflow", "azure-identity")
_PAGE: Final = 500
_UNKNOWN: Final = "RESOURCE_DOES_NOT_EXIST"


class MlflowSource:
    """MLflow, connected to one store.

    Parameters
    ----------
    settings
        ``tracking_uri`` None means that of the environment.
    talk
        Tells of long work.
    credential
        What an Azure ML workspace is opened with; None makes it from the settings.

    Raises
    ------
    ClientError
        ``bad_settings``: no store is named, or the packages can't open one of this kind.
    ImportError
        MLflow isn't installed.
    """

    def __init__(self, settings: Settings, talk: Talk, credential: Any = None) -> None:
        # It is read when the first store is opened.
        os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")
        import mlflow  # pyright: ignore[reportMissingImports] # noqa: F401

        self._settings = settings
        self._talk = talk
        self._credential = credential
        self._uri = addresses.address(named_store(settings))
        self._azure = addresses.scheme(self._uri) == addresses.AZURE
        if self._azure:
            need_plugin()
        self._client: Any = None
        self._experiments: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        self._listed: set[tuple[str, str]] = set()
        self._models = LoggedModels()

    def connect(self) -> Connected:
        """Sign in, and ask the store for a first answer.

        Raises
        ------
        ClientError
            ``bad_settings``: there is no store at a path on this machine.
        """
        self._reading().search_experiments(max_results=1)
        address = public_address(self._uri)
        return Connected(self._where(address), address, package_versions(_PACKAGES))

    def run(self, run_id: str) -> RunRecord:
        """Return what is known of a run."""
        run = self._run(run_id)
        return record(run, self._experiment_name(run.info.experiment_id))

    def children(self, run_id: str) -> list[RunRecord]:
        """Return all child runs of a run, with their metrics."""
        experiment = self._run(run_id).info.experiment_id
        name = self._experiment_name(experiment)
        wanted = f"tags.{PARENT} = '{run_id}'"
        return [record(run, name) for run in self._search(experiment, wanted)]

    def experiment(self, name: str) -> list[RunRecord]:
        """Return all runs of an experiment, newest first, with their metrics."""
        in_folder = addresses.folder_of(self._uri) is not None
        found = named(self._reading(), name, in_folder)
        if found is None:
            raise ClientError("experiment_not_found", f"No experiment is named {name}.")
        return [record(run, name) for run in self._search(found.experiment_id, "")]

    def files(self, run_id: str, folder: str) -> list[str]:
        """Return the whole paths of a run's files below a folder; none is no error.

        In the folder ``models:`` are those that MLflow from 3 on keeps beside the run.
        """
        if folder == MODELS:
            found = list(self._models.listed(self._reading(), self._run(run_id)))
        else:
            found = list(files.list_files(self._root(run_id), folder))
        self._listed.update((run_id, path) for path in found)
        return found

    def fetch(self, run_id: str, path: str, target: Path) -> None:
        """Download one file of a run to `target`."""
        # A missing file and a failed download look the same; the listing tells them apart.
        if (run_id, path) not in self._listed and not self._has(run_id, path):
            raise ClientError("file_not_found", f"Run {run_id} has no file {path}.")
        address = self._models.address(path) or f"{self._root(run_id)}/{path}"
        files.download(address, target, self._talk, path)

    def data(self, reference: DataReference, folder: Path) -> Downloaded:
        """Download a table into an empty folder."""
        from codegen_fi.sources.clients._mlflow_data import download

        self._reading()
        return download(reference, folder, self._root, self._talk)

    def job_yaml(self, job: JobSpec) -> str:
        """Refuse: MLflow has no jobs."""
        raise _no_jobs(job)

    def submit(self, job: JobSpec) -> Submitted:
        """Refuse: MLflow has no jobs."""
        raise _no_jobs(job)

    def publish(
        self,
        tracking_uri: str | None,
        experiment: str,
        files: Mapping[str, Path],
        tags: Mapping[str, str],
        metrics: Mapping[str, float],
        data: Path | None = None,
    ) -> str:
        """Make a finished run that holds files, and return its id.

        A store in a folder is made when there is none.

        Raises
        ------
        ClientError
            ``not_supported``: into a workspace nothing is written; ``bad_settings``: the store is
            another than the one that is connected.
        """
        from codegen_fi.sources.clients._mlflow_store import publish

        if tracking_uri is not None and addresses.address(tracking_uri) != self._uri:
            raise ClientError("bad_settings", f"Connected to {self._uri}, not to {tracking_uri}.")
        if self._azure:
            raise ClientError("not_supported", "Runs are made in MLflow's own stores only.")
        self._use()
        return publish(self._client, experiment, files, tags, metrics, data)

    def _use(self) -> Any:
        """Return the library's client, made at the first use."""
        if self._client is None:
            import mlflow  # pyright: ignore[reportMissingImports]
            from mlflow.tracking import MlflowClient  # pyright: ignore[reportMissingImports]

            if self._azure:
                self._uri = self._signed_in()
            # Files are looked up by the address for the whole process, not by the client's.
            mlflow.set_tracking_uri(self._uri)
            self._client = MlflowClient(tracking_uri=self._uri)
        return self._client

    def _signed_in(self) -> str:
        from codegen_fi.sources.clients import credentials
        from codegen_fi.sources.clients._mlflow_plugin import introduce

        if self._credential is None:
            self._credential = credentials.credential(self._settings, self._talk)
            self._credential.get_token(credentials.SCOPE)
        return introduce(self._uri, self._credential)

    def _reading(self) -> Any:
        addresses.refuse_empty(self._uri)
        return self._use()

    def _run(self, run_id: str) -> Any:
        from mlflow.exceptions import MlflowException  # pyright: ignore[reportMissingImports]

        client = self._reading()
        try:
            run = client.get_run(run_id)
        except MlflowException as error:
            if error.error_code == _UNKNOWN:
                raise ClientError("run_not_found", f"Run {run_id} was not found.") from error
            raise
        self._roots[run_id] = str(run.info.artifact_uri).rstrip("/")
        return run

    def _root(self, run_id: str) -> str:
        if run_id not in self._roots:
            self._run(run_id)
        return self._roots[run_id]

    def _has(self, run_id: str, path: str) -> bool:
        folder = posixpath.dirname(path)
        # At the top of a run the plugin lists nothing, whatever there is.
        if not folder and self._azure:
            return True
        return path in files.list_files(self._root(run_id), folder, deep=False)

    def _experiment_name(self, experiment_id: str) -> str:
        if experiment_id not in self._experiments:
            found = self._client.get_experiment(experiment_id)
            self._experiments[experiment_id] = str(found.name)
        return self._experiments[experiment_id]

    def _search(self, experiment_id: str, wanted: str) -> Iterator[Any]:
        token = None
        while True:
            page = self._client.search_runs(
                [experiment_id],
                wanted,
                max_results=_PAGE,
                order_by=["attributes.start_time DESC"],
                page_token=token,
            )
            yield from page
            token = page.token
            if not token:
                return

    def _where(self, address: str) -> str:
        if not self._azure:
            return f"the MLflow store {address}"
        from codegen_fi.sources.clients._mlflow_plugin import workspace_of

        return f"workspace {workspace_of(self._uri)}"


def _no_jobs(job: JobSpec) -> ClientError:
    return ClientError(
        "not_supported",
        f"MLflow keeps runs and starts none, so {job.name} can't be submitted to it. Submit to an "
        "Azure ML workspace instead: --workspace.",
    )
