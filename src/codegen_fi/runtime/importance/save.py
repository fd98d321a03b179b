"""Write and read the table; a file appears whole or not at all, whatever interrupts the writing."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..run_outputs import plain, replacing
from .rows import COLUMNS, FIRST_COLUMNS, Row, record_of, row_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .explanation import Explanation

CSV_NAME = "feature_importance.csv"
JSON_NAME = "feature_importance.json"


def write_whole(path: Path, content: bytes) -> Path:
    """Write beside the target, then rename, so that no reader sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return path


def save_tables(explanation: Explanation, folder: str | Path) -> tuple[Path, Path]:
    """Write the rows as CSV, and the rows with their header as JSON."""
    target = Path(folder)
    return (
        write_whole(target / CSV_NAME, _bytes(csv_text(explanation.rows))),
        write_whole(target / JSON_NAME, _bytes(json_text(explanation))),
    )


def csv_text(rows: Iterable[Row]) -> str:
    """Lay the rows out as RFC 4180 text; nan is an empty cell, floats read back exactly."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for value in record_of(row).values()] for row in rows)
    return text.getvalue()


def json_text(explanation: Explanation) -> str:
    """Lay header and rows out as strict JSON, a row per line; nan and infinities are null."""
    header = {**asdict(explanation.header), "columns": list(COLUMNS)}
    rows = ",\n".join(f"  {_json(record_of(row))}" for row in explanation.rows)
    lines = [f" {_json(key)}: {_json(value)}," for key, value in header.items()]
    return "\n".join(["{", *lines, ' "rows": [', rows, " ]", "}"]) + "\n"


def read_rows(folder: str | Path) -> tuple[Row, ...]:
    """Read the rows of `feature_importance.csv` back, of this schema version or an older one.

    Raises
    ------
    FileNotFoundError
        When the folder holds no such file.
    ValueError
        When a column of the table is missing.
    """
    path = Path(folder) / CSV_NAME
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(FIRST_COLUMNS) - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path} has no column {', '.join(sorted(missing))}")
        return tuple(row_from(record) for record in reader)


def read_header(folder: str | Path) -> dict[str, Any]:
    """Read the header of `feature_importance.json`; empty when there is no such file."""
    path = Path(folder) / JSON_NAME
    if not path.exists():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {key: value for key, value in content.items() if key != "rows"}


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return repr(value) if isinstance(value, float) else value


def _json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


def _bytes(text: str) -> bytes:
    # A file name or a header can carry half of a surrogate pair, which UTF-8 has no code for.
    return text.encode("utf-8", "backslashreplace")
