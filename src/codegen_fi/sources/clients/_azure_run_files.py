"""Read a run's files from the workspace's own storage, for who lacks the MLflow plugin.

The SDK's own download takes the whole run with its models, and a run whose name begins the same.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients import _azure_data_blobs as blobs
from codegen_fi.sources.clients._azure_data_stores import Stores
from codegen_fi.sources.clients._azure_data_uri import StorePath
from codegen_fi.sources.clients.interface import ClientError, Talk

_STORE: Final = "workspaceartifactstore"


class RunFiles:
    """The artifacts of runs, as blobs.

    Parameters
    ----------
    ml
        The connected ``MLClient``.
    credential
        Opens the storage when the workspace gives no key.
    """

    def __init__(self, ml: Any, credential: Any, talk: Talk) -> None:
        self._stores = Stores(ml, credential)
        self._talk = talk

    def listed(self, run_id: str, folder: str) -> list[str]:
        """Return the whole paths of a run's files below a folder."""
        root = _root(run_id)
        container = self._stores.open(StorePath(_STORE, root))
        found = blobs.files_below(container, f"{root}/{folder.strip('/')}".rstrip("/"))
        return [blob.name.removeprefix(f"{root}/") for blob in found]

    def fetch(self, run_id: str, path: str, target: Path) -> None:
        """Download one file.

        Raises
        ------
        ClientError
            ``file_not_found``, or ``incomplete_download``.
        """
        place = StorePath(_STORE, f"{_root(run_id)}/{path}")
        container, found = self._stores.file_at(place)
        if found is None:
            raise ClientError("file_not_found", f"Run {run_id} has no file {path}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=target.parent) as folder:
            blobs.download(container, [(found, "file")], Path(folder), self._talk, path)
            (Path(folder) / "file").replace(target)


def _root(run_id: str) -> str:
    return f"ExperimentRun/dcid.{run_id}"
