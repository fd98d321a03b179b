"""Let Azure ML's MLflow plugin sign in the way the user chose.

On its own the plugin tries a fixed chain that ends in a browser. The function by which Azure's
own SDK introduces itself to the plugin takes any credential, and then one sign-in serves all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Workspace

_ADDRESS: Final = re.compile(
    r"^azureml://(?P<host>[^/?]+)/.*?/subscriptions/(?P<subscription>[^/]+)"
    r"/resourceGroups/(?P<group>[^/]+)"
    r"/providers/Microsoft\.MachineLearningServices/workspaces/(?P<workspace>[^/?]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What the plugin reads of a workspace."""

    ml_flow_tracking_uri: str


def workspace_of(tracking_uri: str) -> Workspace:
    """Return the workspace an address names.

    Raises
    ------
    ClientError
        ``bad_settings``: it names none.
    """
    found = _found(tracking_uri)
    return Workspace(found["subscription"], found["group"], found["workspace"])


def introduce(tracking_uri: str, credential: Any) -> str:
    """Make the plugin use a credential for a workspace; return the address to use from then on.

    Raises
    ------
    ClientError
        ``bad_settings``: the address names no workspace.
    """
    from azureml.mlflow import (  # pyright: ignore[reportMissingImports]
        get_mlflow_tracking_uri_v2,
    )

    found = _found(tracking_uri)
    known = {
        "subscription_id": found["subscription"],
        "resource_group_name": found["group"],
        "workspace_name": found["workspace"],
        "host_url": f"https://{found['host']}",
        "auth": credential,
    }
    return str(get_mlflow_tracking_uri_v2(_Named(tracking_uri), known))


def _found(tracking_uri: str) -> re.Match[str]:
    found = _ADDRESS.match(tracking_uri)
    if found is None:
        raise ClientError(
            "bad_settings",
            f"The tracking address {tracking_uri} names no workspace. Copy it from the studio "
            "(the workspace's menu, View all properties, MLflow tracking URI), or use "
            "azureml:<run id> with --workspace.",
        )
    return found
