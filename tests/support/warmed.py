"""Clients whose libraries are imported once for many commands, each of which is a process still."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from clients import SOURCE, base_environment, clients_python
from desk import until

WARM = Path(__file__).parent / "warm"
_PLUGIN = ("mlflow", "azureml.mlflow", "azure.identity")
_MODULES: Mapping[str, tuple[str, ...]] = {
    "mlflow": _PLUGIN,
    "azure-ai-ml": ("azure.ai.ml", *_PLUGIN),
    "azureml-core": ("azureml.core.run", "azureml.core.authentication", "azure.identity"),
}


class Warmed:
    """One server for each client, started when it is first asked for.

    Parameters
    ----------
    seconds : float
        The time limit of the commands.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # The address of a socket may be a hundred characters long.
        self._place = tempfile.TemporaryDirectory(prefix="warm-")
        self._servers: dict[str, subprocess.Popen[bytes]] = {}

    def environment(self, client: str) -> dict[str, str]:
        """Variables of a command that make it use the client's server."""
        address = Path(self._place.name) / client
        if client not in self._servers:
            command = [clients_python(), "-P", WARM / "server.py", address, str(self._seconds)]
            self._servers[client] = subprocess.Popen(
                [*command, *_MODULES[client]],
                env={**base_environment(), "HOME": self._place.name},
                stdin=subprocess.DEVNULL,
            )
            until(address.exists)
        path = os.pathsep.join([str(SOURCE), str(WARM)])
        return {"CODEGEN_FI_WARM": str(address), "PYTHONPATH": path}

    def close(self) -> None:
        """End the servers."""
        for server in self._servers.values():
            server.kill()
            server.wait()
        self._place.cleanup()
