"""Turn date columns into datetimes: a registered dataset has types, a text file has none."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import Any

import pandas as pd

logger = logging.getLogger("azureml.training.tabular")

# In this order: one format for the column, any mix of ISO 8601 forms, the day first.
# A free mix is not tried: it would read 03/04 and 13/04 with the month in different places.
_WAYS: tuple[dict[str, Any], ...] = ({}, {"format": "ISO8601"}, {"dayfirst": True})


def parse_dates(frame: pd.DataFrame, dates: Sequence[str]) -> pd.DataFrame:
    """Parse the named text columns when all their values are dates; warn where they are not.

    Columns that are missing, empty, numeric or dates already stay as they are.
    """
    parsed: dict[str, Any] = {}
    for name in dates:
        if name not in frame.columns:
            continue
        text: Any = frame[name]
        if text.dtype != object or text.isna().all():
            continue
        column = _parsed(text)
        if column is None:
            logger.warning(
                "Column %r is left as text: %r is not a date like the others.",
                name,
                _first_other(text),
            )
        else:
            parsed[name] = column
    return frame.assign(**parsed) if parsed else frame


# pandas' own types don't say that a single column is a Series, so columns are Any here.
def _parsed(text: Any) -> Any:
    """Return the column as naive datetimes; None when a value is no date."""
    for way in _WAYS:
        column = _attempt(text, way)
        if pd.api.types.is_datetime64_any_dtype(column) and column[text.notna()].notna().all():
            # A registered dataset has no time zones: its instants are UTC.
            return column.dt.tz_convert(None) if column.dt.tz is not None else column
    return None


def _attempt(text: Any, way: dict[str, Any]) -> Any:
    with warnings.catch_warnings():
        # pandas warns when it can't infer one format; a column that then doesn't parse is named.
        warnings.simplefilter("ignore")
        try:
            return pd.to_datetime(text, errors="coerce", **way)
        except (ValueError, TypeError):
            return text


def _first_other(text: Any) -> object:
    column = _attempt(text, {})
    values = text[text.notna() & column.isna()] if column is not text else text.dropna()
    return values.iloc[0] if len(values) else text.dropna().iloc[0]
