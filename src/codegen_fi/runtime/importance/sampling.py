"""Check the data handed to an explanation, and draw rows only when asked to."""

from __future__ import annotations

from typing import Any

import numpy as np


def checked(
    X_train: Any, y_train: Any, X_valid: Any, y_valid: Any, repeats: int | str, max_rows: int | None
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
    if max_rows is not None and max_rows < 1:
        raise ValueError(f"max_rows must be at least 1, got {max_rows}")


def weighed(sample_weight: Any, y: Any) -> None:
    """Refuse weights of another number than the rows that are scored.

    Raises
    ------
    ValueError
        The message gives both numbers.
    """
    if sample_weight is not None and len(sample_weight) != len(y):
        raise ValueError(f"{len(sample_weight)} weights for {len(y)} scored rows")


def sampled(X: Any, y: Any, max_rows: int | None, seed: int) -> tuple[Any, Any]:
    """Draw rows without replacement, kept in their order; all rows when there are not more."""
    if max_rows is None or len(X) <= max_rows:
        return X, y
    drawn = np.random.RandomState(seed).choice(len(X), max_rows, replace=False)
    return _rows(X, np.sort(drawn)), _rows(y, np.sort(drawn))


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


def _rows(table: Any, positions: Any) -> Any:
    return table.iloc[positions] if hasattr(table, "iloc") else np.asarray(table)[positions]


def _same_length(split: str, X: Any, y: Any) -> None:
    if len(X) != len(y):
        raise ValueError(f"{len(X)} {split} rows but {len(y)} labels")
    if len(X) == 0:
        raise ValueError(f"there are no {split} rows")
