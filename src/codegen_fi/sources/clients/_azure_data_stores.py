"""Open the storage behind a datastore or an address, with what the workspace gives for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen_fi.sources.clients._azure_data_blobs import Blob, blob_at, container, file_at
from codegen_fi.sources.clients._azure_data_uri import EXPORT, BlobPath, StoredPath, StorePath
from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Workspace

_FORBIDDEN: Final = 403
_REFUSED: Final = frozenset({401, 403, 409})


class Stores:
    """The storage a workspace can reach; each container is opened once.

    Parameters
    ----------
    ml
        The connected ``MLClient``.
    credential
        Opens storage that the workspace holds no key of.
    """

    def __init__(self, ml: Any, credential: Any) -> None:
        self._ml = ml
        self._credential = credential
        self._open: dict[tuple[str, ...], Any] = {}

    def open(self, place: StoredPath) -> Any:
        """Return the container client of a place."""
        if isinstance(place, StorePath):
            self.refuse_elsewhere(place.workspace, f"datastore {place.datastore}")
            return self._kept(("store", place.datastore), lambda: self._datastore(place.datastore))
        key = ("blob", place.account, place.container, place.signature or "")
        return self._kept(key, lambda: self._address(place))

    def file_at(self, place: StoredPath) -> tuple[Any, Blob | None]:
        """Return the container of a place, and its blob if the place is one file."""
        from azure.core.exceptions import HttpResponseError  # pyright: ignore[reportMissingImports]

        client = self.open(place)
        if isinstance(place, StorePath):
            return client, file_at(client, place.path)
        try:
            return client, blob_at(client, place.path)
        except HttpResponseError as error:
            if place.signature or error.status_code not in _REFUSED:
                raise
        # Public samples refuse the sign-in of another tenant, and open without any.
        client = self._container(place.account, place.container, None)
        return client, blob_at(client, place.path)

    def refuse_elsewhere(self, workspace: Workspace | None, what: str) -> None:
        """Refuse what lies in another workspace than the one that is connected.

        Raises
        ------
        ClientError
            ``not_supported``.
        """
        if workspace is None or _lower(workspace) == _lower(self._here):
            return
        raise ClientError(
            "not_supported",
            f"The data lies in {what} of another workspace, {workspace}. Connect to that one "
            "(--workspace, --resource-group, --subscription-id), or export the table and "
            "give it with --data FILE.",
        )

    @property
    def _here(self) -> Workspace:
        """The workspace that is connected."""
        ml = self._ml
        return Workspace(ml.subscription_id, ml.resource_group_name, ml.workspace_name)

    def _container(self, account: str, name: str, credential: Any) -> Any:
        """Return a client of a container; nothing is sent yet."""
        return container(account, name, credential)

    def _kept(self, key: tuple[str, ...], opened: Callable[[], Any]) -> Any:
        if key not in self._open:
            self._open[key] = opened()
        return self._open[key]

    def _address(self, place: BlobPath) -> Any:
        from azure.core.credentials import AzureSasCredential  # pyright: ignore[reportMissingImports]

        given = AzureSasCredential(place.signature) if place.signature else self._credential
        return self._container(place.account, place.container, given)

    def _datastore(self, name: str) -> Any:
        store = self._with_secrets(name)
        kind = type(store).__name__
        if kind not in _CONTAINERS:
            raise ClientError(
                "not_supported",
                f"The data lies in datastore {name}, which is of type {store.type}; only blob "
                f"storage and Data Lake Storage Gen2 can be downloaded here. {EXPORT}",
            )
        account = f"{store.protocol or 'https'}://{store.account_name}.blob."
        account += store.endpoint or "core.windows.net"
        return self._container(account, getattr(store, _CONTAINERS[kind]), self._key_of(store))

    def _with_secrets(self, name: str) -> Any:
        """Return a datastore with its key, or without one for who may not see keys."""
        from azure.core.exceptions import HttpResponseError  # pyright: ignore[reportMissingImports]

        try:
            return self._ml.datastores.get(name, include_secrets=True)
        except HttpResponseError as error:
            if error.status_code != _FORBIDDEN:
                raise
        return self._ml.datastores.get(name)

    def _key_of(self, store: Any) -> Any:
        given = store.credentials
        made = _KEYS.get(type(given).__name__)
        return (made(given) if made is not None else None) or self._credential


def _lower(workspace: Workspace) -> tuple[str, ...]:
    names = (workspace.subscription_id, workspace.resource_group, workspace.workspace_name)
    return tuple(str(name).lower() for name in names)


def _account_key(given: Any) -> Any:
    return given.account_key or None


def _sas(given: Any) -> Any:
    from azure.core.credentials import AzureSasCredential  # pyright: ignore[reportMissingImports]

    return AzureSasCredential(given.sas_token.lstrip("?")) if given.sas_token else None


def _principal(given: Any) -> Any:
    from azure.identity import ClientSecretCredential  # pyright: ignore[reportMissingImports]

    if not given.client_secret:
        return None
    return ClientSecretCredential(given.tenant_id, given.client_id, given.client_secret)


_CONTAINERS: Final[Mapping[str, str]] = {
    "AzureBlobDatastore": "container_name",
    "AzureDataLakeGen2Datastore": "filesystem",
}
_KEYS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "AccountKeyConfiguration": _account_key,
    "SasTokenConfiguration": _sas,
    "ServicePrincipalConfiguration": _principal,
}
