"""Read an MLTable folder: the YAML file that says which files to read and how.

https://learn.microsoft.com/azure/machine-learning/reference-yaml-mltable
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pandas as pd

from .errors import DataError
from .mltable_steps import STEPS, ColumnStep, apply_steps, column_steps
from .mltable_text import reading_as_text
from .table_files import READERS, read_delimited, read_json_lines, stack

FILE_NAME = "MLTable"

_ENCODINGS = {
    "utf8": "utf-8-sig",
    "utf8bom": "utf-8-sig",
    "utf16": "utf-16",
    "utf32": "utf-32",
    "ascii": "ascii",
    "latin1": "latin-1",
    "iso88591": "latin-1",
    "windows1252": "cp1252",
}
_HEADERS = {
    "all_files_same_headers": True,
    "all_files_different_headers": True,
    "no_header": False,
    "no_headers": False,
}
# Done anyway, or only a hint or a name, so that every value of these changes nothing here.
_WITHOUT_EFFECT = {"support_multi_line", "partition_size", "path_column"}


def is_mltable(where: Path) -> bool:
    """Tell whether a path is an MLTable folder or the MLTable file in it."""
    return (where / FILE_NAME).is_file() or (where.name == FILE_NAME and where.is_file())


def read_mltable(folder: Path) -> pd.DataFrame:
    """Read all files an MLTable names into one frame, and change its columns as it says.

    Raises
    ------
    DataError
        The YAML can't be read, it asks for something that isn't done here, or the table isn't as
        it says; the message names what.
    """
    where = folder / FILE_NAME
    content = _load(where)
    files = [f for entry in _list(content, "paths", where) for f in _files(entry, folder, where)]
    if not files:
        raise DataError(f"{where} names no file to read. Give 'paths' of local files.")
    first, *others = _transformations(content, where)
    steps = [step for name, value in others for step in column_steps(name, value, where)]
    reader, options = _reader(*first, steps, where)
    return apply_steps(stack([(path, reader(path, **options)) for path in files]), steps, where)


def _load(where: Path) -> Mapping[str, Any]:
    try:
        import yaml
    except ImportError as error:
        raise DataError(
            f"Reading {where} needs PyYAML, which is not installed: pip install pyyaml."
        ) from error
    try:
        content = yaml.safe_load(where.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise DataError(f"{where} is not readable YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, Mapping):
        raise DataError(f"{where} holds no mapping with 'paths' and 'transformations'.")
    return content


def _list(content: Mapping[str, Any], key: str, where: Path) -> list[Mapping[str, Any]]:
    found = content.get(key) or []
    if not isinstance(found, list):
        raise DataError(f"{where}: {key!r} must be a list.")
    return [item if isinstance(item, Mapping) else {str(item): None} for item in found]


def _files(entry: Mapping[str, Any], folder: Path, where: Path) -> list[Path]:
    if len(entry) != 1 or next(iter(entry)) not in _LISTERS:
        raise DataError(f"{where}: a path must be one of {', '.join(_LISTERS)}, not {dict(entry)}.")
    kind, value = next(iter(entry.items()))
    text = str(value)
    if "://" in text or PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive:
        raise DataError(
            f"{where} reads {text!r}. Download it beside the MLTable file and name it by its "
            "relative path."
        )
    found = sorted(p for p in _LISTERS[kind](folder, text) if p.is_file())
    if not found:
        raise DataError(f"{where}: there is no file for {kind} {text!r} in {folder}.")
    return found


def _data_files(folder: Path) -> list[Path]:
    return [p for p in folder.glob("*") if not p.name.startswith((".", "_"))]


_LISTERS: dict[str, Callable[[Path, str], list[Path]]] = {
    "file": lambda folder, text: [folder / text],
    "pattern": lambda folder, text: list(folder.glob(str(PurePosixPath(text)))),
    "folder": lambda folder, text: _data_files(folder / text),
}


def _transformations(content: Mapping[str, Any], where: Path) -> list[tuple[str, Any]]:
    """Return the steps in their order; the first, and only the first, reads."""
    listed = _list(content, "transformations", where)
    steps = [(str(name), value) for step in listed for name, value in step.items()]
    others = [name for name, _ in steps if name not in _READERS and name not in STEPS]
    if others:
        raise DataError(
            f"{where} asks for {', '.join(map(repr, others))}, which is not done here. "
            "Apply it and save the table as csv or parquet."
        )
    if [name in _READERS for name, _ in steps] != [i == 0 for i in range(len(steps) or 1)]:
        raise DataError(f"{where} needs exactly one of {', '.join(_READERS)}, as its first step.")
    return steps


def _reader(
    name: str, value: Any, steps: Sequence[ColumnStep], where: Path
) -> tuple[Callable[..., pd.DataFrame], dict[str, Any]]:
    if not isinstance(value or {}, Mapping):
        raise DataError(f"{where}: the options of {name!r} must be a mapping.")
    options = {str(k): v for k, v in (value or {}).items()}
    reader, translate = _READERS[name]
    if reader is read_delimited:
        inferred = _infers(options, where)
        texts = {column for step in steps if step.by_text for column in step.columns}
        reader = reading_as_text(texts if inferred else None)
    return reader, translate(options, where)


def _infers(options: dict[str, Any], where: Path) -> bool:
    """Tell whether values become numbers where they look like it; else all of them are text."""
    value = options.pop("infer_column_types", True)
    if isinstance(value, Mapping):
        # How many rows to look at has no effect: all of them are.
        _rest({str(k): v for k, v in value.items() if k != "sample_size"}, where)
        return True
    return value is not False


def _delimited_options(options: dict[str, Any], where: Path) -> dict[str, Any]:
    delimiter = str(options.pop("delimiter", ","))
    if len(delimiter) != 1:
        raise DataError(f"{where}: the delimiter must be one character, not {delimiter!r}.")
    return {
        "delimiter": delimiter,
        "encoding": _choice(options, "encoding", "utf8", _ENCODINGS, where),
        "header": _choice(options, "header", "all_files_same_headers", _HEADERS, where),
        "empty_as_text": bool(options.pop("empty_as_string", False)),
        **_rest(options, where),
    }


def _json_options(options: dict[str, Any], where: Path) -> dict[str, Any]:
    return {
        "encoding": _choice(options, "encoding", "utf8", _ENCODINGS, where),
        **_rest({k: v for k, v in options.items() if (k, v) != ("invalid_lines", "error")}, where),
    }


def _rest(options: dict[str, Any], where: Path) -> dict[str, Any]:
    """Refuse every option that is left and would change the table."""
    asked = [k for k, v in options.items() if k not in _WITHOUT_EFFECT and v]
    if asked:
        raise DataError(
            f"{where} sets {', '.join(map(repr, asked))}, which is not done here. "
            "Save the table as csv or parquet the way it should be read."
        )
    return {}


def _choice(
    options: dict[str, Any], key: str, default: str, table: Mapping[str, Any], where: Path
) -> Any:
    value = str(options.pop(key, default)).lower()
    if value not in table:
        raise DataError(f"{where}: {key} {value!r} is not one of {', '.join(table)}.")
    return table[value]


_READERS: dict[str, tuple[Callable[..., pd.DataFrame], Callable[..., dict[str, Any]]]] = {
    "read_delimited": (read_delimited, _delimited_options),
    "read_parquet": (READERS["parquet"], _rest),
    "read_json_lines": (read_json_lines, _json_options),
}
