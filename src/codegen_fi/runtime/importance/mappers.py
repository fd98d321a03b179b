"""The mappers of sklearn-pandas, which don't tell their columns: they are asked entry by entry."""

from __future__ import annotations

import copy
from typing import Any


def is_mapper(part: Any) -> bool:
    """Tell a fitted mapper that keeps its entries and doesn't tell its columns."""
    return hasattr(part, "built_features") and not hasattr(part, "feature_lineage")


def outputs_of(mapper: Any, X: Any) -> tuple[list[str], list[tuple[str, ...]]]:
    """Name the columns that a fitted mapper gives, and tell their raw columns.

    An entry gives as many columns as it makes of a few rows. Its outputs carry the names of
    its raw columns, numbered when there are several.

    Parameters
    ----------
    mapper : fitted `DataFrameMapper`
    X : DataFrame of shape (rows, columns)
        Rows as the mapper takes them.

    Returns
    -------
    names : list of str
    owners : list of tuple of str
    """
    names: list[str] = []
    owners: list[tuple[str, ...]] = []
    for entry in mapper.built_features:
        raw = (entry[0],) if isinstance(entry[0], str) else tuple(entry[0])
        width = _alone(mapper, entry).transform(X.head(2)).shape[1]
        label = ", ".join(str(column) for column in raw)
        names.extend([label] if width == 1 else [f"{label}_{i}" for i in range(width)])
        owners.extend([tuple(str(column) for column in raw)] * width)
    return names, owners


def _alone(mapper: Any, entry: Any) -> Any:
    one = copy.copy(mapper)
    one.built_features, one.built_default = [entry], False
    return one
