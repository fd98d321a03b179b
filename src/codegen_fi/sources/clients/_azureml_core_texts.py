"""Find the text columns that a reader would take for numbers, such as postal codes.

A dataset of SDK v1 keeps the type of each column; a csv file doesn't. Types are carried on only
where they change what is read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients._azureml_core_dataflow import Definition

_ENCODINGS: Final = {
    "utf8": "utf-8-sig",
    "utf8bom": "utf-8-sig",
    "utf16": "utf-16",
    "utf32": "utf-32",
    "ascii": "ascii",
    "latin1": "latin-1",
    "iso88591": "latin-1",
    "windows1252": "cp1252",
}
# What pandas reads as a number, a truth value or as missing.
_NUMBER: Final = re.compile(
    r"\s*(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf(?:inity)?|nan|na|n/a|null|none"
    r"|true|false)?\s*",
    re.IGNORECASE,
)


def number_like(files: Sequence[Path], found: Definition) -> list[str]:
    """Return the text columns whose values all look like numbers, in the dataset's order."""
    options = found.transformations[0].get("read_delimited")
    left = set(found.texts)
    if options is None or not left:
        return []
    for path in files:
        for names, row in _rows(path, options):
            values = dict(zip(names, row, strict=False))
            left = {name for name in left if _NUMBER.fullmatch(values.get(name, ""))}
            if not left:
                return []
    return [name for name in found.texts if name in left]


def _rows(path: Path, options: dict[str, Any]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the column names with each row; a file that isn't text is left to its reader."""
    encoding = _ENCODINGS[options["encoding"]]
    try:
        with path.open(encoding=encoding, newline="") as stream:
            rows = csv.reader(stream, delimiter=options["delimiter"])
            first = next(rows, [])
            if options["header"] != "no_header":
                yield from ((first, row) for row in rows)
                return
            names = [f"Column{i + 1}" for i in range(len(first))]
            yield names, first
            yield from ((names, row) for row in rows)
    except (UnicodeDecodeError, csv.Error, TypeError):
        return
