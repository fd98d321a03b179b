"""Check the data handed to an explanation, and draw rows only when asked or beyond the budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .budget import ALL, AUTO

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .budget import Work

_FORECASTS = (
    "all were scored whatever max_rows says: a forecaster needs the rows between the others, too"
)


@dataclass(frozen=True)
class Sample:
    """The rows that are scored; `drawn` is None when that is all of them."""

    X: Any
    y: Any
    drawn: NDArray[np.intp] | None

    def of(self, values: Any) -> Any:
        """Take what belongs to these rows from an array of shape (all rows,)."""
        values = np.asarray(values)
        return values if self.drawn is None else values[self.drawn]


def checked(
    X_train: Any,
    y_train: Any,
    X_valid: Any,
    y_valid: Any,
    repeats: int | str,
    max_rows: int | str | None,
) -> None:
    """Refuse arguments that can't be meant.

    Raises
    ------
    ValueError
        The message names the argument and the value.
    """
    if (X_valid is None) != (y_valid is None):
        raise ValueError("X_valid and y_valid come together or not at all")
    _same_length("training", X_train, y_train)
    if X_valid is not None:
        _same_length("validation", X_valid, y_valid)
    if isinstance(repeats, str) and repeats != "auto":
        raise ValueError(f"repeats must be a number or 'auto', got {repeats!r}")
    if not isinstance(repeats, str) and repeats < 1:
        raise ValueError(f"repeats must be at least 1, got {repeats}")
    if isinstance(max_rows, str) and max_rows not in {AUTO, ALL}:
        raise ValueError(f"max_rows must be a number, {AUTO!r} or {ALL!r}, got {max_rows!r}")
    if max_rows is not None and not isinstance(max_rows, str) and max_rows < 1:
        raise ValueError(f"max_rows must be at least 1, got {max_rows}")


def limit_of(
    max_rows: int | str | None,
    rows: int,
    work: Work | None,
    forecasts: bool = False,
) -> tuple[int | None, str]:
    """Tell how many rows to score at most, None for all, and why.

    Parameters
    ----------
    max_rows : int, "auto", "all" or None
    rows : int
        As many as there are.
    work : Work or None
        None when nothing is shuffled, or not much.
    forecasts : bool
        Whether the model forecasts.
    """
    if max_rows is not None and not isinstance(max_rows, str):
        if forecasts:
            return None, _FORECASTS if max_rows < rows else ""
        return int(max_rows), "as asked by max_rows"
    if max_rows != AUTO or work is None:
        return None, ""
    most = work.rows()
    return (None, "") if rows <= most else (most, work.why(rows))


def sampled(X: Any, y: Any, most: int | None, seed: int, whole: bool = False) -> Sample:
    """Draw rows without replacement, kept in their order; all rows when there are not more.

    Parameters
    ----------
    X, y : table of shape (rows, columns) and labels of shape (rows,)
    most : int or None
    seed : int
    whole : bool
        Add a row of each label that no drawn row has: some scores aren't defined without.
    """
    if most is None or len(X) <= most:
        return Sample(X, y, None)
    drawn = np.random.RandomState(seed).choice(len(X), most, replace=False)
    if whole:
        drawn = np.concatenate([drawn, _of_other_labels(y, drawn)])
    drawn = np.sort(drawn)
    return Sample(_rows(X, drawn), _rows(y, drawn), drawn)


def aligned(X: Any, like: Any) -> Any:
    """Bring a table's columns into the order of another one, leaving out what that one lacks.

    Raises
    ------
    ValueError
        When a column is missing.
    """
    if not hasattr(X, "columns") or not hasattr(like, "columns"):
        return X
    missing = [name for name in like.columns if name not in X.columns]
    if missing:
        raise ValueError(f"the validation rows have no column {missing[0]!r}")
    return X if list(X.columns) == list(like.columns) else X[list(like.columns)]


def _of_other_labels(y: Any, drawn: NDArray[np.intp]) -> NDArray[np.intp]:
    """Find the first row of each label that no drawn row has."""
    import pandas as pd

    labels = pd.Series(np.asarray(y))
    first = ~labels.duplicated() & ~labels.isin(labels.iloc[drawn].unique())
    return np.flatnonzero(first.to_numpy())


def _rows(table: Any, positions: Any) -> Any:
    return table.iloc[positions] if hasattr(table, "iloc") else np.asarray(table)[positions]


def _same_length(split: str, X: Any, y: Any) -> None:
    if len(X) != len(y):
        raise ValueError(f"{len(X)} {split} rows but {len(y)} labels")
    if len(X) == 0:
        raise ValueError(f"there are no {split} rows")
