"""Download the table an MLflow run says it was trained on."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from codegen_fi.sources.clients import _mlflow_files as files
from codegen_fi.sources.clients._mlflow_address import scheme
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.records import DataReference, Downloaded
from codegen_fi.sources.secrets import public_address

_RUN: Final = re.compile(r"^runs:/+(?P<run>[^/]+)/(?P<path>.+)$")
_AZURE: Final = ("azureml", "wasbs", "wasb", "abfss", "abfs", "adl")


def download(
    reference: DataReference, folder: Path, root_of: Callable[[str], str], talk: Talk
) -> Downloaded:
    """Download a table into an empty folder.

    Parameters
    ----------
    reference
        The table, by uri.
    root_of
        Returns the address of the files of a run.

    Raises
    ------
    ClientError
        ``not_supported``: it is in Azure, which needs a workspace; ``data_not_found``: a file
        of another machine; ``incomplete_download``.
    """
    value = reference.value
    name = reference.name or posixpath.basename(urlsplit(value).path.rstrip("/")) or value
    if reference.kind == "id" or scheme(value) in _AZURE:
        raise _in_azure(reference, name)
    path = _come(value, folder, root_of, talk, name)
    if not path.exists():
        raise ClientError(
            "incomplete_download", f"The client reported success, but {name} did not arrive."
        )
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return Downloaded(name, None, tuple(found), path.relative_to(folder).as_posix())


def _come(value: str, folder: Path, root_of: Callable[[str], str], talk: Talk, name: str) -> Path:
    of_run = _RUN.match(value)
    if of_run:
        address = f"{root_of(of_run['run']).rstrip('/')}/{of_run['path']}"
        return files.download_table(address, folder, talk, name)
    kind = scheme(value)
    if kind in ("", "file"):
        return _copied(Path(url2pathname(urlsplit(value).path) if kind else value), folder, name)
    if kind in ("http", "https"):
        return files.download_page(value, folder, talk, name)
    return files.download_table(value, folder, talk, name)


def _copied(path: Path, folder: Path, name: str) -> Path:
    if not path.exists():
        raise ClientError(
            "data_not_found",
            f"The run was trained on {path}, which is not on this machine. Copy {name} here.",
        )
    target = folder / path.name
    copy: Any = shutil.copytree if path.is_dir() else shutil.copyfile
    copy(path, target)
    return target


def _in_azure(reference: DataReference, name: str) -> ClientError:
    where = public_address(reference.value)
    return ClientError(
        "not_supported",
        f"The {reference.role} data {name} lies in Azure ({where}), where only a client of the "
        "workspace can get it. Name the run as azureml:<run id>, or export the table and give it "
        "with --data FILE.",
    )
