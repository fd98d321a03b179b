"""Bring a run's files to this machine: under a temporary name, checked, then in place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from codegen_fi.sources.choose import SCRIPT, Choice
from codegen_fi.sources.failures import RemoteError
from codegen_fi.sources.local_content import BIGGEST, is_page
from codegen_fi.sources.remote import Remote

NOTEBOOK: Final = "script_run_notebook.ipynb"
CONDA: Final = "conda_env_v_1_0_0.yml"
_BESIDE: Final = "outputs"
_HELPFUL: Final = (NOTEBOOK, CONDA, "conda_environment.yaml", "Dockerfile")
_BAD_PARTS: Final = frozenset({"", ".", ".."})


@dataclass(frozen=True, slots=True)
class Fetched:
    """Files of a run by their bare name, script first; `missing` tells what couldn't be had."""

    files: Mapping[str, bytes]
    missing: tuple[str, ...] = ()


def fetch_files(
    remote: Remote,
    choice: Choice,
    into: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """Download the script of a run and what lies beside it.

    Parameters
    ----------
    choice
        The run.
    into
        An empty folder for what comes; the caller removes it.
    tell
        Called with a line for each file.

    Raises
    ------
    RemoteError
        The script can't be had whole, or isn't Python.
    """
    files: dict[str, bytes] = {}
    missing = []
    for path in _wanted(remote, choice):
        name = PurePosixPath(path).name
        try:
            files[name] = _one(remote, choice.run.run_id, path, into / f"{len(files)}.part")
        except RemoteError as error:
            if name == SCRIPT or error.kind not in _SPARED:
                raise
            missing.append(f"{name}: {error}")
            continue
        tell(f"Downloaded {name} ({len(files[name]):,} bytes)")
    return Fetched(files, tuple(missing))


# Without these a script still trains; anything else that fails would fail for the script as well.
_SPARED: Final = frozenset({"file_not_found", "file_gone", "incomplete_download", "link_refused"})


def _wanted(remote: Remote, choice: Choice) -> list[str]:
    """Return the paths to download, script first."""
    listed = list(choice.files)
    if choice.folder.startswith(_BESIDE):
        listed += remote.files(choice.run.run_id, _BESIDE)
    by_name: dict[str, str] = {}
    for path in listed:
        if is_plain(path) and PurePosixPath(path).parent.as_posix() in _parents(choice.folder):
            by_name.setdefault(PurePosixPath(path).name, path)
    names = [SCRIPT, *(name for name in _HELPFUL if name in by_name)]
    return [by_name[name] for name in names]


def _parents(folder: str) -> Sequence[str]:
    return (folder or ".", _BESIDE)


def is_plain(path: str) -> bool:
    """Tell whether a path stays below its root whatever reads it."""
    return not (set(path.split("/")) & _BAD_PARTS) and "\\" not in path and ":" not in path


def _one(remote: Remote, run_id: str, path: str, target: Path) -> bytes:
    remote.fetch(run_id, path, target)
    what = f"{path} of run {run_id} in {remote.where}"
    if not target.is_file():
        raise RemoteError("incomplete_download", f"{what} did not arrive. Try again.")
    size = target.stat().st_size
    if size == 0:
        raise RemoteError(
            "incomplete_download",
            f"{what} arrived with 0 bytes: the download broke off. Try again; if the file is "
            "empty in the studio as well, fetch another run.",
        )
    if size > BIGGEST:
        raise RemoteError(
            "incomplete_download",
            f"{what} has {size:,} bytes, more than any generated file. Look at it in the studio.",
        )
    content = target.read_bytes()
    target.unlink()
    if is_page(content):
        raise RemoteError(
            "incomplete_download",
            f"Instead of {what} a web page came, as a sign-in page of a proxy or a portal does. "
            "Sign in there with a browser, or go around the proxy (NO_PROXY), and try again.",
        )
    if PurePosixPath(path).name == SCRIPT:
        _check_python(content, what)
    return content


def _check_python(content: bytes, what: str) -> None:
    try:
        ast.parse(content)
    except (SyntaxError, ValueError) as error:
        at = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise RemoteError(
            "incomplete_download",
            f"{what} is not Python{at}: cut off on the way, or never a script. Try again.",
        ) from error
