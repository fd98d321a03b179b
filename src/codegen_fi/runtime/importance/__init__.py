"""Which columns drive a trained model: computed, saved and drawn without anything of the tool."""

from __future__ import annotations

from .explain import explain
from .explanation import SCHEMA_VERSION, Explanation, Header
from .rows import COLUMNS, Row
from .save import CSV_NAME, JSON_NAME, read_header, read_rows

__all__ = [
    "COLUMNS",
    "CSV_NAME",
    "JSON_NAME",
    "SCHEMA_VERSION",
    "Explanation",
    "Header",
    "Row",
    "explain",
    "read_header",
    "read_rows",
]
