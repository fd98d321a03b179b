"""Read the stored definition of an SDK v1 dataset: which files it is made of, and how to read them.

The definition is a list of steps of a closed engine. The few that a table of files needs are
known here; a step that would change rows or values in a way that isn't, is refused by its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from codegen_fi.sources.clients._azure_data_uri import Asset, StoredPath, StorePath, parse
from codegen_fi.sources.records import Workspace


class UnknownStepError(Exception):
    """The definition asks for something that isn't done here; the message names it."""


@dataclass
class Definition:
    """What a dataset is made of.

    Attributes
    ----------
    sources
        Files, folders, or paths with wildcards.
    transformations
        How to read the files, in the words of an MLTable; empty for files as they are.
    texts
        Columns that are text whatever their values look like.
    first_header_only
        Only the first file has column names.
    """

    sources: list[StoredPath] = field(default_factory=list)
    transformations: list[dict[str, Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    first_header_only: bool = False


def definition(text: str) -> Definition:
    """Read a definition.

    Raises
    ------
    UnknownStepError
        It is not a list of steps, or holds a step that isn't understood.
    """
    found = Definition()
    for step in _steps(text):
        if step.get("isEnabled") is False:
            continue
        name = str(step.get("type")).removeprefix("Microsoft.DPrep.").removesuffix("Block")
        if name not in _READERS:
            raise UnknownStepError(f"its definition asks for {name!r}")
        _READERS[name](found, step.get("arguments") or {})
    if not found.sources:
        raise UnknownStepError("its definition names no files")
    return found


def _steps(text: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(text)
    except ValueError:
        raise UnknownStepError("its definition is not JSON") from None
    steps = content.get("blocks", content.get("steps")) if isinstance(content, dict) else None
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise UnknownStepError("its definition is not a list of steps")
    return steps


def _datastore_files(found: Definition, arguments: Mapping[str, Any]) -> None:
    stores = arguments.get("datastores") or [arguments.get("datastore")]
    for store in stores:
        if not isinstance(store, dict) or not store.get("datastoreName"):
            raise UnknownStepError("a step of its definition names no datastore")
        path = str(store.get("path") or "").lstrip("/")
        found.sources.append(StorePath(str(store["datastoreName"]), path, _workspace(store)))


def _workspace(store: Mapping[str, Any]) -> Workspace | None:
    names = [store.get(key) for key in ("subscription", "resourceGroup", "workspaceName")]
    return Workspace(*map(str, names)) if all(names) else None


def _files(found: Definition, arguments: Mapping[str, Any]) -> None:
    path = arguments.get("path")
    details = path.get("resourceDetails") if isinstance(path, dict) else None
    for detail in details or []:
        place = parse(str(detail.get("path")))
        if isinstance(place, Asset):
            raise UnknownStepError(f"it is made of the data asset {place}")
        found.sources.append(place)


def _delimited(found: Definition, arguments: Mapping[str, Any]) -> None:
    if _number(arguments.get("skipRows")):
        raise UnknownStepError(f"it skips the first {arguments['skipRows']} rows of its files")
    if arguments.get("commentLineCharacter"):
        raise UnknownStepError("it leaves out lines that are comments")
    mode = _number(arguments.get("columnHeadersMode"), 3)
    encoding = _number(arguments.get("fileEncoding"))
    if mode not in _HEADERS or encoding not in _ENCODINGS:
        raise UnknownStepError("its files have a header or an encoding of an unknown kind")
    found.first_header_only = mode == _FIRST_FILE_ONLY
    options = {
        "delimiter": str(arguments.get("separator") or ","),
        "encoding": _ENCODINGS[encoding],
        "header": _HEADERS[mode],
        "empty_as_string": bool(arguments.get("emptyAsString")),
    }
    found.transformations.append({"read_delimited": options})


def _parquet(found: Definition, _: Mapping[str, Any]) -> None:
    found.transformations.append({"read_parquet": None})


def _json_lines(found: Definition, arguments: Mapping[str, Any]) -> None:
    encoding = _number(arguments.get("encoding"))
    if encoding not in _ENCODINGS:
        raise UnknownStepError("its files have an encoding of an unknown kind")
    found.transformations.append({"read_json_lines": {"encoding": _ENCODINGS[encoding]}})


def _columns(step: str) -> Callable[[Definition, Mapping[str, Any]], None]:
    def keep_or_drop(found: Definition, arguments: Mapping[str, Any]) -> None:
        details = (arguments.get("columns") or {}).get("details") or {}
        names = details.get("selectedColumns") or [details.get("selectedColumn")]
        if not all(isinstance(name, str) for name in names):
            raise UnknownStepError("it chooses its columns by a pattern")
        # The engine adds the path of the file as a column; nothing here does.
        names = [name for name in names if name != _PATH]
        if names:
            found.transformations.append({step: names})

    return keep_or_drop


def _types(found: Definition, arguments: Mapping[str, Any]) -> None:
    for item in arguments.get("columnConversion") or []:
        name = ((item.get("column") or {}).get("details") or {}).get("selectedColumn")
        if _number(item.get("typeProperty"), -1) == _TEXT and name and name != _PATH:
            found.texts.append(str(name))


def _number(value: Any, default: int = 0) -> int:
    value = value.get("value") if isinstance(value, dict) else value
    if value is None:
        return default
    try:
        return int(value)
    except (TypeError, ValueError):
        return -1


_PATH: Final = "Path"
_TEXT: Final = 0
_FIRST_FILE_ONLY: Final = 1
# The numbers are those of azureml.data.dataset_type_definitions.
_HEADERS: Final = {
    0: "no_header",
    _FIRST_FILE_ONLY: "all_files_same_headers",
    2: "all_files_different_headers",
    3: "all_files_same_headers",
}
_ENCODINGS: Final = {
    0: "utf8",
    1: "iso88591",
    2: "latin1",
    3: "ascii",
    4: "utf16",
    5: "utf32",
    6: "utf8bom",
    7: "windows1252",
}
_READERS: Final[Mapping[str, Callable[[Definition, Mapping[str, Any]], None]]] = {
    "GetDatastoreFiles": _datastore_files,
    "GetFiles": _files,
    "ParseDelimited": _delimited,
    "ReadParquetFile": _parquet,
    "ParseJsonLines": _json_lines,
    "DropColumns": _columns("drop_columns"),
    "KeepColumns": _columns("keep_columns"),
    "SetColumnTypes": _types,
}
