"""Shuffled rows that a model predicts along with the rows as they are, to hold the quick way to.

Most of what a model of several estimators takes for few rows is the same for any number of them.
The rows as they are come in another order, so that a featurizer that looks at more than one row at
a time is noticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .hollow import opened
from .matrices import is_plain, same
from .rowwise import row_by_row
from .stackable import keeps_rows_apart as combines_row_by_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .lineage import Lineage
    from .listening import Heard

    Said = dict[str, Any]

MOST_ROWS = 1 << 22
"""Rows up to which a model is asked about both together, which copies the table."""

_STRETCH = 1 << 16

FEWEST, MOST = 64, 512
"""Shuffled rows in all: an eighth of the table's, within these bounds."""


class ProofError(ValueError):
    """The quick way says something else of a shuffled row than the model."""


class Proof:
    """For raw columns, some of the very rows that shuffling the data makes.

    Parameters
    ----------
    X : DataFrame or ndarray of shape (rows, columns)
    lineage : Lineage
    order : ndarray of int of shape (rows,)
        Of the shuffle.
    """

    def __init__(self, X: Any, lineage: Lineage, order: NDArray[np.intp]) -> None:
        random = np.random.RandomState(0)
        self._order = order
        self._count = len(order)
        self._back = np.argsort(order)
        columns = _alone(lineage)
        wanted = min(MOST, max(FEWEST, self._count // 8))
        chosen = np.sort(random.permutation(len(columns))[:wanted])
        each = wanted // max(1, len(chosen))
        raw = [list(columns)[i] for i in chosen.tolist()]
        rows = random.randint(0, self._count, (len(raw), each))
        self._rows = {columns[column]: of_one for column, of_one in zip(raw, rows)}  # noqa: B905
        self._said: Said = {}
        self._X = X
        self._table = _with_rows(X, raw, rows, order)

    def asked(self, name: str, X: Any, ask: Callable[[Any], Any]) -> Any:
        """Ask about the rows as they are and the shuffled ones; give the answer for the former.

        Raises
        ------
        ValueError
            When X is another table.
        """
        if X is not self._X:
            raise ValueError("other rows are asked about")
        answer = np.asarray(ask(self._table))
        self._said[name] = answer[self._count :]
        return answer[self._back]

    def forget(self) -> None:
        """Let the tables go, which are asked about once."""
        self._X = self._table = None

    def without_more(self, heard: Heard) -> Heard:
        """Leave what estimators said of the rows as they are, in their order."""
        return {
            key: {name: np.asarray(each)[self._back] for name, each in answers.items()}
            for key, answers in heard.items()
        }

    def follows(self, made: Any, matrix: Any) -> bool:
        """Tell whether a featurizer made of the table what it made of the rows alone."""
        if not is_plain(made) or made.shape[1] != matrix.shape[1]:
            return False
        starts = range(0, self._count, _STRETCH)
        return all(
            same(made[start:stop], matrix[self._order[start:stop]], bits=True)
            for start, stop in ((start, min(start + _STRETCH, self._count)) for start in starts)
        )

    def of(
        self, blocks: Sequence[Sequence[int]], orders: Sequence[NDArray[np.intp]]
    ) -> dict[int, tuple[NDArray[np.intp], Said]]:
        """Find what the model says of the first shuffle of some blocks of engineered columns.

        Returns
        -------
        dict of int to (rows, dict of str to array)
            By the place of the block.
        """
        if not len(orders) or not np.array_equal(orders[0], self._order):
            return {}
        starts = {block: i * len(rows) for i, (block, rows) in enumerate(self._rows.items())}
        found = {}
        for place, block in enumerate(map(tuple, blocks)):
            if block in self._rows:
                rows, start = self._rows[block], starts[block]
                at = slice(start, start + len(rows))
                found[place] = rows, {name: said[at] for name, said in self._said.items()}
        return found


def hold(said: Said, proof: tuple[NDArray[np.intp], Said]) -> None:
    """Hold the answers for all rows of a shuffle against the model's for some.

    Raises
    ------
    ProofError
        When they aren't equal to the last bit.
    """
    rows, expected = proof
    for name, each in expected.items():
        if not same(np.asarray(said[name])[rows], each, bits=True):
            raise ProofError("the parts of the model predict what the model doesn't")


def proof_of(
    tail: Any, matrix: Any, X: Any, lineage: Lineage, order: NDArray[np.intp]
) -> Proof | None:
    """Draw shuffled rows where a model may be asked about them together with others; else None."""
    if issparse(X) or len(order) > MOST_ROWS or not _row_by_row(tail, matrix):
        return None
    return Proof(X, lineage, order)


def _row_by_row(tail: Any, matrix: Any) -> bool:
    """Tell whether all parts of a model take each row on its own, to the last bit."""
    bare, parts = opened(tail)
    return combines_row_by_row(bare) and all(row_by_row(*part, matrix) for part in parts)


def _alone(lineage: Lineage) -> dict[int, tuple[int, ...]]:
    """List the engineered columns of each raw one that shares none of them."""
    made: dict[int, list[int]] = {}
    shared: set[int] = set()
    for column, owners in enumerate(lineage.owners):
        if len(owners) > 1:
            shared.update(owners)
        for owner in owners:
            made.setdefault(owner, []).append(column)
    return {raw: tuple(made[raw]) for raw in sorted(made) if raw not in shared}


def _with_rows(
    X: Any, columns: Sequence[int], rows: NDArray[np.intp], order: NDArray[np.intp]
) -> Any:
    """Put rows below a table in another order, in each group of which one column is shuffled."""
    index = np.concatenate([order, rows.ravel()])
    taken = dict.fromkeys(range(X.shape[1]), index)
    for place, column in enumerate(columns):
        at = slice(len(order) + place * rows.shape[1], len(order) + (place + 1) * rows.shape[1])
        taken[column] = index.copy()
        taken[column][at] = order[index[at]]
    if not hasattr(X, "iloc"):
        return np.stack([X[which, column] for column, which in taken.items()], axis=1)
    import pandas as pd

    table = pd.DataFrame({i: X.iloc[:, i].array.take(which) for i, which in taken.items()})
    table.columns = X.columns
    return table
