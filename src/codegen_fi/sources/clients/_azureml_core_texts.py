"""Find the columns of a delimited file that the dataset says are text, such as postal codes.

A dataset of SDK v1 keeps the type of each column; a text file doesn't, so a reader would take the
code 01234 for a number and the country NA for a missing value.
"""

from __future__ import annotations

import csv
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


def text_columns(file: Path, found: Definition) -> list[str]:
    """Return the text columns that a file has, in the dataset's order.

    None for files that say themselves what is text.
    """
    options = found.transformations[0].get("read_delimited")
    if options is None or not found.texts:
        return []
    present = set(_names(file, options))
    return [name for name in dict.fromkeys(found.texts) if name in present]


def _names(file: Path, options: dict[str, Any]) -> list[str]:
    """Return the column names; a file that isn't text is left to its reader."""
    try:
        with file.open(encoding=_ENCODINGS[options["encoding"]], newline="") as stream:
            rows = csv.reader(stream, delimiter=options["delimiter"])
            first = next((row for row in rows if row), [])
    except (UnicodeDecodeError, csv.Error, TypeError):
        return []
    if options["header"] == "no_header":
        return [f"Column{i + 1}" for i in range(len(first))]
    return first
