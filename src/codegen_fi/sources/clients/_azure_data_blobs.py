"""List and download blobs, with the paths they get on this machine kept inside one folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from codegen_fi.sources.clients.interface import ClientError, Talk

# Seconds, and tries after the first: the tool has a limit of its own on every wait.
QUICK: Final = {
    "retry_total": 2,
    "initial_backoff": 1,
    "increment_base": 1,
    "connection_timeout": 20,
    "read_timeout": 30,
}


@dataclass(frozen=True, slots=True)
class Blob:
    """One blob: its whole name in the container and its size in bytes."""

    name: str
    size: int


def container(account: str, name: str, credential: Any) -> Any:
    """Return a client of a container; nothing is sent yet."""
    from azure.storage.blob import ContainerClient  # pyright: ignore[reportMissingImports]

    return ContainerClient(account, name, credential=credential, **QUICK)


def file_at(client: Any, path: str) -> Blob | None:
    """Return the blob of this name from the listing; None for a folder, or nothing.

    Asking for the blob itself would answer 404 for every folder; of all names that start with
    the path the path itself is listed first.
    """
    if not path or path.endswith("/"):
        return None
    first = _first(client, path)
    if first is None or first.name != path or not _holds(first):
        return None
    # An empty blob may stand for the folder of the files below its name.
    return None if not first.size and _first(client, f"{path}/") is not None else _blob(first)


def _first(client: Any, prefix: str) -> Any:
    listed = client.list_blobs(name_starts_with=prefix, include=["metadata"], results_per_page=1)
    return next(iter(listed), None)


def blob_at(client: Any, path: str) -> Blob | None:
    """Return the blob of this name by asking for it, as a signature of one blob allows only that.

    None when there is none.
    """
    from azure.core.exceptions import ResourceNotFoundError  # pyright: ignore[reportMissingImports]

    if not path or path.endswith("/"):
        return None
    try:
        found = client.get_blob_client(path).get_blob_properties()
    except ResourceNotFoundError:
        return None
    return Blob(path, int(found.size)) if _holds(found) else None


def files_below(client: Any, folder: str) -> list[Blob]:
    """Return all blobs of a folder; ``x`` never means ``x0``, and markers are left out."""
    prefix = folder.rstrip("/") + "/" if folder.strip("/") else ""
    listed = client.list_blobs(name_starts_with=prefix or None, include=["metadata"])
    found = [_blob(item) for item in listed if _holds(item)]
    folders = {parent for blob in found for parent in _parents(blob.name)}
    return [blob for blob in found if blob.size or blob.name not in folders]


def download(
    client: Any, blobs: Sequence[tuple[Blob, str]], folder: Path, talk: Talk, what: str
) -> None:
    """Download blobs to paths below a folder.

    Raises
    ------
    ClientError
        ``not_supported``: a path would leave the folder; nothing was downloaded.
        ``incomplete_download``: fewer or more bytes came than were listed.
    """
    targets = [(blob, folder / inside(path)) for blob, path in blobs]
    total = sum(blob.size for blob, _ in targets)
    done = 0
    talk.progress(done, total, what)
    for blob, target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        for more in _one(client, blob, target):
            done += more
            talk.progress(done, total, what)


def inside(path: str) -> PurePosixPath:
    """Return a path that stays in the folder it is put below, on any system.

    Raises
    ------
    ClientError
        ``not_supported``: it doesn't.
    """
    parts = path.split("/")
    whole = PureWindowsPath(path)
    if whole.drive or whole.root or "\\" in path or {"", ".", ".."} & set(parts):
        raise ClientError(
            "not_supported",
            f"The data holds a file named {path!r}, which would land outside its folder. Nothing "
            "was downloaded. Copy the table to a path without '..' and give it with --data.",
        )
    return PurePosixPath(*parts)


def _one(client: Any, blob: Blob, target: Path) -> Iterator[int]:
    """Download one blob and yield the bytes of each part."""
    done = 0
    with target.open("wb") as stream:
        for part in client.download_blob(blob.name).chunks():
            stream.write(part)
            done += len(part)
            yield len(part)
    if done != blob.size:
        raise ClientError(
            "incomplete_download", f"{blob.name} has {blob.size:,} bytes, {done:,} came."
        )


def _blob(item: Any) -> Blob:
    return Blob(str(item.name), int(item.size or 0))


def _holds(item: Any) -> bool:
    """Tell a file from the empty blob that stands for a folder."""
    marked = str((item.metadata or {}).get("hdi_isfolder", "")).lower() == "true"
    return not (marked or str(item.name).endswith("/"))


def _parents(name: str) -> list[str]:
    return [str(parent) for parent in PurePosixPath(name).parents]
