"""Make a table fit a model: the columns it takes, in its order, and labels it can know."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import DataError
from .importance.anatomy import steps_of
from .importance.lineage import is_featurizer
from .table_checks import check_columns
from .table_dates import parse_dates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

_TRIED = 5
_SHOWN = 5
_DATES = "DateTimeFeaturesTransformer"
_NAMELESS = "X has feature names, but"


@dataclass(frozen=True)
class Rows:
    """A table as the model takes it.

    Attributes
    ----------
    X : DataFrame of shape (rows, columns)
    y : array of shape (rows,)
    where : str
        The file, for messages.
    notes : tuple of str
        What was done with it.
    weights : array of shape (rows,) or None
        How much each row counts.
    """

    X: Any
    y: Any
    where: str
    notes: tuple[str, ...] = ()
    weights: Any = None


def fitting_rows(
    model: Any,
    table: pd.DataFrame,
    label: str,
    where: Path,
    task: str | None = None,
    weights: str | None = None,
) -> Rows:
    """Split a table into what the model takes and the labels.

    Raises
    ------
    DataError
        A column that the model takes is missing, there are too many or too few of them, or the
        labels aren't of the model's kind.
    """
    notes: list[str] = []
    empty = table[label].isna().to_numpy()
    if empty.any():
        notes.append(f"{where}: left out {empty.sum():,} of {len(table):,} rows without a label")
        table = table[~empty].reset_index(drop=True)
    counted = None if weights is None else _weights(table, weights, where)
    named, exactly = columns_of(model)
    named = _spelled(named, [str(name) for name in table.columns])
    if weights is not None and weights not in named:
        table = table.drop(columns=[weights])
    check_columns(table, where, label=label, weights=None, columns=named, reader="model")
    X = parse_dates(table.drop(columns=[label]), _dated(model))
    if exactly and named:
        notes += _others(X, named, where)
        X = X[list(named)]
    if not named:
        _check_width(model, X, where)
        notes.append(f"the model doesn't name its columns: those of {where} are taken in order")
        # Told once here, instead of at every prediction.
        warnings.filterwarnings("ignore", message=_NAMELESS)
    y = table[label].to_numpy()
    notes += _check_labels(model, y, label, where, task)
    return Rows(X, y, str(where), tuple(notes), counted)


def _weights(table: pd.DataFrame, weights: str, where: Path) -> Any:
    """Return the column of the weights as numbers.

    Raises
    ------
    DataError
        One of them is no number from 0 on, or all are 0.
    """
    try:
        found = table[weights].to_numpy(dtype=float)
    except (TypeError, ValueError) as error:
        raise DataError(
            f"{where}: the weights in {weights!r} aren't all numbers ({error}). Name a column of "
            "numbers with --weights."
        ) from error
    wrong = ~np.isfinite(found) | (found < 0)
    if wrong.any() or not found.any():
        what = f"{wrong.sum():,} weights are missing or below 0" if wrong.any() else "all are 0"
        raise DataError(
            f"{where}: {what} in {weights!r}. Weights are numbers from 0 on, and not all are 0."
        )
    return found


def columns_of(model: Any) -> tuple[tuple[str, ...], bool]:
    """Return the columns a model takes, and whether it takes no others beside them.

    Empty when it doesn't tell.
    """
    first = steps_of(model)[0]
    for part in (model, first):
        names = [str(name) for name in getattr(part, "feature_names_in_", ())]
        # LightGBM's own names for the columns of a bare array.
        if names and not all(name.startswith("Column_") for name in names):
            return tuple(names), not is_featurizer(first)
    return tuple(dict.fromkeys(str(name) for name in _mapped(first))), False


def _spelled(named: tuple[str, ...], columns: list[str]) -> tuple[str, ...]:
    """Return names as the table has them: LightGBM keeps each space as an underscore."""
    spaced: dict[str, list[str]] = {}
    for column in columns:
        spaced.setdefault(re.sub(r"\s", "_", column), []).append(column)
    known = set(columns)
    found = ([name] if name in known else spaced.get(name, [name]) for name in named)
    return tuple(those[0] if len(those) == 1 else name for name, those in zip(named, found))  # noqa: B905


def _mapped(featurizer: Any) -> Iterator[str]:
    """Yield the columns that the mappers of a featurizer read."""
    for entry in _entries(featurizer):
        columns = entry[0]
        yield from [columns] if isinstance(columns, str) else columns


def _entries(featurizer: Any) -> Iterator[Any]:
    for _, branch in getattr(featurizer, "transformer_list", None) or ():
        for step in steps_of(branch)[:1]:
            yield from _entries(step)
    features = getattr(featurizer, "features", None)
    if isinstance(features, (list, tuple)):
        yield from features


def _dated(model: Any) -> list[str]:
    """Return the columns that the model takes apart as dates."""
    found: list[str] = []
    for entry in _entries(steps_of(model)[0]):
        if _DATES in repr(entry[1]):
            found += [entry[0]] if isinstance(entry[0], str) else list(entry[0])
    return [str(name) for name in found]


def _others(X: pd.DataFrame, named: tuple[str, ...], where: Path) -> list[str]:
    others = [str(name) for name in X.columns if str(name) not in named]
    if not others:
        return []
    return [f"{where}: {_some(others)} left out, which the model doesn't take"]


def _check_width(model: Any, X: pd.DataFrame, where: Path) -> None:
    width = getattr(steps_of(model)[0], "n_features_in_", None)
    if width is not None and width != X.shape[1]:
        raise DataError(
            f"The model takes {width:,} columns without telling their names, and {where} has "
            f"{X.shape[1]:,} besides the label: {_some([str(c) for c in X.columns])}. Give a table "
            "with exactly these columns, in the order of the training, and the label."
        )


def _check_labels(model: Any, y: Any, label: str, where: Path, task: str | None) -> list[str]:
    classes = getattr(model, "classes_", None)
    if classes is None or task == "regression":
        return _check_numbers(model, y, label, where, task)
    known = set(np.asarray(classes).tolist())
    unknown = sorted({value for value in y.tolist() if value not in known}, key=repr)
    if not unknown:
        return []
    if len(unknown) == len(set(y.tolist())):
        raise DataError(
            f"{where}: none of the labels in {label!r} is a class of the model. The labels are "
            f"{_kinds(unknown)}; the model's classes are {_kinds(sorted(known, key=repr))}. Is "
            "this the right --label, written as it was for the training?"
        )
    rows = sum(value in set(unknown) for value in y.tolist())
    return [
        f"{where}: {rows:,} of {len(y):,} rows have labels the model has never seen: "
        f"{_some([repr(value) for value in unknown])}; it can't be right on them"
    ]


def _check_numbers(model: Any, y: Any, label: str, where: Path, task: str | None) -> list[str]:
    if getattr(model, "_estimator_type", None) == "classifier" or task == "classification":
        return []
    if np.asarray(y).dtype.kind in "biuf":
        return []
    raise DataError(
        f"{where}: the label column {label!r} holds {_kinds(list(dict.fromkeys(y.tolist())))}, and "
        "the model predicts numbers. Name the column it predicts with --label."
    )


def try_rows(model: Any, rows: Rows) -> None:
    """Predict the first rows, so that what doesn't fit shows at once and in one message.

    Raises
    ------
    DataError
        The predictions aren't one value for each row.
    Exception
        Whatever the model raises.
    """
    if not hasattr(model, "predict") or hasattr(model, "forecast"):
        return
    few = rows.X[:_TRIED]
    predicted = np.asarray(model.predict(few))
    if predicted.shape not in {(len(few),), (len(few), 1)}:
        raise DataError(
            f"The model's predict returns an array of shape {predicted.shape} for {len(few)} "
            "rows. Give a model with one label for each row, such as scikit-learn's estimators."
        )


def _kinds(values: list[Any]) -> str:
    names = {"str": "text", "int": "whole numbers", "float": "numbers", "bool": "true or false"}
    kinds = sorted({names.get(type(value).__name__, type(value).__name__) for value in values})
    return f"{_some([repr(value) for value in values])} ({' and '.join(kinds)})"


def _some(texts: list[str]) -> str:
    rest = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + rest
