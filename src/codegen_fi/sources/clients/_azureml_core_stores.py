"""Open the storage behind a datastore of azureml-core, with the storage library it carries."""

from __future__ import annotations

from typing import Any, Final

from codegen_fi.sources.clients._azure_data_blobs import QUICK
from codegen_fi.sources.clients._azure_data_stores import Stores
from codegen_fi.sources.clients._azure_data_uri import EXPORT, BlobPath
from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Workspace

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

    @property
    def _here(self) -> Workspace:
        own = self._workspace
        return Workspace(own.subscription_id, own.resource_group, own.name)

    def _container(self, account: str, name: str, credential: Any) -> Any:
        from azureml.data.azure_storage_datastore import (  # pyright: ignore[reportMissingImports]
            BlobServiceClient,
        )

        service = BlobServiceClient(account_url=account, credential=credential, **QUICK)
        return service.get_container_client(name)

    def _address(self, place: BlobPath) -> Any:
        return self._container(place.account, place.container, place.signature or self._credential)

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
        return self._container(account, store.container_name, _key_of(store) or self._credential)

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
