"""Many columns of numbers with one step each, written into one matrix without a matrix for each.

Generated featurizers give every number an entry of its own, for its mean in place of missing cells
or for a mark of them. Whatever is not exactly this is left to the chains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.impute import SimpleImputer

from ..featurization.generic.imputation_marker import ImputationMarker

# What is written of each column in turn stays in the cache of the processor.
ROWS_AT_ONCE = 1024


class Entry(NamedTuple):
    """One entry of a mapper.

    Attributes
    ----------
    name : str
        Its only column.
    chain : TransformerChain
        Of one step.
    """

    name: str
    chain: Any


def fit_numbers(X: pd.DataFrame, built: Sequence[Any], *, input_df: bool) -> NDArray[Any] | None:
    """Fit all chains and give the matrix.

    Parameters
    ----------
    X : DataFrame, (n, raw columns)
    built : sequence of (columns, TransformerChain, options)
    input_df : bool

    Returns
    -------
    ndarray, (n, entries), or None
        None when an entry is of another kind; nothing is fitted then.
    """
    entries = _entries(X, built, input_df=input_df)
    steps = [entry.chain.transformers[0] for entry in entries if len(entry.chain.transformers) == 1]
    if not entries or len(steps) < len(entries):
        return None
    if all(type(step) is ImputationMarker for step in steps):
        fitted = [clone(step) for step in steps]
        matrix = _marks(X, entries)
    elif all(_fills_means(step) for step in steps):
        means = [_mean(column) for column in _columns(X, entries)]
        if any(mean is None for mean in means):
            return None
        fitted = _imputers(entries, steps, means)
        matrix = _filled(X, entries, [float(step.statistics_[0]) for step in fitted])
    else:
        return None
    for entry, step in zip(entries, fitted, strict=True):
        entry.chain.steps_ = [step]
    return matrix


def transform_numbers(
    X: pd.DataFrame, built: Sequence[Any], *, input_df: bool
) -> NDArray[Any] | None:
    """Give the matrix of new rows.

    Parameters
    ----------
    X : DataFrame, (n, raw columns)
    built : sequence of (columns, TransformerChain, options)
        Fitted.
    input_df : bool

    Returns
    -------
    ndarray, (n, entries), or None
        None when an entry is of another kind.
    """
    entries = _entries(X, built, input_df=input_df)
    steps = [entry.chain.steps_[0] for entry in entries if len(entry.chain.steps_) == 1]
    if not entries or len(steps) < len(entries):
        return None
    if all(type(step) is ImputationMarker for step in steps):
        return _marks(X, entries)
    if not all(_fills_means(step) and _is_full(step) for step in steps):
        return None
    if any(_is_unfit(column) for column in _columns(X, entries)):
        return None
    return _filled(X, entries, [float(step.statistics_[0]) for step in steps])


def _entries(X: pd.DataFrame, built: Sequence[Any], *, input_df: bool) -> list[Entry]:
    """Give the entries, or none when one of them is not a single column handed over as a frame."""
    if not len(X):
        return []
    entries = []
    for columns, chain, options in built:
        plain = isinstance(columns, list) and len(columns) == 1 and isinstance(columns[0], str)
        if not plain or not options.get("input_df", input_df):
            return []
        entries.append(Entry(columns[0], chain))
    return entries


def _fills_means(step: Any) -> bool:
    return (
        type(step) is SimpleImputer
        and step.strategy == "mean"
        and isinstance(step.missing_values, float)
        and np.isnan(step.missing_values)
        and step.fill_value is None
        and step.copy is True
        and step.add_indicator is False
        and step.keep_empty_features is False
    )


def _is_full(step: Any) -> bool:
    return bool(step._fit_dtype == np.float64 and np.isfinite(step.statistics_).all())


def _columns(X: pd.DataFrame, entries: Sequence[Entry]) -> Iterator[NDArray[Any] | None]:
    """Give each column as an array, and None for one that scikit-learn would treat differently."""
    for entry in entries:
        column = X[entry.name]
        dtype = column.dtype
        known = isinstance(dtype, np.dtype) and (dtype.kind in "iu" or dtype == np.float64)
        yield np.ascontiguousarray(column.to_numpy()) if known else None


def _total(column: NDArray[Any]) -> float:
    """Add up, to the bit as scikit-learn does: a matrix of one column along its rows."""
    with np.errstate(over="ignore", invalid="ignore"):
        total: float = column.astype(np.float64, copy=False).reshape(-1, 1).sum(axis=0)[0]
    return total


def _mean(column: NDArray[Any] | None) -> float | None:
    if column is None:
        return None
    total, count = _total(column), len(column)
    if np.isnan(total):
        missing = np.isnan(column)
        count -= int(np.count_nonzero(missing))
        total = _total(np.where(missing, 0.0, column))
    if not count or not np.isfinite(total):
        return None
    return total * 1.0 / count


def _is_unfit(column: NDArray[Any] | None) -> bool:
    """Tell whether it is None or holds infinite numbers, which scikit-learn refuses."""
    if column is None:
        return True
    return not np.isfinite(_total(column)) and bool(np.isinf(column).any())


def _imputers(entries: Sequence[Entry], steps: Sequence[Any], means: Sequence[Any]) -> list[Any]:
    """Make fitted imputers: one is fitted on a cell, the others differ in name and mean."""
    first = entries[0].name
    like: Any = clone(steps[0])
    learnt = vars(like.fit(pd.DataFrame({first: [0.0]})))
    learnt = {name: value for name, value in learnt.items() if name not in steps[0].get_params()}
    fitted = []
    for entry, step, mean in zip(entries, steps, means, strict=True):
        imputer: Any = clone(step)
        vars(imputer).update(learnt)
        imputer.feature_names_in_ = np.array([entry.name], dtype=object)
        imputer.statistics_ = np.array([mean])
        fitted.append(imputer)
    return fitted


def _filled(X: pd.DataFrame, entries: Sequence[Entry], means: Sequence[float]) -> NDArray[Any]:
    columns = [column for column in _columns(X, entries) if column is not None]
    gaps = [column.dtype.kind == "f" and bool(np.isnan(column.min())) for column in columns]

    def piece(place: int, rows: slice) -> NDArray[Any]:
        values = columns[place][rows]
        return np.where(np.isnan(values), means[place], values) if gaps[place] else values

    return _written(len(X), len(entries), np.float64, piece)


def _marks(X: pd.DataFrame, entries: Sequence[Entry]) -> NDArray[Any]:
    marks = [pd.isna(X[entry.name]).to_numpy() for entry in entries]
    return _written(len(X), len(entries), bool, lambda place, rows: marks[place][rows])


def _written(
    rows: int, width: int, dtype: Any, piece: Callable[[int, slice], NDArray[Any]]
) -> NDArray[Any]:
    matrix = np.empty((rows, width), dtype=dtype)
    for start in range(0, rows, ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        for place in range(width):
            matrix[some, place] = piece(place, some)
    return matrix
