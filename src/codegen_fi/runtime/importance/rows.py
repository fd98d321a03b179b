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

RAW = "raw"
ENGINEERED = "engineered"


@dataclass(frozen=True)
class Row:
    """One importance, or the reason why there is none.

    Attributes
    ----------
    method : str
        `native`, `native_coef` or `permutation`.
    space : str
        `raw` for a column of the data, `engineered` for a column of the featurized matrix.
    model : str
        `model` for the whole, else the ensemble's member.
    feature, raw_feature : str
        The column's name and the raw column(s) it comes from; both empty in a row that gives
        a reason only.
    importance, std, ci_low, ci_high : float
        In units of the method; nan where the method has none.
    share : float
        Part of the sum over the positive importances of the same method, space and model.
    rank : int or None
        1 for the largest importance of the same method, space and model.
    note : str
        What a reader must know before quoting the number.
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


COLUMNS = tuple(field.name for field in fields(Row))
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
) -> list[Row]:
    """Lay out one group of importances, largest first."""
    share, rank = shares(measure.importance), ranks(measure.importance)
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
        )
        for i, column in enumerate(columns)
    ]
    return sorted(found, key=lambda row: len(found) + 1 if row.rank is None else row.rank)


def reason_row(method: str, model: str, note: str) -> Row:
    """Say in the table why a method gives nothing for a model."""
    nan = math.nan
    return Row(method, RAW, model, "", "", nan, nan, nan, nan, nan, None, note)


def row_from(record: Mapping[str, object]) -> Row:
    """Rebuild a row from what CSV or JSON hold; empty and null numbers become nan."""
    values: dict[str, object] = {}
    for name in COLUMNS:
        value = record.get(name)
        if name in NUMBERS:
            values[name] = math.nan if value in (None, "") else float(str(value))
        elif name == "rank":
            values[name] = None if value in (None, "") else int(str(value))
        else:
            values[name] = "" if value is None else str(value)
    return Row(**values)  # type: ignore[arg-type]
