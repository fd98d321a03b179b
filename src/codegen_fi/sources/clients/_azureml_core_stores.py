"""Open the storage behind a datastore of azureml-core, with the storage library it carries."""

from __future__ import annotations

from typing import Any, Final

from codegen_fi.sources.clients._azure_data_blobs import QUICK, Blob, blob_at, file_at
from codegen_fi.sources.clients._azure_data_stores import Stores
from codegen_fi.sources.clients._azure_data_uri import EXPORT, BlobPath, StoredPath, StorePath
from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Workspace

_REFUSED: Final = frozenset({401, 403, 409})
_NOT_FOUND: Final = 404


class CoreStores(Stores):
    """The storage that a workspace of azureml-core can reach.

    Parameters
    ----------
    workspace
        The ``Workspace``.
    credential
        Opens storage that the workspace holds no key of.
    """

    def __init__(self, workspace: Any, credential: Any) -> None:
        super().__init__(workspace, credential)
        self._workspace = workspace

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
        client = _container(place.account, place.container, None)
        return client, blob_at(client, place.path)

    def refuse_elsewhere(self, workspace: Workspace | None, what: str) -> None:
        """Refuse what lies in another workspace than the one that is connected.

        Raises
        ------
        ClientError
            ``not_supported``.
        """
        own = self._workspace
        here = Workspace(own.subscription_id, own.resource_group, own.name)
        if workspace is None or _lower(workspace) == _lower(here):
            return
        raise ClientError(
            "not_supported",
            f"The data lies in {what} of another workspace, {workspace}. Connect to that one "
            "(--workspace, --resource-group, --subscription-id), or export the table and "
            "give it with --data FILE.",
        )

    def _address(self, place: BlobPath) -> Any:
        return _container(place.account, place.container, place.signature or self._credential)

    def _datastore(self, name: str) -> Any:
        store = self._get(name)
        kind = str(store.datastore_type)
        if kind not in {"AzureBlob", "AzureDataLakeGen2"}:
            raise ClientError(
                "not_supported",
                f"The data lies in datastore {name}, which is of type {kind}; only blob storage "
                f"and Data Lake Storage Gen2 can be downloaded here. {EXPORT}",
            )
        account = f"{store.protocol or 'https'}://{store.account_name}.blob."
        account += store.endpoint or "core.windows.net"
        return _container(account, store.container_name, _key_of(store) or self._credential)

    def _get(self, name: str) -> Any:
        from azureml.core import Datastore  # pyright: ignore[reportMissingImports]
        from azureml.exceptions import (  # pyright: ignore[reportMissingImports]
            UserErrorException,
        )

        try:
            return Datastore.get(self._workspace, name)
        except UserErrorException as error:
            if _status_behind(error) != _NOT_FOUND:
                raise
        raise ClientError(
            "data_not_found",
            f"The data lies in datastore {name}, which workspace {self._workspace.name} doesn't "
            "have (any more).",
        )


def _status_behind(error: BaseException) -> int | None:
    """Return the status of the answer that an exception was made of."""
    cause = error.__cause__ or error.__context__
    return getattr(getattr(cause, "response", None), "status_code", None)


def _key_of(store: Any) -> Any:
    """Return what the workspace keeps to open a datastore: a key, a signature or a principal."""
    given = getattr(store, "sas_token", None) or getattr(store, "account_key", None)
    if given or not getattr(store, "client_secret", None):
        return given
    from azure.identity import ClientSecretCredential  # pyright: ignore[reportMissingImports]

    return ClientSecretCredential(store.tenant_id, store.client_id, store.client_secret)


def _container(account: str, name: str, credential: Any) -> Any:
    """Return a client of a container; nothing is sent yet."""
    from azureml.data.azure_storage_datastore import (  # pyright: ignore[reportMissingImports]
        BlobServiceClient,
    )

    service = BlobServiceClient(account_url=account, credential=credential, **QUICK)
    return service.get_container_client(name)


def _lower(workspace: Workspace) -> tuple[str, ...]:
    names = (workspace.subscription_id, workspace.resource_group, workspace.workspace_name)
    return tuple(name.lower() for name in names)
