"""Download a dataset registered with SDK v1 through SDK v2.

azure-ai-ml has no way to a dataset by its id, which is all an older run says; the service of the
workspace answers for it all the same, with the same sign-in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from codegen_fi.sources.clients._azure_data_stores import Stores
from codegen_fi.sources.clients._azureml_core_data import DatasetFiles, not_here
from codegen_fi.sources.clients._azureml_core_dataflow import UnknownStepError, definition
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.records import DataReference, Downloaded

_SCOPE: Final = "https://management.azure.com/.default"
_NOT_FOUND: Final = 404
# Seconds, and tries after the first: the tool has a limit of its own on every wait.
_PATIENCE: Final = {"connection_timeout": 20, "read_timeout": 30}
_RETRIES: Final = 2


def download_registered(
    ml: Any, credential: Any, reference: DataReference, folder: Path, talk: Talk
) -> Downloaded:
    """Download a registered dataset by its id, with an MLTable that says how to read it.

    Raises
    ------
    ClientError
        ``data_not_found``: the workspace has no such dataset.
        ``not_supported``: its definition asks for more than reading files.
    """
    text = _saved(ml, credential, reference.value).get("dataflowJson")
    name = reference.name or reference.value
    try:
        found = definition(str(text or ""))
        table = DatasetFiles(Stores(ml, credential), folder, talk, name).registered(found)
    except UnknownStepError as problem:
        raise not_here(name, reference.value, str(problem)) from None
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return Downloaded(name, None, tuple(files), table)


def _saved(ml: Any, credential: Any, dataset_id: str) -> dict[str, Any]:
    from azure.core import PipelineClient  # pyright: ignore[reportMissingImports]
    from azure.core.pipeline.policies import (  # pyright: ignore[reportMissingImports]
        BearerTokenCredentialPolicy,
        RetryPolicy,
    )
    from azure.core.rest import HttpRequest  # pyright: ignore[reportMissingImports]

    workspace = ml.workspaces.get(ml.workspace_name)
    host = urlsplit(str(workspace.discovery_url)).netloc
    path = f"/dataset/v1.0{workspace.id}/saveddatasets/{quote(dataset_id, safe='')}"
    policies = [
        RetryPolicy(retry_total=_RETRIES),
        BearerTokenCredentialPolicy(credential, _SCOPE),
    ]
    with PipelineClient(f"https://{host}", policies=policies, **_PATIENCE) as client:
        answer = client.send_request(HttpRequest("GET", f"https://{host}{path}"))
    if answer.status_code == _NOT_FOUND:
        raise ClientError(
            "data_not_found",
            f"Workspace {ml.workspace_name} has no dataset {dataset_id}. It may have been deleted.",
        )
    answer.raise_for_status()
    content: dict[str, Any] = answer.json()
    return content
