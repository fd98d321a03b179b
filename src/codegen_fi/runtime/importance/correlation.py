"""Raw columns that move together: they share or hide each other's importance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from .association import across, between_categories, between_numbers
from .kinds import is_number, kinds_of
from .lineage import column_names
from .matrices import rows_of
from .rows import RAW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .kinds import Kinds
    from .rows import Row

THRESHOLD = 0.8
MAX_ROWS = 20_000
MAX_COLUMNS = 5_000
MOST_COMPARED = 250_000_000
"""Pairs of values looked at: rows are left out of wide tables until they are no more."""

FEWEST_ROWS = 1_000
_QUICKER = 10
_NAMED = 3


@dataclass(frozen=True)
class Group:
    """Columns that move together.

    Attributes
    ----------
    name : str
        Made of the first column's name.
    columns : tuple of str
        Two or more, in the order of the data.
    strength : float
        Mean association of its pairs, between 0 and 1.
    """

    name: str
    columns: tuple[str, ...]
    strength: float


@dataclass(frozen=True)
class Correlation:
    """The groups, and what was not looked at with the reason."""

    groups: tuple[Group, ...]
    skipped: tuple[tuple[str, str], ...] = ()


def correlated(X: Any, *, threshold: float = THRESHOLD, seed: int = 0) -> tuple[Group, ...]:
    """Find the columns that move together; see `correlation_of`."""
    return correlation_of(X, threshold=threshold, seed=seed).groups


def correlation_of(X: Any, *, threshold: float = THRESHOLD, seed: int = 0) -> Correlation:
    """Find the columns that move together, and say what was not looked at.

    The association of two numbers (dates count as such) is |Spearman's correlation|, of two
    categories bias-corrected Cramer's V, of a category and a number the correlation ratio eta,
    each over the rows where both are known. Columns are merged by average linkage as long as
    the mean association between two clusters is `threshold` or more.

    Parameters
    ----------
    X : DataFrame, array or sparse matrix of shape (rows, columns)
        Columns with too many different texts are left out. More than `MAX_ROWS` rows are
        sampled; fewer if the table has hundreds of columns.
    threshold : float
        Above 0 and at most 1.
    seed : int
        Of the sample of rows.

    Raises
    ------
    ValueError
        For another threshold, and when two columns have one name.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"the threshold must lie above 0 and be at most 1, got {threshold}")
    names = column_names(X)
    if len(names) > MAX_COLUMNS:
        why = f"{len(names)} columns are more than the {MAX_COLUMNS} that are compared"
        return Correlation((), (("correlation", why),))
    table, sampled = _sampled(X, seed)
    kinds = kinds_of(table, names)
    positions = [*kinds.numbers, *kinds.categories]
    order = np.argsort(positions, kind="stable")
    strength = _associations(kinds)
    if (np.diff(order) < 0).any():
        strength = strength[np.ix_(order, order)]
    ordered = [names[positions[i]] for i in order]
    return Correlation(tuple(_groups(strength, ordered, threshold)), (*sampled, *kinds.left_out))


def noted(rows: Iterable[Row], groups: Sequence[Group]) -> list[Row]:
    """Tell in the rows of raw columns which others move together with them."""
    notes = {column: _note(column, group) for group in groups for column in group.columns}
    return [
        replace(row, note="; ".join(part for part in (row.note, notes[row.feature]) if part))
        if row.space == RAW and row.feature in notes
        else row
        for row in rows
    ]


def group_name(columns: Sequence[str]) -> str:
    """Name columns by the first of them."""
    if len(columns) == 2:  # noqa: PLR2004
        return f"{columns[0]} + {columns[1]}"
    return f"{columns[0]} + {len(columns) - 1} more"


def _note(column: str, group: Group) -> str:
    others = [name for name in group.columns if name != column]
    rest = len(others) - _NAMED
    named = ", ".join(others if rest <= 1 else others[:_NAMED])
    return f"moves together with {named}" + (f" and {rest} more" if rest > 1 else "")


def _groups(strength: NDArray[np.float64], names: Sequence[str], threshold: float) -> list[Group]:
    if len(names) < 2:  # noqa: PLR2004
        return []
    distance = 1.0 - squareform(strength, checks=False)
    cluster = fcluster(linkage(distance, "average"), 1.0 - threshold + 1e-9, "distance")
    found = []
    for label in dict.fromkeys(cluster.tolist()):
        members = np.flatnonzero(cluster == label).tolist()
        if len(members) > 1:
            pairs = strength[np.ix_(members, members)][np.triu_indices(len(members), 1)]
            columns = tuple(names[i] for i in members)
            found.append(Group(group_name(columns), columns, float(pairs.mean())))
    return found


def _associations(kinds: Kinds) -> NDArray[np.float64]:
    if kinds.codes.shape[1] == 0:
        return between_numbers(kinds.values)
    mixed = across(kinds.codes, kinds.values)
    return np.block(
        [
            [between_numbers(kinds.values), mixed.T],
            [mixed, between_categories(kinds.codes)],
        ]
    )


def _sampled(X: Any, seed: int) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    rows = X.shape[0]
    most = rows if rows <= FEWEST_ROWS else min(MAX_ROWS, _affordable(X))
    sampled: list[tuple[str, str]] = []
    if rows > most:
        chosen = np.sort(np.random.RandomState(seed).choice(rows, most, replace=False))
        X = rows_of(X, chosen)
        sampled = [("rows", f"correlation looked at {most} of {rows} rows")]
    dense = X.toarray() if hasattr(X, "toarray") else X
    return (dense if isinstance(dense, pd.DataFrame) else pd.DataFrame(np.asarray(dense))), sampled


def _affordable(X: Any) -> int:
    """Count the rows at which all pairs stay within the budget."""
    width, categories = X.shape[1], 0
    if isinstance(X, pd.DataFrame):
        head = X.head(FEWEST_ROWS)
        categories = sum(not is_number(head.iloc[:, i]) for i in range(width))
    numbers = width - categories
    # Numbers are multiplied as matrices, which is so many times quicker than counting.
    pairs = categories * width + numbers**2 // _QUICKER
    return max(FEWEST_ROWS, MOST_COMPARED // max(int(pairs), 1))
