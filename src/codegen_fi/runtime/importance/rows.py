"""The tidy table's records; one row is one number that somebody may quote."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

WHOLE = "model"
"""What the column `model` says in rows about the whole model, not one of its members."""

META = "meta-learner"
"""How what `model` says begins in rows about the model that mixes a stack's members."""

RAW = "raw"
ENGINEERED = "engineered"
GROUP = "group"
"""The space of raw columns that were shuffled together."""


@dataclass(frozen=True)
class Row:
    """One importance, or the reason why there is none.

    Attributes
    ----------
    method : str
        `native`, `native_coef`, `coefficient`, `permutation` or `shap`.
    space : str
        `raw` for a column of the data, `engineered` for a column of the featurized matrix,
        `group` for columns of the data taken together.
    model : str
        `model` for the whole, else the ensemble's member.
    feature, raw_feature : str
        The column's or the group's name and the raw column(s) it comes from, joined by ` + `;
        both empty in a row that gives a reason only.
    importance, std, ci_low, ci_high : float
        In units of the method; nan where the method has none.
    share : float
        Part of the sum over the positive importances of the same method, space, model and
        class; of the sum over the magnitudes where importances have a sign (`coefficient`).
    rank : int or None
        1 for the largest importance (magnitude) of the same method, space, model and class.
    note : str
        What a reader must know before quoting the number.
    class_name : str
        The class whose output is explained; empty for all outputs together. The table's
        column is called `class`, which Python keeps for itself.
    """

    method: str
    space: str
    model: str
    feature: str
    raw_feature: str
    importance: float
    std: float
    ci_low: float
    ci_high: float
    share: float
    rank: int | None
    note: str = ""
    class_name: str = ""


_FIELDS = {"class" if f.name == "class_name" else f.name: f.name for f in fields(Row)}
COLUMNS = tuple(_FIELDS)
FIRST_COLUMNS = COLUMNS[: COLUMNS.index("class")]
"""The columns of tables of schema version 1."""
NUMBERS = ("importance", "std", "ci_low", "ci_high", "share")


@dataclass(frozen=True)
class Measure:
    """Importances of n columns with their spread; arrays of shape (n,)."""

    importance: NDArray[np.float64]
    std: NDArray[np.float64]
    ci_low: NDArray[np.float64]
    ci_high: NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """A column of either space: its name, where it comes from, what to know about it."""

    feature: str
    raw_feature: str
    note: str = ""


def exact(importance: NDArray[np.float64]) -> Measure:
    """Wrap importances that have no spread."""
    unknown = np.full(len(importance), np.nan)
    return Measure(importance, unknown, unknown, unknown)


def shares(importance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide the positive part by its sum; all zero when nothing is positive."""
    positive = np.where(importance > 0, importance, 0.0)
    total = positive.sum()
    return positive / total if total > 0 else positive


def ranks(importance: NDArray[np.float64]) -> list[int | None]:
    """Rank from 1 for the largest; ties keep the column order; nan has no rank."""
    order = np.argsort(-importance, kind="stable")
    found: list[int | None] = [None] * len(importance)
    for rank, position in enumerate(order, start=1):
        if not math.isnan(importance[position]):
            found[position] = rank
    return found


def rows_of(
    method: str,
    space: str,
    model: str,
    columns: Sequence[Column],
    measure: Measure,
    note: str = "",
    class_name: str = "",
    signed: bool = False,
) -> list[Row]:
    """Lay out one group of importances, largest first; by magnitude where they have a sign."""
    size = np.abs(measure.importance) if signed else measure.importance
    share, rank = shares(size), ranks(size)
    found = [
        Row(
            method=method,
            space=space,
            model=model,
            feature=column.feature,
            raw_feature=column.raw_feature,
            importance=float(measure.importance[i]),
            std=float(measure.std[i]),
            ci_low=float(measure.ci_low[i]),
            ci_high=float(measure.ci_high[i]),
            share=float(share[i]),
            rank=rank[i],
            note="; ".join(part for part in (column.note, note) if part),
            class_name=class_name,
        )
        for i, column in enumerate(columns)
    ]
    return sorted(found, key=lambda row: len(found) + 1 if row.rank is None else row.rank)


def reason_row(method: str, model: str, note: str) -> Row:
    """Say in the table why a method gives nothing for a model."""
    nan = math.nan
    return Row(method, RAW, model, "", "", nan, nan, nan, nan, nan, None, note)


def record_of(row: Row) -> dict[str, object]:
    """Give a row's values by the table's columns."""
    return {column: getattr(row, name) for column, name in _FIELDS.items()}


def row_from(record: Mapping[str, object]) -> Row:
    """Rebuild a row from what CSV or JSON hold.

    Empty and null numbers become nan; columns that older tables lack become empty.
    """
    values: dict[str, object] = {}
    for column, name in _FIELDS.items():
        value = record.get(column)
        if column in NUMBERS:
            values[name] = math.nan if value in (None, "") else float(str(value))
        elif column == "rank":
            values[name] = None if value in (None, "") else int(str(value))
        else:
            values[name] = "" if value is None else str(value)
    return Row(**values)  # type: ignore[arg-type]
