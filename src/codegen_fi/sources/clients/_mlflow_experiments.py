"""Find an experiment of an MLflow store by its name, also by one the library can't look up."""

from __future__ import annotations

from typing import Any, Final

_PAGE: Final = 500
_UNKNOWN: Final = "RESOURCE_DOES_NOT_EXIST"


def named(client: Any, name: str, in_folder: bool) -> Any:
    """Return the experiment of this name; None when there is none.

    Parameters
    ----------
    client
        An ``MlflowClient``.
    in_folder
        Whether the store is a folder, whose lookup fails for a name with a quote.
    """
    from mlflow.exceptions import MlflowException  # pyright: ignore[reportMissingImports]

    if in_folder and "'" in name:
        return _listed(client, name)
    try:
        return client.get_experiment_by_name(name)
    except MlflowException as error:
        if error.error_code == _UNKNOWN:
            return None
        raise


def _listed(client: Any, name: str) -> Any:
    token = None
    while True:
        page = client.search_experiments(max_results=_PAGE, page_token=token)
        found = next((item for item in page if item.name == name), None)
        token = page.token
        if found is not None or not token:
            return found
