"""List and download files of MLflow runs by their address.

Asking by run id would hide every failure behind one code, and Azure doesn't serve that way.
"""

from __future__ import annotations

import contextlib
import posixpath
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from codegen_fi.sources.clients.interface import ClientError, Talk

# Seconds between looks at how much has come.
_LOOK: Final = 0.5
_DEEPEST: Final = 20


def list_files(root: str, folder: str, depth: int = 0, *, deep: bool = True) -> Iterator[str]:
    """Yield the whole paths of the files of a folder of a run.

    Parameters
    ----------
    root
        Address of the run's files.
    depth
        How many folders were entered before.
    deep
        Whether to enter the folders in it.

    Raises
    ------
    ClientError
        ``service``: the store tells of folders in folders without end.
    """
    from mlflow.artifacts import list_artifacts  # pyright: ignore[reportMissingImports]

    if depth > _DEEPEST:
        raise ClientError("service", f"More than {_DEEPEST} folders lie in each other: {folder}")
    below = folder.strip("/")
    for item in list_artifacts(artifact_uri=_joined(root, below)):
        # Stores don't agree on what a listed path starts from.
        name = posixpath.basename(item.path.rstrip("/"))
        path = f"{below}/{name}" if below else name
        if not item.is_dir:
            yield path
        elif deep:
            yield from list_files(root, path, depth + 1)


def download(address: str, target: Path, talk: Talk, what: str) -> None:
    """Download one file to exactly `target`.

    Raises
    ------
    ClientError
        ``incomplete_download``: the library says it worked, and there is no file.
    """
    from mlflow.artifacts import download_artifacts  # pyright: ignore[reportMissingImports]

    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as folder, _counted(folder, talk, what):
        # Each store has a layout of its own below the folder.
        path = Path(download_artifacts(artifact_uri=address, dst_path=str(folder)))
        if not path.is_file():
            raise ClientError(
                "incomplete_download", f"The client reported success, but {what} did not arrive."
            )
        path.replace(target)


def download_table(address: str, folder: Path, talk: Talk, what: str) -> Path:
    """Download a file or a folder into a folder, and return where it is."""
    from mlflow.artifacts import download_artifacts  # pyright: ignore[reportMissingImports]

    with _counted(folder, talk, what):
        return Path(download_artifacts(artifact_uri=address, dst_path=str(folder)))


def download_page(address: str, folder: Path, talk: Talk, what: str) -> Path:
    """Download a file from a web server that knows nothing of MLflow."""
    from mlflow.data.http_dataset_source import (  # pyright: ignore[reportMissingImports]
        HTTPDatasetSource,
    )

    with _counted(folder, talk, what):
        return Path(HTTPDatasetSource(address).load(str(folder)))


def _joined(*parts: str) -> str:
    return "/".join(part.strip("/") if i else part.rstrip("/") for i, part in enumerate(parts))


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Make a folder on the same disk, so that a file can be moved from there at once."""
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=target.parent) as folder:
        yield Path(folder)


@contextlib.contextmanager
def _counted(folder: Path, talk: Talk, what: str) -> Iterator[None]:
    """Tell how many bytes have come, which the library does for no store."""
    done = threading.Event()

    def look() -> None:
        before = 0
        while not done.wait(_LOOK):
            size = _size(folder)
            if size > before:
                talk.progress(size, None, what)
            before = max(size, before)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        # Files come and go while they are counted.
        with contextlib.suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total
