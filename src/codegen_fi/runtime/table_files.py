"""Readers of the file formats, and one sentence for each way a file can be wrong."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .errors import DataError
from .table_numbers import EXACT

ACCEPTED = "a csv, tsv, parquet, feather or json lines file, or a folder of one kind of them"

KINDS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".feather": "feather",
    ".arrow": "feather",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json lines",
}

# First bytes of files, from the formats' own specifications.
_SIGNATURES = (
    (b"PAR1", "parquet"),
    (b"ARROW1", "feather"),
    (b"FEA1", "feather"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"%PDF", "PDF document"),
    (b"PK\x03\x04", "zip archive or Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "old Excel workbook"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"\x80\x04\x95", "pickle"),
    (b"\x80\x05\x95", "pickle"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)
_BINARY_TABLES = {"parquet", "feather"}


def read_files(files: Sequence[Path], **options: Any) -> pd.DataFrame:
    """Read files of one kind into one frame, in the order given.

    Parameters
    ----------
    files
        At least one path.
    **options
        Passed to the reader of the kind; see `read_delimited`.

    Raises
    ------
    DataError
        A file can't be read, the kinds or the columns of the files differ, or there is no row.
    """
    kinds = {path: kind_of(path) for path in files}
    first = files[0]
    for path, kind in kinds.items():
        if kind != kinds[first]:
            raise DataError(
                f"{path.parent} mixes {kinds[first]} ({first.name}) and {kind} ({path.name}). "
                "Keep one kind of file in the folder."
            )
    return stack([(p, READERS[kinds[p]](p, **options)) for p in files])


def stack(parts: Sequence[tuple[Path, pd.DataFrame]]) -> pd.DataFrame:
    """Put frames with the same columns one below the other; refuse a result without rows."""
    first, frame = parts[0]
    for path, part in parts[1:]:
        if list(part.columns) != list(frame.columns):
            odd = sorted({str(c) for c in set(part.columns) ^ set(frame.columns)})
            what = f"differ in {', '.join(map(repr, odd))}" if odd else "are in another order"
            raise DataError(
                f"The columns of {path} {what}, compared with {first.name}. "
                "Give files with the same columns."
            )
    whole = frame if len(parts) == 1 else pd.concat([p for _, p in parts], ignore_index=True)
    if whole.empty:
        where = first if len(parts) == 1 else first.parent
        raise DataError(f"{where} has column names but no rows. Give a table with rows.")
    return whole


def kind_of(path: Path) -> str:
    """Return the format of a file, by its first bytes and its name.

    Raises
    ------
    DataError
        The file is empty, or isn't a table this package reads.
    """
    head = _first_bytes(path)
    if not head.strip():
        raise DataError(f"{path} is empty. Give a table with column names and rows.")
    content = next((name for mark, name in _SIGNATURES if head.startswith(mark)), None)
    named = KINDS.get(path.suffix.lower())
    if content in _BINARY_TABLES and (named is None or named == content):
        return str(content)
    if content is not None:
        raise DataError(f"{path} is a {content}. Give {ACCEPTED}{_advice(content)}.")
    if named is None:
        raise DataError(f"{path} is not a kind of file that can be read. Give {ACCEPTED}.")
    if named in _BINARY_TABLES or b"\0" in head:
        expected = named if named in _BINARY_TABLES else f"{named} text"
        raise DataError(f"{path} is not {expected}, whatever its name says. Give {ACCEPTED}.")
    return named


def _advice(content: str) -> str:
    if content in _BINARY_TABLES:
        return f" (named .{content} when it is one)"
    if "Excel" in content:
        return " (in Excel: Save As, CSV UTF-8)"
    if content == "UTF-16 text":
        return ", saved as UTF-8"
    return ""


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(4096)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}.") from error


def read_delimited(
    path: Path,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    header: bool = True,
    empty_as_text: bool = False,
) -> pd.DataFrame:
    """Read delimited text; ``header=False`` names the columns Column1, Column2, ..."""
    options: dict[str, Any] = {"sep": delimiter, "encoding": encoding, "low_memory": False, **EXACT}
    if empty_as_text:
        options.update(keep_default_na=False, na_values=[])
    try:
        if header:
            names, first = _first_rows(path, delimiter, encoding)
            _refuse_duplicates(names, path)
            _refuse_nameless(names, first, path)
        frame: pd.DataFrame = pd.read_csv(path, header=0 if header else None, **options)
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} is not {_plain(encoding)} text (byte {error.start + 1} of what was read). "
            "Save it as UTF-8."
        ) from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, ValueError) as error:
        raise DataError(f"{path} cannot be read as a table: {_first_line(error)}") from error
    if not header:
        frame.columns = pd.Index([f"Column{i + 1}" for i in range(frame.shape[1])])
    return frame


def _plain(encoding: str) -> str:
    return "UTF-8" if encoding == "utf-8-sig" else encoding


def _first_rows(path: Path, delimiter: str, encoding: str) -> tuple[list[str], list[str]]:
    with path.open(encoding=encoding, newline="") as stream:
        rows = (row for row in csv.reader(stream, delimiter=delimiter) if row)
        return next(rows, []), next(rows, [])


def _refuse_nameless(names: Sequence[str], first: Sequence[str], path: Path) -> None:
    """Refuse more values than there are names; pandas would take the first for names of rows."""
    if len(first) > len(names):
        raise DataError(
            f"{path} has {len(names)} column names and a first row of {len(first)} values. "
            "Give each column a name."
        )


def read_binary(path: Path, reader: Callable[[Path], pd.DataFrame], kind: str) -> pd.DataFrame:
    """Read a file through pyarrow, turning each of its failures into one sentence."""
    try:
        frame = reader(path)
    except ImportError as error:
        raise DataError(
            f"Reading {path} needs pyarrow, which is not installed: pip install pyarrow."
        ) from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read as {kind}: {_first_line(error)}") from error
    _refuse_duplicates([str(c) for c in frame.columns], path)
    return frame


def read_json_lines(path: Path, encoding: str = "utf-8-sig") -> pd.DataFrame:
    """Read one JSON object per line; a key that a line lacks is missing in its row."""
    records = []
    try:
        with path.open(encoding=encoding) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    records.append(_record(line, number, path))
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not {_plain(encoding)} text. Save it as UTF-8.") from error
    return pd.DataFrame.from_records(records)


def _record(line: str, number: int, path: Path) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise DataError(f"{path}, line {number} is not JSON: {_first_line(error)}") from error
    if not isinstance(record, dict):
        raise DataError(
            f"{path}, line {number} is not a JSON object. Give json lines: one object per line, "
            "with the columns as keys."
        )
    return record


def _refuse_duplicates(names: Sequence[str], path: Path) -> None:
    double = [name for name, count in Counter(names).items() if count > 1]
    if double:
        raise DataError(
            f"{path} has more than one column named {', '.join(map(repr, double))}. "
            "Give each column its own name."
        )


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return (text[0] if text else type(error).__name__).rstrip(".") + "."


READERS: dict[str, Callable[..., pd.DataFrame]] = {
    "csv": read_delimited,
    "tsv": lambda path, **options: read_delimited(path, **{"delimiter": "\t", **options}),
    "parquet": lambda path: read_binary(path, pd.read_parquet, "parquet"),
    "feather": lambda path: read_binary(path, pd.read_feather, "feather"),
    "json lines": read_json_lines,
}
