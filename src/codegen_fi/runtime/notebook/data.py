"""A first look at a table, and further rows of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..tables import load_table
from .table import Table

if TYPE_CHECKING:
    import pandas as pd

_EXAMPLES = 3
_MOST_CLASSES = 30
_MIDNIGHT = " 00:00:00"
_LONGEST = 40
_MISSING = "(missing)"


def overview(data: pd.DataFrame) -> Table:
    """Show each column: type, missing values, different values, and the first rows.

    A line per column stays readable with hundreds of them.

    Parameters
    ----------
    data : DataFrame of shape (rows, columns)
    """
    first = data.iloc[:_EXAMPLES]
    heads = ["column", "type", "missing", "different", *(f"row {i}" for i in range(len(first)))]
    rows = [
        [
            name,
            data.dtypes.iloc[place],
            _share(float(data.iloc[:, place].isna().mean())),
            _different(data.iloc[:, place]),
            *(_example(value) for value in first.iloc[:, place]),
        ]
        for place, name in enumerate(data.columns)
    ]
    return Table(heads, rows, above=[f"{len(data):,} rows, {data.shape[1]:,} columns"])


def target(label: pd.Series[Any], classes: bool) -> Table:
    """Show how often each class occurs, or where the numbers lie.

    Parameters
    ----------
    label : Series of shape (rows,)
    classes : bool
        Whether the values are classes.
    """
    if not classes:
        known = label.describe()
        return Table([f"{label.name}", "value"], list(zip(known.index, known)))  # noqa: B905
    counts = label.value_counts(dropna=False)
    rows = [
        [_example(value) or _MISSING, int(count), _share(count / len(label))]
        for value, count in counts.iloc[:_MOST_CLASSES].items()
    ]
    rest = len(counts) - _MOST_CLASSES
    below = [f"and {rest:,} more classes"] if rest > 0 else []
    return Table([f"{label.name}", "rows", "share"], rows, below=below)


def new_rows(path: str, like: pd.DataFrame) -> pd.DataFrame:
    """Read rows to predict: the columns the model was trained with, in that order.

    Parameters
    ----------
    path : str
        As the training data; the label may be missing.
    like : DataFrame
        Rows the model was trained on.

    Raises
    ------
    DataError
        The table can't be read or lacks a column.
    """
    names = list(like.columns)
    dates = [name for name in names if str(like[name].dtype).startswith("datetime")]
    return load_table(path, columns=names, dates=dates)[names]


def _share(part: float) -> str:
    """Write a share so that neither a single row nor all but one disappear."""
    if 0 < part < 0.0005:  # noqa: PLR2004
        return "<0.1%"
    return f"{part:.1%}" if part else ""


def _different(column: pd.Series[Any]) -> int | None:
    try:
        return int(column.nunique())
    except TypeError:  # lists and the like have no hash
        return None


def _example(value: Any) -> str:
    """Write a value as it stands in the data, and a day without its midnight."""
    missing = value is None or value != value  # noqa: PLR0124 - nan and NaT
    if missing is True:
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    if hasattr(value, "year") and text.endswith(_MIDNIGHT):
        return text[: -len(_MIDNIGHT)]
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
