"""Read a script out of the zip the studio makes of a run's outputs; nothing is unpacked to disk."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from codegen_fi.errors import SourceError
from codegen_fi.sources.local_content import BIGGEST, printable, too_big

_SCRIPT: Final = "script.py"
_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# The longer a script's path agrees with where AutoML puts it, the surer it is the one.
_ENDS: Final = (
    ("outputs", "generated_code", _SCRIPT),
    ("generated_code", _SCRIPT),
    (_SCRIPT,),
)
_MOST_LISTED: Final = 10
_ENCRYPTED: Final = 0x1
_DAMAGED: list[type[Exception]] = [
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    # What this Python can't unpack.
    RuntimeError,
]
with contextlib.suppress(ImportError):
    # Some builds of Python come without it.
    from lzma import LZMAError

    _DAMAGED.append(LZMAError)


@dataclass(frozen=True, slots=True)
class Packed:
    """A script in an archive: its member's name, its bytes, and what lies beside it."""

    member: str
    content: bytes
    others: Mapping[str, bytes]


def is_zip(path: Path) -> bool:
    """Tell whether a file is meant to be a zip archive."""
    if path.suffix.lower() == ".zip":
        return True
    with path.open("rb") as stream:
        return stream.read(4) in _MAGIC


def read_zip(path: Path, helpful: Sequence[str]) -> Packed:
    """Return the script in an archive.

    Parameters
    ----------
    helpful
        Names of files to take along: beside the script, or in ``outputs`` above it.

    Raises
    ------
    SourceError
        It is no archive, damaged or encrypted, or holds no script or several.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            script = _script(path, members)
            content = _content(archive, script, path)
            beside = _beside(members, PurePosixPath(script.filename), helpful)
            others = {name: _content(archive, info, path) for name, info in beside.items()}
    except PermissionError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    except tuple(_DAMAGED) as error:
        raise SourceError(
            f"{path} is not a whole zip archive ({printable(str(error)) or type(error).__name__}). "
            "Download it again, or unpack it and give the folder."
        ) from error
    return Packed(printable(script.filename), content, others)


def _script(path: Path, members: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    for end in _ENDS:
        found = [info for info in members if _parts(info)[-len(end) :] == end]
        if len(found) == 1:
            return found[0]
        if found:
            names = [printable(info.filename) for info in found]
            more = len(names) - _MOST_LISTED
            listed = ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
            raise SourceError(
                f"{path} holds {len(found)} scripts: {listed}. Unpack it and give the one you mean."
            )
    raise SourceError(
        f"{path} holds no {_SCRIPT} among its {len(members)} files. "
        "Download outputs/generated_code of the run in the studio (Outputs + logs)."
    )


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    # Some programs of Windows write their own separator.
    return tuple(info.filename.replace("\\", "/").split("/"))


def _beside(
    members: Sequence[zipfile.ZipInfo], script: PurePosixPath, helpful: Sequence[str]
) -> dict[str, zipfile.ZipInfo]:
    own = tuple(str(script).replace("\\", "/").split("/"))[:-1]
    above = own[:-1] if own[-1:] == ("generated_code",) else own
    found: dict[str, zipfile.ZipInfo] = {}
    for folder in (own, above):
        for info in members:
            *where, name = _parts(info)
            if tuple(where) == folder and name in helpful:
                found.setdefault(name, info)
    return found


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    name = f"{printable(info.filename)} in {path}"
    if info.flag_bits & _ENCRYPTED:
        raise SourceError(f"{name} is encrypted. Unpack it yourself and give the folder.")
    if info.file_size > BIGGEST:
        raise too_big(name, info.file_size)
    # Never more than the size it names, even when it holds more: that is refused as damaged.
    return archive.read(info)
