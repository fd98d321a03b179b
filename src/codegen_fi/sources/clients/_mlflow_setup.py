"""Check before the first call that a store is named and the packages for it are there."""

from __future__ import annotations

import os
from importlib import metadata
from typing import Final

from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Settings

_VARIABLE: Final = "MLFLOW_TRACKING_URI"


def package_versions(names: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of those packages that are installed."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def named_store(settings: Settings) -> str:
    """Return the address a user gives for a store, by option or environment variable.

    Raises
    ------
    ClientError
        ``bad_settings``: none is given.
    """
    named = settings.tracking_uri or os.environ.get(_VARIABLE, "")
    if not named.strip():
        raise ClientError(
            "bad_settings",
            "No MLflow store is named. Give --tracking-uri (a folder, sqlite:///FILE, "
            f"http://HOST or azureml://...), or set {_VARIABLE}.",
        )
    return named


def need_plugin() -> None:
    """Import what opens a workspace of Azure ML.

    Raises
    ------
    ClientError
        ``bad_settings``: it isn't installed.
    """
    try:
        import azure.identity  # pyright: ignore[reportMissingImports] # noqa: F401
        import azureml.mlflow  # pyright: ignore[reportMissingImports] # noqa: F401
    except ImportError as error:
        raise ClientError(
            "bad_settings",
            "An azureml:// address needs Azure's plugin of MLflow, which is not installed. "
            'Install it with: pip install "codegen-fi[azure]"',
        ) from error
