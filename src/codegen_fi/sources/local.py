"""Find a script on disk: the file itself, or the folder a run was downloaded to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen_fi.errors import ScriptNotUnderstoodError, SourceError

# A folder this tool wrote comes first: its train.py is what the user means.
_PLACES = (
    ("codegen-fi.json", "train.py"),
    ("script.py", "script.py"),
    ("generated_code/script.py", "generated_code/script.py"),
    ("outputs/generated_code/script.py", "outputs/generated_code/script.py"),
)
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
        Where it came from, for the manifest.
    """

    name: str
    content: bytes
    origin: Mapping[str, Any] = field(default_factory=dict)

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
            line = self.content[: error.start].count(b"\n") + 1
            raise ScriptNotUnderstoodError(
                f"{self.name}, line {line}: not UTF-8 text. Give a Python script as downloaded."
            ) from error


def find_script(where: Path) -> Found:
    """Read the script at a path, or the one in a folder.

    Raises
    ------
    SourceError
        There is none, or it can't be read.
    """
    path = _in_folder(where) if where.is_dir() else where
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(
            f"{where} does not exist (looked in {Path.cwd()}). Give the path of a script."
        ) from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    return Found(str(path), content, {"kind": "path", "path": str(path)})


def _in_folder(folder: Path) -> Path:
    for mark, place in _PLACES:
        if (folder / mark).is_file():
            return folder / place
    raise SourceError(
        f"{folder} holds no script. Looked for {', '.join(p for _, p in _PLACES[1:])}."
    )
