"""Raw columns as blocks of the featurized matrix, alone or several together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import hstack, issparse

from .counting import expected_changes
from .lineage import parts_of
from .matrices import Mixed, same
from .rescoring import reordered
from .some_rows import some_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .blocks import Blocks
    from .lineage import Lineage
    from .rescoring import Rescorer


# A score of all rows, compared with the prediction of as many.
_SCORED = 0.05


class RawBlocks:
    """Scores raw columns by their engineered columns.

    An engineered column that is computed from other raw columns as well can't be shuffled: the
    part of the featurizer it comes from runs again on the shuffled data.

    Parameters
    ----------
    blocks : Blocks
    lineage : Lineage
    parts : Parts or None
        None when the featurizer's parts don't give its matrix; all of it runs again then.
    slow : Rescorer
    """

    def __init__(
        self, blocks: Blocks, lineage: Lineage, parts: Parts | None, slow: Rescorer
    ) -> None:
        self._blocks = blocks
        self._lineage = lineage
        self._parts = parts
        self._slow = slow
        # A text has tens of thousands of engineered columns.
        self._columns_of: list[list[int]] = [[] for _ in lineage.raw]
        for column, owners in enumerate(lineage.owners):
            for owner in owners:
                self._columns_of[owner].append(column)

    def reads(self, column: int) -> bool:
        """Tell whether the model may read anything that is made of a raw column."""
        return self._blocks.reads(self._columns_of[column])

    def room(self, repeats: int) -> int:
        """Tell how many columns are best scored together."""
        return self._blocks.room(repeats)

    def weights(self, targets: Sequence[tuple[int, ...]], repeats: int) -> list[float] | None:
        """Tell how targets compare in work, looking at some rows; None where they are alike.

        In a column of few values most rows stay as they were, or come out alike several times.
        """
        engine = self._blocks.engine
        split = [self._split(target) for target in targets]
        if engine is None or not engine.apart or any(shared for _, shared in split):
            return None
        some = some_of(self._blocks.matrix)
        return [expected_changes(some, own, repeats) + _SCORED * repeats for own, _ in split]

    def scores(
        self, targets: Sequence[tuple[int, ...]], orders: Sequence[NDArray[np.intp]]
    ) -> list[list[float]]:
        """Score once per order of the rows of each target's raw columns together."""
        split = [self._split(target) for target in targets]
        alone = [tuple(own) for own, shared in split if not shared]
        found = iter(self._blocks.scores(alone, orders))
        return [
            self._recomputed(target, own, shared, orders) if shared else next(found)
            for target, (own, shared) in zip(targets, split)  # noqa: B905
        ]

    def _split(self, target: tuple[int, ...]) -> tuple[list[int], list[int]]:
        """List the engineered columns of these raw columns alone, and those of others, too."""
        asked = set(target)
        own: list[int] = []
        shared: list[int] = []
        for column in sorted({column for raw in asked for column in self._columns_of[raw]}):
            inside = asked.issuperset(self._lineage.owners[column])
            (own if inside else shared).append(column)
        return own, shared

    def _recomputed(
        self,
        target: tuple[int, ...],
        own: list[int],
        shared: list[int],
        orders: Sequence[NDArray[np.intp]],
    ) -> list[float]:
        if self._parts is None:
            return self._slow.scores([target], orders)[0]
        return [
            self._blocks.score_of_matrix(self._parts.matrix(target, own, shared, order))
            for order in orders
        ]


class Parts:
    """The mappers of a featurizer, each with its piece of the matrix.

    Raises
    ------
    ValueError
        When the pieces side by side aren't the matrix.
    """

    def __init__(self, featurizer: Any, X: Any, matrix: Any) -> None:
        self._X = X
        self._mappers = parts_of(featurizer)
        self._pieces = [mapper.transform(X) for mapper in self._mappers]
        self._ends = np.cumsum([piece.shape[1] for piece in self._pieces]).tolist()
        if not same(_side_by_side(self._pieces), matrix, bits=True):
            raise ValueError("the parts of the featurizer don't give its matrix")

    def matrix(
        self,
        target: tuple[int, ...],
        own: Sequence[int],
        shared: Sequence[int],
        order: NDArray[np.intp],
    ) -> Any:
        """Give the matrix with the rows of some raw columns in another order."""
        data = reordered(self._X, target, order)
        rows = np.arange(len(order))
        pieces = []
        start = 0
        for mapper, piece, end in zip(self._mappers, self._pieces, self._ends):  # noqa: B905
            mine = [column - start for column in own if start <= column < end]
            if any(start <= column < end for column in shared):
                pieces.append(mapper.transform(data))
            elif mine and (not issparse(piece) or piece.format == "csr"):
                pieces.append(Mixed(piece, mine).rows(rows, order))
            else:
                pieces.append(mapper.transform(data) if mine else piece)
            start = end
        return _side_by_side(pieces)


def parts_if_equal(featurizer: Any, X: Any, matrix: Any) -> Parts | None:
    """Take a featurizer apart; None when that doesn't work."""
    try:
        return Parts(featurizer, X, matrix)
    except Exception:  # noqa: BLE001 - then all of it runs again
        return None


def _side_by_side(pieces: Sequence[Any]) -> Any:
    if len(pieces) == 1:
        return pieces[0]
    if any(issparse(piece) for piece in pieces):
        return hstack(pieces, format="csr")
    return np.hstack(pieces)
