"""Names of the featurized columns, and the raw columns each is computed from.

The featurizers say both themselves; names alone can't be parsed back, because a raw column may be
called like an engineered one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from .column_transformers import is_column_transformer, outputs_of_transformer
from .compat import pairs
from .mappers import is_mapper, outputs_of
from .rows import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

UNUSED, UNREAD = "not used by the featurizer", "not used by the model"

# The mappers' own method, FeatureUnion's and ColumnTransformer's constructor arguments, and
# what a fitted mapper of sklearn-pandas carries.
_TELLTALES = ("feature_lineage", "transformer_list", "transformers", "built_features")


class LineageError(Exception):
    """The columns that reach the model can't be traced to the columns of the data."""


@dataclass(frozen=True)
class Lineage:
    """Raw columns, engineered columns, and who is computed from whom.

    Attributes
    ----------
    raw : tuple of str
        The data's columns in order.
    engineered : tuple of str
        The matrix's columns in order.
    owners : tuple of tuple of int
        For each engineered column the positions of its raw columns.
    """

    raw: tuple[str, ...]
    engineered: tuple[str, ...]
    owners: tuple[tuple[int, ...], ...]

    def used(self) -> NDArray[np.bool_]:
        """Tell for each raw column whether any engineered column is computed from it."""
        used = np.zeros(len(self.raw), dtype=bool)
        used[list({owner for owners in self.owners for owner in owners})] = True
        return used

    def raw_columns(self) -> list[Column]:
        """Describe the raw columns; unused ones carry a note."""
        return [
            Column(name, name, "" if used else UNUSED)
            for name, used in pairs(self.raw, self.used().tolist())
        ]

    def engineered_columns(self) -> list[Column]:
        """Describe the engineered columns with the raw columns they come from."""
        return [
            Column(name, " + ".join(self.raw[i] for i in owners), _shared(len(owners)))
            for name, owners in pairs(self.engineered, self.owners)
        ]

    def sum_by_raw(self, importance: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum importances of shape (engineered,) to (raw,); several owners share one equally."""
        total = np.zeros(len(self.raw))
        for value, owners in pairs(importance.tolist(), self.owners):
            for owner in owners:
                total[owner] += value / len(owners)
        return total


def column_names(X: Any) -> tuple[str, ...]:
    """Name the columns of the data; those of a bare array are x0, x1, ... as in scikit-learn.

    Raises
    ------
    ValueError
        When two columns have one name.
    """
    columns = getattr(X, "columns", None)
    if columns is None:
        return tuple(f"x{i}" for i in range(X.shape[1]))
    names = tuple(str(name) for name in columns)
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"two columns of the data are named {twice[0]!r}")
    return names


def identity(raw: Sequence[str]) -> Lineage:
    """Trace a model that takes the raw columns as they are."""
    names = tuple(raw)
    return Lineage(names, names, tuple((i,) for i in range(len(names))))


def traced(featurizer: Any, raw: Sequence[str], X: Any = None) -> Lineage:
    """Ask a fitted featurizer for its columns; mappers of sklearn-pandas are tried on rows of X.

    Raises
    ------
    LineageError
        When a part of it can't say, or names a column that the data don't have.
    """
    position = {name: i for i, name in enumerate(raw)}
    names: list[str] = []
    owners: list[tuple[int, ...]] = []
    for part in parts_of(featurizer):
        told, lines = _told(part, X, raw)
        names.extend(told)
        # A text makes thousands of columns of the same ones.
        known: dict[tuple[Any, ...], tuple[int, ...]] = {}
        for line in map(tuple, lines):
            if line not in known:
                known[line] = _positions(line, position)
            owners.append(known[line])
    if len(names) != len(owners):
        raise LineageError(
            f"the featurizer names {len(names)} columns but traces {len(owners)} of them"
        )
    return Lineage(tuple(raw), _unique(names), tuple(owners))


def parts_of(featurizer: Any) -> list[Any]:
    """Split a featurizer into the mappers whose outputs stand side by side.

    Raises
    ------
    LineageError
        When one of them does not tell its columns.
    """
    if hasattr(featurizer, "feature_lineage") or is_mapper(featurizer):
        return [featurizer]
    if is_column_transformer(featurizer):
        return [featurizer]
    branches = getattr(featurizer, "transformer_list", None)
    if branches is None:
        raise LineageError(f"{type(featurizer).__name__} does not tell its columns")
    if getattr(featurizer, "transformer_weights", None):
        raise LineageError("a FeatureUnion with transformer_weights is not supported")
    return [part for _, branch in branches if branch != "drop" for part in parts_of(branch)]


def is_featurizer(step: Any) -> bool:
    """Tell whether a step computes its columns from named columns of the data."""
    return any(hasattr(step, name) for name in _TELLTALES)


def _told(part: Any, X: Any, raw: Sequence[str]) -> tuple[list[str], list[Any]]:
    if is_column_transformer(part):
        names, owners = outputs_of_transformer(part, raw)
        return names, list(owners)
    if hasattr(part, "named_lineage"):
        names, owners = part.named_lineage()
        return names, owners
    if not is_mapper(part):
        return [str(name) for name in part.get_feature_names_out()], list(part.feature_lineage())
    if X is None or not hasattr(X, "head"):
        raise LineageError(f"{type(part).__name__} does not tell its columns")
    names, owners = outputs_of(part, X)
    return names, list(owners)


def _positions(line: Any, position: dict[str, int]) -> tuple[int, ...]:
    names = list(dict.fromkeys(str(name) for name in line))
    unknown = [name for name in names if name not in position]
    if unknown:
        raise LineageError(f"the featurizer reads column {unknown[0]!r}, which the data don't have")
    return tuple(position[name] for name in names)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Add a number to names met before: two mappers may give one name without knowing it."""
    taken = set(names)
    if len(taken) == len(names):
        return tuple(names)
    seen: set[str] = set()
    found = []
    for name in names:
        unique = name
        if name in seen:
            unique = next(new for n in count(2) if (new := f"{name}#{n}") not in taken)
            taken.add(unique)
        seen.add(name)
        found.append(unique)
    return tuple(found)


def _shared(owners: int) -> str:
    return f"computed from {owners} columns, which share it equally" if owners > 1 else ""
