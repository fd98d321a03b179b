"""Find a script on disk: the file itself, or the folder or zip a run was downloaded to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from codegen_fi.errors import ScriptNotUnderstoodError, SourceError, UsageError
from codegen_fi.model.plain import sha256
from codegen_fi.sources.local_content import BIGGEST, UTF16, check_script, printable, too_big
from codegen_fi.sources.local_zip import is_zip, read_zip
from codegen_fi.sources.run_file import RUN_FILE, listed_files, read_run_file
from codegen_fi.sources.transfer import CONDA, NOTEBOOK

# A folder this tool wrote comes first: its train.py is what the user means.
_PLACES: Final = (
    ("codegen-fi.json", "train.py"),
    ("script.py", "script.py"),
    ("generated_code/script.py", "generated_code/script.py"),
    ("outputs/generated_code/script.py", "outputs/generated_code/script.py"),
    # Where the command line of Azure ML leaves a job's outputs.
    (
        "artifacts/outputs/generated_code/script.py",
        "artifacts/outputs/generated_code/script.py",
    ),
)
_HELPFUL: Final = (NOTEBOOK, CONDA)
_CODE_FOLDER: Final = "generated_code"
_BOM = "\ufeff"


@dataclass(frozen=True)
class Found:
    """A script as it was found.

    Attributes
    ----------
    name
        What messages call it.
    content
        Its bytes.
    origin
        Where it came from, for the manifest; a fetched run with its facts under ``run``.
    others
        What lies beside it and helps, by bare file name.
    """

    name: str
    content: bytes
    origin: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The script as text, without a byte order mark.

        Raises
        ------
        ScriptNotUnderstoodError
            It isn't UTF-8.
        """
        try:
            return self.content.decode("utf-8").removeprefix(_BOM)
        except UnicodeDecodeError as error:
            if self.content.startswith(UTF16):
                raise ScriptNotUnderstoodError(
                    f"{self.name}: this is UTF-16 text, as the > of PowerShell writes it. "
                    "Download the script again, or save it as UTF-8."
                ) from error
            line = self.content[: error.start].count(b"\n") + 1
            raise ScriptNotUnderstoodError(
                f"{self.name}, line {line}: not UTF-8 text. Give the script as it was downloaded, "
                "or save it as UTF-8."
            ) from error


def find_script(where: Path) -> Found:
    """Read the script at a path, or the one in a folder or a zip archive.

    Raises
    ------
    SourceError
        There is none, or it can't be read, or something else was saved in its place.
    ScriptNotUnderstoodError
        It is empty.
    UsageError
        The record of a fetched folder is damaged or of another version of this tool.
    """
    path = _in_folder(where) if where.is_dir() else where
    found = _in_zip(path) if _is_zip(path) else _on_disk(path, where)
    check_script(found.name, found.content)
    return found


def _in_folder(folder: Path) -> Path:
    for mark, place in _PLACES:
        if (folder / mark).is_file():
            return folder / place
    raise SourceError(
        f"{folder} holds no script. Looked for {', '.join(p for _, p in _PLACES[1:])}."
    )


def _is_zip(path: Path) -> bool:
    try:
        return path.is_file() and is_zip(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _in_zip(path: Path) -> Found:
    packed = read_zip(path, _HELPFUL)
    origin = {"kind": "path", "path": str(path), "member": packed.member}
    return Found(f"{path}: {packed.member}", packed.content, origin, packed.others)


def _on_disk(path: Path, where: Path) -> Found:
    try:
        content = _read(path)
    except FileNotFoundError as error:
        raise SourceError(
            f"{where} does not exist (looked in {Path.cwd()}). Give the path of a script."
        ) from error
    record = path.parent / RUN_FILE
    if record.is_file() and path.name in listed_files(path.parent):
        return _fetched(path, content)
    origin = {"kind": "path", "path": str(path)}
    return Found(str(path), content, origin, _beside(path))


def _fetched(path: Path, content: bytes) -> Found:
    """Return the script of a folder that `fetch` wrote."""
    kept = read_run_file(path.parent)
    listed = listed_files(path.parent)
    origin = {**kept["origin"], "run": kept["run"], "files": kept["files"]}
    if sha256(content) != listed[path.name]:
        origin["edited"] = True
    others = {}
    for name in listed:
        if not _is_bare(name):
            raise UsageError(
                f"{path.parent / RUN_FILE} is damaged: {printable(name)!r} is no file name. "
                "Fetch the run again."
            )
        beside = path.with_name(name)
        if name != path.name and beside.is_file():
            others[name] = _read(beside)
    return Found(str(path), content, origin, others)


def _is_bare(name: str) -> bool:
    return name not in {"", ".", ".."} and not set(name) & set("/\\:\0")


def _beside(path: Path) -> dict[str, bytes]:
    """Return the helpful files of a run's folder, as far as they were downloaded."""
    folders = [path.parent]
    if path.absolute().parent.name == _CODE_FOLDER:
        folders.append(path.absolute().parent.parent)
    places = {
        name: folder / name
        for folder in reversed(folders)
        for name in _HELPFUL
        if (folder / name).is_file()
    }
    return {name: _read(place) for name, place in places.items()}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(BIGGEST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > BIGGEST:
        raise too_big(str(path), path.stat().st_size)
    return content


def _unreadable(path: Path, error: OSError) -> SourceError:
    return SourceError(f"{path} cannot be read: {error.strerror}.")
