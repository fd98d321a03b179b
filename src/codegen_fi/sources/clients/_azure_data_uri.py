"""Read the addresses Azure ML writes for data, without asking any service.

A run keeps whichever form its training was started with, so all of them must be understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Workspace
from codegen_fi.sources.secrets import public_address

EXPORT: Final = (
    "Export the table (in the studio: Data, the asset, Explore, Download) and give it with "
    "--data FILE."
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A registered data asset; one of `version` and `label` is set."""

    name: str
    version: str | None = None
    label: str | None = None
    workspace: Workspace | None = None

    def __str__(self) -> str:
        return f"{self.name}:{self.version}" if self.version else f"{self.name}@{self.label}"


@dataclass(frozen=True, slots=True)
class StorePath:
    """A path in a datastore that the workspace knows by name."""

    datastore: str
    path: str
    workspace: Workspace | None = None

    def __str__(self) -> str:
        return f"{self.datastore}/{self.path}"

    def at(self, path: str) -> StorePath:
        """Return another path of the same datastore."""
        return StorePath(self.datastore, path, self.workspace)


@dataclass(frozen=True, slots=True)
class BlobPath:
    """A path in a container of a storage account, with the signature that opens it, if any."""

    account: str
    container: str
    path: str
    signature: str | None = None

    def __str__(self) -> str:
        return f"{self.account}/{self.container}/{self.path}"

    def at(self, path: str) -> BlobPath:
        """Return another path of the same container."""
        return BlobPath(self.account, self.container, path, self.signature)


StoredPath: TypeAlias = StorePath | BlobPath
Place: TypeAlias = Asset | StoredPath

_SCOPE: Final = (
    r"subscriptions/(?P<subscription>[^/]+)/resourcegroups/(?P<group>[^/]+)"
    r"/(?:providers/Microsoft\.MachineLearningServices/)?workspaces/(?P<workspace>[^/]+)/"
)
_NAMED: Final = r"data/(?P<name>[^/]+)/versions/(?P<version>[^/]+)/?"
_STORE: Final = r"datastores/(?P<store>[^/]+)/paths(?:/(?P<path>.*))?"
# A token is sent to these and to no other host, whatever address a run's properties hold.
_STORAGE_HOST: Final = re.compile(
    r"(?P<account>[a-z0-9]+(?:\.z\d+)?)\.(?:blob|dfs)\.(?P<cloud>core\.windows\.net"
    r"|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net|storage\.azure\.net)",
    re.IGNORECASE,
)


def parse(uri: str) -> Place:
    """Return what an address means.

    Raises
    ------
    ClientError
        ``not_supported``: it is of a kind that can't be downloaded.
    """
    for pattern, made in _FORMS:
        if match := pattern.fullmatch(uri):
            return made(match)
    if urlsplit(uri).scheme in _STORAGE_SCHEMES:
        return _blob(uri)
    raise unknown(uri)


def unknown(uri: str) -> ClientError:
    """Return the failure of an address that can't be downloaded."""
    return ClientError(
        "not_supported",
        f"The data lies at {public_address(uri)}, an address that can't be downloaded here. "
        + EXPORT,
    )


def _asset(match: re.Match[str]) -> Asset:
    found = match.groupdict()
    return Asset(match["name"], found.get("version"), found.get("label"), _workspace(match))


def _store(match: re.Match[str]) -> StorePath:
    return StorePath(match["store"], match["path"] or "", _workspace(match))


def _workspace(match: re.Match[str]) -> Workspace | None:
    found = match.groupdict()
    if not found.get("workspace"):
        return None
    return Workspace(found["subscription"], found["group"], found["workspace"])


def _blob(uri: str) -> BlobPath:
    parts = urlsplit(uri)
    container, at, host = parts.netloc.rpartition("@")
    path = unquote(parts.path).lstrip("/")
    if parts.scheme == "https":
        container, _, path = path.partition("/")
    known = _STORAGE_HOST.fullmatch(host)
    if known is None or not container or (parts.scheme == "https") is bool(at):
        raise unknown(uri)
    account = f"https://{known['account']}.blob.{known['cloud']}".lower()
    return BlobPath(account, container, path, parts.query or None)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_STORAGE_SCHEMES: Final = frozenset({"https", "wasbs", "abfss"})
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Place]], ...]] = (
    (_form(rf"azureml://(?:{_SCOPE})?{_STORE}"), _store),
    (_form(rf"(?:azureml:)?/{_SCOPE}{_NAMED}"), _asset),
    (_form(rf"azureml://{_SCOPE}{_NAMED}"), _asset),
    (_form(rf"azureml://locations/[^/]+/workspaces/[^/]+/{_NAMED}"), _asset),
    (_form(rf"azureml://{_NAMED}"), _asset),
    (_form(r"azureml:(?P<name>[^/:@]+):(?P<version>[^/:@]+)"), _asset),
    (_form(r"azureml:(?P<name>[^/:@]+)@(?P<label>[^/:@]+)"), _asset),
)
