"""Runs, their files and their data through azureml-core, the SDK v1."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients import _azureml_core_runs as runs
from codegen_fi.sources.clients._azureml_core_retries import few_retries
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

_NOT_FOUND: Final = 404


class AzuremlCore:
    """An Azure ML workspace, asked with azureml-core.

    Raises
    ------
    ImportError
        azureml-core or azure-identity is not installed.
    ClientError
        ``bad_settings``: the settings name no workspace.
    """

    def __init__(self, settings: Settings, talk: Talk) -> None:
        if settings.workspace is None:
            raise ClientError(
                "bad_settings",
                "SDK v1 needs a workspace: give --workspace, --resource-group and "
                "--subscription-id, or a config.json.",
            )
        # All of it now, so that a missing package is told before anything is asked.
        import azure.identity  # noqa: F401  # pyright: ignore[reportMissingImports]
        import azureml.core.authentication  # pyright: ignore[reportMissingImports]
        import azureml.core.run  # noqa: F401  # pyright: ignore[reportMissingImports]

        self._settings = settings
        self._named = settings.workspace
        self._talk = talk
        self._credential: Any = None
        self._opened: Any = None
        self._found: dict[str, Any] = {}

    def connect(self) -> Connected:
        """Sign in and look the workspace up."""
        workspace = self._workspace
        return Connected(
            where=f"workspace {self._named}",
            tracking_uri=str(workspace.get_mlflow_tracking_uri()).rstrip("?"),
            versions=_versions("azureml-core", "azure-identity"),
        )

    def run(self, run_id: str) -> RunRecord:
        """Return what is known of a run, with its metrics and its data."""
        return runs.described(self._run(run_id))

    def children(self, run_id: str) -> list[RunRecord]:
        """Return all child runs of a run; model runs come with the score they were ranked by."""
        parent = self._run(run_id)
        return runs.listed(parent.get_children(), {run_id: dict(parent.properties)})

    def experiment(self, name: str) -> list[RunRecord]:
        """Return all runs of an experiment, newest first, as `children` does.

        Raises
        ------
        ClientError
            ``experiment_not_found``.
        """
        from azureml.core import Experiment  # pyright: ignore[reportMissingImports]

        # To ask for an experiment by name would create it where there is none.
        found = [item for item in Experiment.list(self._workspace, name) if item.name == name]
        if not found:
            raise ClientError(
                "experiment_not_found", f"There is no experiment {name!r} in {self._named}."
            )
        return runs.listed(found[0].get_runs(include_children=True))

    def files(self, run_id: str, folder: str) -> list[str]:
        """Return the whole paths of a run's files below a folder; none is no error."""
        prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""
        return [path for path in self._run(run_id).get_file_names() if path.startswith(prefix)]

    def fetch(self, run_id: str, path: str, target: Path) -> None:
        """Download one file of a run to `target`.

        Raises
        ------
        ClientError
            ``file_not_found``, or ``incomplete_download`` when no file came.
        """
        from azureml.exceptions import UserErrorException  # pyright: ignore[reportMissingImports]

        target.parent.mkdir(parents=True, exist_ok=True)
        run = self._run(run_id)
        try:
            with few_retries():
                run.download_file(path, output_file_path=str(target))
        except UserErrorException as error:
            if "was not found" not in runs.text_of(error):
                raise
            raise ClientError("file_not_found", f"Run {run_id} has no file {path}.") from None
        if not target.is_file():
            raise ClientError("incomplete_download", f"No file came for {path} of run {run_id}.")

    def data(self, reference: DataReference, folder: Path) -> Downloaded:
        """Download a registered dataset, or a path of a datastore, into an empty folder."""
        from codegen_fi.sources.clients import _azureml_core_data

        workspace = self._workspace
        return _azureml_core_data.download(
            workspace, self._credential, reference, folder, self._talk
        )

    def job_yaml(self, job: JobSpec) -> str:
        """Refuse: a job needs SDK v2."""
        raise _needs_v2(job)

    def submit(self, job: JobSpec) -> Submitted:
        """Refuse: a job needs SDK v2."""
        raise _needs_v2(job)

    @property
    def _workspace(self) -> Any:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> Any:
        from azureml.core import Workspace  # pyright: ignore[reportMissingImports]
        from azureml.core.authentication import (  # pyright: ignore[reportMissingImports]
            TokenAuthentication,
        )

        from codegen_fi.sources.clients.credentials import credential

        self._credential = signed_in = credential(self._settings, self._talk)

        def token(audience: Any) -> str:
            scope = str(getattr(audience, "value", audience)).rstrip("/") + "/.default"
            return str(signed_in.get_token(scope).token)

        # The client retries a refused sign-in and words it as its own; this fails at once.
        token("https://management.azure.com")
        return Workspace(
            self._named.subscription_id,
            self._named.resource_group,
            self._named.workspace_name,
            auth=TokenAuthentication(get_token_for_audience=token),
        )

    def _run(self, run_id: str) -> Any:
        """Return a run; each is looked up once, which takes several requests."""
        if run_id not in self._found:
            self._found[run_id] = self._look_up(run_id)
        return self._found[run_id]

    def _look_up(self, run_id: str) -> Any:
        from azureml._restclient.exceptions import (  # pyright: ignore[reportMissingImports]
            ServiceException,
        )
        from azureml.core import Run  # pyright: ignore[reportMissingImports]

        try:
            return Run.get(self._workspace, run_id)
        except ServiceException as error:
            if error.status_code != _NOT_FOUND:
                raise
            raise ClientError("run_not_found", f"The run history has no run {run_id}.") from None


def _versions(*packages: str) -> dict[str, str]:
    from importlib.metadata import version

    return {package: version(package) for package in packages}


def _needs_v2(job: JobSpec) -> ClientError:
    return ClientError(
        "not_supported", f"SDK v1 can't submit the job {job.name}. Use --sdk v2 for that."
    )
