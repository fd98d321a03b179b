"""Make a downloaded MLTable folder stand on its own: what it reads elsewhere comes beside it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients._azure_data_uri import Asset, StoredPath, parse, unknown
from codegen_fi.sources.clients.interface import ClientError

FILE_NAME: Final = "MLTable"
_WILD: Final = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What an MLTable reads from outside its folder.

    Attributes
    ----------
    place
        The file, or the folder of the files.
    pattern
        Which of the folder's files; None for all.
    folder
        Where it goes, relative to the MLTable.
    single
        The MLTable names one file.
    """

    place: StoredPath
    pattern: re.Pattern[str] | None
    folder: str
    single: bool


def localise(folder: Path, home: StoredPath, bring: Callable[[Elsewhere], None]) -> None:
    """Bring what the MLTable of a folder reads elsewhere, and let it read that.

    Parameters
    ----------
    folder
        Holds the downloaded ``MLTable``; it is written again only when a path changes.
    home
        Where the folder came from, for paths that lead out of it.
    bring
        Downloads files to ``folder / elsewhere.folder``.

    Raises
    ------
    ClientError
        ``not_supported``: the file is not an MLTable, or it reads what can't be downloaded.
    """
    import yaml

    where = folder / FILE_NAME
    content = _read(where)
    paths = content.get("paths") or []
    changed = False
    for number, entry in enumerate(paths):
        if not isinstance(entry, dict) or len(entry) != 1:
            continue
        ((kind, value),) = entry.items()
        elsewhere, there = _elsewhere(str(kind), str(value), home, _free(folder, number))
        if elsewhere is not None:
            bring(elsewhere)
            entry[kind] = there
            changed = True
    if changed:
        where.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def _free(folder: Path, number: int) -> str:
    """Return the name of a folder that the table doesn't have yet."""
    name = f"data-{number}"
    while (folder / name).exists():
        name += "_"
    return name


def _read(where: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.safe_load(where.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ClientError(
            "not_supported", f"The MLTable of the data is not YAML: {error}"
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("paths") or [], list):
        raise ClientError("not_supported", "The MLTable of the data has no list of 'paths'.")
    return content


def _elsewhere(
    kind: str, value: str, home: StoredPath, folder: str
) -> tuple[Elsewhere | None, str]:
    fixed, wild = split_pattern(value) if kind == "pattern" else (value, "")
    place = _place(fixed, home)
    if place is None:
        return None, value
    if kind == "file":
        found = Elsewhere(place, None, folder, single=True)
        return found, f"./{folder}/{posixpath.basename(place.path)}"
    pattern = pattern_regex(wild) if wild else None
    return Elsewhere(place, pattern, folder, single=False), "/".join(
        part for part in (".", folder, wild) if part
    )


def _place(value: str, home: StoredPath) -> StoredPath | None:
    """Return where a path leads, if that is outside the table's own folder."""
    if ":/" in value:
        place = parse(value)
        if isinstance(place, Asset):
            raise unknown(value)
        return place
    if value.startswith("/"):
        raise unknown(value)
    base = home.path.rstrip("/")
    whole = posixpath.normpath(posixpath.join(base, value))
    if whole.startswith(".."):
        raise unknown(value)
    own = not base or whole == base or whole.startswith(f"{base}/")
    return None if own else home.at(whole)


def split_pattern(pattern: str) -> tuple[str, str]:
    """Split a pattern into the folder before its first wildcard and the rest."""
    wild = _WILD.search(pattern)
    start = pattern.rfind("/", 0, wild.start() if wild else len(pattern)) + 1
    return pattern[:start], pattern[start:]


def pattern_regex(pattern: str) -> re.Pattern[str]:
    """Return what matches the paths that a pattern with wildcards means."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    means = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(means.get(part, re.escape(part)) for part in parts))
