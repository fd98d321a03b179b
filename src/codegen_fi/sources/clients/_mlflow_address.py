"""Turn what a user gives as an MLflow store into an address, and refuse what is none.

Left to itself the library makes a new, empty store wherever an address leads.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from codegen_fi.sources.clients.interface import ClientError

AZURE: Final = "azureml"
# One letter before the colon is a drive of Windows.
_SCHEME: Final = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):")
_DATABASES: Final = ("sqlite", "postgresql", "mysql", "mssql")
_NAMES: Final = ("databricks", "uc")


def scheme(uri: str) -> str:
    """Return the scheme of an address in lower case; empty for a path."""
    found = _SCHEME.match(uri)
    return found[1].lower().partition("+")[0] if found else ""


def address(uri: str) -> str:
    """Return the address of a store; that of a folder as MLflow takes it on any system.

    Raises
    ------
    ClientError
        ``bad_settings``: the store is a database and the full MLflow isn't installed.
    """
    uri = uri.strip()
    kind = scheme(uri)
    if kind in _DATABASES and importlib.util.find_spec("sqlalchemy") is None:
        raise ClientError(
            "bad_settings",
            "An MLflow store in a database needs the full MLflow package, and only mlflow-skinny "
            "is installed. Install it with: pip install mlflow",
        )
    if kind == AZURE:
        return uri.partition("?")[0]
    if kind or uri in _NAMES:
        return uri
    return Path(uri).expanduser().absolute().as_uri()


def folder_of(uri: str) -> Path | None:
    """Return the folder of a file store."""
    if scheme(uri) != "file":
        return None
    return Path(url2pathname(urlsplit(uri).path or uri.partition(":")[2]))


def refuse_empty(uri: str) -> None:
    """Refuse a store on this machine that isn't there.

    Raises
    ------
    ClientError
        ``bad_settings``.
    """
    folder = folder_of(uri)
    if folder is not None:
        _refuse_folder(folder)
    file = _file_of(uri)
    if file is not None and not file.is_file():
        raise ClientError("bad_settings", f"There is no MLflow store {file}. Check the path.")


def _refuse_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ClientError("bad_settings", f"There is no MLflow store {folder}. Check the path.")
    if any(folder.glob("*/meta.yaml")):
        return
    inside = folder / "mlruns"
    hint = f"Perhaps {inside} is meant." if inside.is_dir() else "Check the path."
    raise ClientError(
        "bad_settings", f"The folder {folder} is no MLflow store: it holds no experiments. {hint}"
    )


def _file_of(uri: str) -> Path | None:
    """Return the file of a sqlite database; None for one in memory."""
    if scheme(uri) != "sqlite":
        return None
    name = uri.partition("://")[2].partition("?")[0].removeprefix("/")
    return Path(name) if name and name != ":memory:" else None
