"""Where the loopback workspace pretends to be, so that every route names the same place."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Host: TypeAlias = Literal["login", "management", "api", "blob", "identity"]

LOGIN = "login.microsoftonline.com"
MANAGEMENT = "management.azure.com"
IDENTITY = "169.254.169.254"


@dataclass(frozen=True, slots=True)
class Place:
    """One workspace with its region, storage account and tenant."""

    subscription_id: str = "11111111-2222-3333-4444-555555555555"
    resource_group: str = "rg1"
    workspace_name: str = "ws1"
    region: str = "westeurope"
    tenant: str = "72f988bf-0000-4000-8000-2d7cd011db47"
    client_id: str = "99999999-0000-4000-8000-000000000009"
    workspace_id: str = "00000000-0000-0000-0000-000000000000"
    account: str = "loopbackacct"

    @property
    def api(self) -> str:
        return f"{self.region}.api.azureml.ms"

    @property
    def blob(self) -> str:
        return f"{self.account}.blob.core.windows.net"

    @property
    def group(self) -> str:
        return f"/subscriptions/{self.subscription_id}/resourceGroups/{self.resource_group}"

    @property
    def scope(self) -> str:
        return (
            f"{self.group}/providers/Microsoft.MachineLearningServices"
            f"/workspaces/{self.workspace_name}"
        )

    @property
    def tracking_uri(self) -> str:
        return f"azureml://{self.api}/mlflow/v1.0{self.scope}"

    @property
    def hosts(self) -> dict[str, Host]:
        """The hosts that answer here, by what they do."""
        return {LOGIN: "login", MANAGEMENT: "management", self.api: "api", self.blob: "blob"}

    def write_config(self, folder: Path) -> Path:
        """Write the ``config.json`` that the SDKs look for."""
        folder.mkdir(parents=True, exist_ok=True)
        names = {
            "subscription_id": self.subscription_id,
            "resource_group": self.resource_group,
            "workspace_name": self.workspace_name,
        }
        path = folder / "config.json"
        path.write_text(json.dumps(names, indent=1), encoding="utf-8")
        return path
