"""Download the data a run was trained on, with azure-ai-ml and the storage library it brings."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from codegen_fi.sources.clients import _azure_data_blobs as blobs
from codegen_fi.sources.clients._azure_data_mltable import FILE_NAME, Elsewhere, localise
from codegen_fi.sources.clients._azure_data_stores import Stores
from codegen_fi.sources.clients._azure_data_uri import (
    EXPORT,
    Asset,
    Place,
    StoredPath,
    parse,
)
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.records import DataReference, Downloaded


def download(
    ml: Any, credential: Any, reference: DataReference, folder: Path, talk: Talk
) -> Downloaded:
    """Download a table into an empty folder, its files as they are.

    Parameters
    ----------
    ml
        The connected ``MLClient``.
    credential
        The one `ml` was made with; it opens storage that the workspace holds no key of.
    reference
        The table: an address, or the id of a dataset registered with SDK v1.
    folder
        Gets the files; an MLTable that reads from elsewhere is changed to read what came along.

    Raises
    ------
    ClientError
        There is no such data, it is of a kind that can't be downloaded, or it came incomplete.
        What storage and workspace refuse passes as the exception of the library.
    """
    if reference.kind == "id":
        # Not above: it shares the download of files with what is here.
        from codegen_fi.sources.clients._azure_data_registered import download_registered

        return download_registered(ml, credential, reference, folder, talk)
    stores = Stores(ml, credential)
    named = parse(reference.value)
    name, version = _title(reference, named), None
    place = named
    if isinstance(named, Asset):
        stores.refuse_elsewhere(named.workspace, f"data asset {named}")
        asset = find_asset(ml, named)
        name, version, place = asset.name, str(asset.version), parse(asset.path)
    if isinstance(place, Asset):
        raise ClientError("not_supported", f"Data asset {named} is another asset's. {EXPORT}")
    table = Download(stores, folder, talk, name).table(place)
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return Downloaded(name, version, tuple(files), table)


def find_asset(ml: Any, named: Asset) -> Any:
    """Return a data asset.

    Raises
    ------
    ClientError
        ``data_not_found``: the workspace has no such asset.
    """
    from azure.ai.ml.exceptions import MlException  # pyright: ignore[reportMissingImports]
    from azure.core.exceptions import ResourceNotFoundError  # pyright: ignore[reportMissingImports]

    try:
        return ml.data.get(named.name, version=named.version, label=named.label)
    except (ResourceNotFoundError, MlException) as error:
        if isinstance(error, ResourceNotFoundError) or "not exist" in str(error):
            raise _missing(f"data asset {named}", ml) from error
        raise


class Download:
    """One table on its way into a folder."""

    def __init__(self, stores: Stores, folder: Path, talk: Talk, name: str) -> None:
        self._stores = stores
        self._folder = folder
        self._talk = talk
        self._name = name

    def table(self, place: StoredPath) -> str:
        """Download a file or a folder; return which of them it is, relative to the target."""
        if posixpath.basename(place.path) == FILE_NAME:
            place = place.at(posixpath.dirname(place.path))
        client, single = self._stores.file_at(place)
        if single is not None:
            name = posixpath.basename(single.name)
            self._get(client, [(single, name)], self._folder)
            return name
        self._get(client, self._below(client, place), self._folder)
        if (self._folder / FILE_NAME).is_file():
            localise(self._folder, place, self._bring)
        return "."

    def _bring(self, elsewhere: Elsewhere) -> None:
        place, target = elsewhere.place, self._folder / elsewhere.folder
        if elsewhere.single:
            client, single = self._stores.file_at(place)
            if single is None:
                raise self._nothing(place)
            self._get(client, [(single, posixpath.basename(single.name))], target)
            return
        client = self._stores.open(place)
        found = self._below(client, place)
        if elsewhere.pattern is not None:
            found = [item for item in found if elsewhere.pattern.fullmatch(item[1])]
        self._get(client, found, target)

    def _below(self, client: Any, place: StoredPath) -> list[tuple[blobs.Blob, str]]:
        prefix = place.path.rstrip("/") + "/" if place.path.strip("/") else ""
        found = blobs.files_below(client, place.path)
        if not found:
            raise self._nothing(place)
        return [(blob, blob.name.removeprefix(prefix)) for blob in found]

    def _get(self, client: Any, found: list[tuple[blobs.Blob, str]], target: Path) -> None:
        blobs.download(client, found, target, self._talk, self._name)

    def _nothing(self, place: StoredPath) -> ClientError:
        return ClientError(
            "data_not_found",
            f"The data {self._name} should lie at {place}, and there is no file. It may have "
            "been moved or deleted.",
        )


def _title(reference: DataReference, named: Place) -> str:
    if reference.name:
        return reference.name
    if isinstance(named, Asset):
        return named.name
    return posixpath.basename(named.path.rstrip("/")) or str(named)


def _missing(what: str, ml: Any) -> ClientError:
    return ClientError(
        "data_not_found",
        f"Workspace {ml.workspace_name} has no {what}. It may have been deleted or renamed.",
    )
