"""Shuffle rows of the featurized matrix instead of featurizing shuffled data again.

For a featurizer whose every output row depends on its input row alone, shuffling a raw column and
shuffling the engineered columns made of it are the same. Whether that holds is tried on the
rows at hand before it is relied on; where it doesn't, everything is computed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .anatomy import without_featurizer
from .engine import Engine
from .hollow import estimators_in
from .listening import listening
from .matrices import Mixed, is_plain, rows_of, same
from .proof import proof_of
from .responses import Answering, Given, Recorder
from .trying import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .anatomy import Anatomy

_EXACT_INTEGERS = 2**53


class Blocks:
    """Scores the part of a model that follows the featurizer, on a matrix computed once.

    Parameters
    ----------
    tail : fitted estimator
        The model without its featurizer.
    matrix : ndarray or csr matrix of shape (rows, engineered columns)
    frame : callable(matrix) -> table, or None
        Dresses the matrix for a model that was fitted on a table.
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    engine : Engine or None
        The quick way; without one the tail predicts all rows for each shuffle.
    baseline : float
        Score of the whole model on the rows as they are.
    """

    def __init__(
        self,
        tail: Any,
        matrix: Any,
        frame: Any,
        y: Any,
        scorer: Callable[..., float],
        engine: Engine | None,
        baseline: float,
    ) -> None:
        self.baseline = baseline
        self.matrix = matrix
        self.engine = engine
        self._tail = tail
        self._frame = frame
        self._y = y
        self._scorer = scorer

    @property
    def looks_up(self) -> bool:
        """Tell whether shuffled rows of all estimators are looked up rather than predicted."""
        return self.engine is not None and self.engine.looks_up

    def reads(self, columns: Sequence[int]) -> bool:
        """Tell whether the model may read any of some engineered columns."""
        return self.engine is None or self.engine.reads(columns)

    def room(self, repeats: int) -> int:
        """Tell how many columns are best scored together."""
        return 1 if self.engine is None else self.engine.room(repeats)

    def scores(
        self, targets: Sequence[tuple[int, ...]], orders: Sequence[NDArray[np.intp]]
    ) -> list[list[float]]:
        """Score once per order of the rows of each target's engineered columns together."""
        if self.engine is not None:
            return self.engine.scores_of_blocks(targets, orders)
        return [self._plain(columns, orders) for columns in targets]

    def score_of_matrix(self, matrix: Any) -> float:
        """Score another matrix of the same rows."""
        if self.engine is not None:
            return self.engine.score_of_matrix(matrix)
        return float(self._scorer(self._tail, _dressed(self._frame, matrix), self._y))

    def _plain(self, columns: Sequence[int], orders: Sequence[NDArray[np.intp]]) -> list[float]:
        mixed = Mixed(self.matrix, columns)
        rows = np.arange(self.matrix.shape[0])
        return [
            float(self._scorer(self._tail, _dressed(self._frame, shuffled), self._y))
            for shuffled in (mixed.rows(rows, order) for order in orders)
        ]


def blocks_of(
    anatomy: Anatomy, X: Any, y: Any, scorer: Callable[..., float], order: NDArray[np.intp]
) -> Blocks | None:
    """Build the quick way if it gives the same on these rows; None if not.

    Tried are: the model without its featurizer predicts what the whole model predicts, and
    featurizing the rows in another order gives the same matrix in that order. A model that can't
    be taken apart at all is one that has no quick way.
    """
    if anatomy.lineage is None:
        return None
    try:
        return _tried(anatomy, X, y, scorer, order)
    except Exception:  # noqa: BLE001
        return None


def _tried(
    anatomy: Anatomy, X: Any, y: Any, scorer: Callable[..., float], order: NDArray[np.intp]
) -> Blocks | None:
    featurizer = anatomy.featurizer
    matrix, frame = numbers_of(X) if featurizer is None else (featurizer.transform(X), None)
    if not is_plain(matrix) or anatomy.lineage is None or matrix.dtype.kind not in "fiub":
        return None
    if matrix.shape[1] != len(anatomy.lineage.engineered):
        return None
    tail = anatomy.model if featurizer is None else without_featurizer(anatomy.model)
    try:
        proven = _proven(anatomy, tail, matrix, frame, X, y, scorer, order)
    except Exception:  # noqa: BLE001 - such as a check of more rows than there are truths
        proven = None
    if proven is not None or not (featurizer is None or _row_wise(featurizer, X, matrix, order)):
        return proven
    seen = Recorder(anatomy.model)
    with listening(estimators_in(tail)) as heard:
        score = float(scorer(Answering(anatomy.model, seen), X, y))
    try:
        engine = Engine(tail, matrix, frame, y, scorer, seen.seen, score, heard)
        Trial(tail, matrix, frame, y, scorer, seen.seen).of(engine)
    except Exception:  # noqa: BLE001 - a shape of model that can't be taken apart further
        dressed = _dressed(frame, matrix)
        alike = all(
            same(np.asarray(getattr(tail, name)(dressed)), np.asarray(expected))
            for name, expected in seen.seen.items()
        )
        return Blocks(tail, matrix, frame, y, scorer, None, score) if alike else None
    return Blocks(tail, matrix, frame, y, scorer, engine, score)


def _proven(
    anatomy: Anatomy,
    tail: Any,
    matrix: Any,
    frame: Any,
    X: Any,
    y: Any,
    scorer: Callable[..., float],
    order: NDArray[np.intp],
) -> Blocks | None:
    """Build the quick way with shuffled rows to hold it to; None where they can't be asked about.

    Raises
    ------
    Exception
        When the model can't be taken apart so.
    """
    model, featurizer, lineage = anatomy.model, anatomy.featurizer, anatomy.lineage
    proof = None if lineage is None else proof_of(tail, matrix, X, lineage, order)
    if proof is None:
        return None
    seen = Recorder(model, proof)
    stand_in = Answering(model, seen)
    with listening(estimators_in(tail)) as heard, listening([featurizer], ["transform"]) as made:
        score = float(scorer(stand_in, X, y))
    if featurizer is not None and not proof.follows(made.pop(id(featurizer))["transform"], matrix):
        return None
    # Of other rows, which a scorer may not look at.
    moved = {name: np.asarray(each)[order] for name, each in seen.seen.items()}
    other = moved, float(scorer(stand_in.answering(Given(moved)), rows_of(X, order), y))
    heard = proof.without_more(heard)
    engine = Engine(tail, matrix, frame, y, scorer, seen.seen, score, heard, other)
    if engine.score_of(moved) != other[1]:
        return None
    proof.forget()
    engine.proof = proof
    return Blocks(tail, matrix, frame, y, scorer, engine, score)


def _dressed(frame: Any, matrix: Any) -> Any:
    return matrix if frame is None else frame(matrix)


def _row_wise(featurizer: Any, X: Any, matrix: Any, order: NDArray[np.intp]) -> bool:
    """Tell whether rows in another order are featurized as before."""
    return same(featurizer.transform(rows_of(X, order)), matrix[order])


def numbers_of(X: Any) -> tuple[Any, Any]:
    """Take data that are numbers for the matrix of a model without a featurizer."""
    if issparse(X) or not hasattr(X, "iloc"):
        return X, None
    if not all(isinstance(dtype, np.dtype) and dtype.kind in "fiu" for dtype in X.dtypes):
        return None, None
    matrix = X.to_numpy()
    whole = matrix.dtype.kind == "f" or len(set(X.dtypes)) == 1
    largest = max((np.abs(X[n]).max() for n in X.columns if X[n].dtype.kind != "f"), default=0)
    return (matrix, Framed(X.columns)) if whole and largest < _EXACT_INTEGERS else (None, None)


class Framed:
    """Gives a matrix the columns of the data."""

    def __init__(self, columns: Any) -> None:
        self._columns = columns

    def __call__(self, matrix: Any) -> Any:
        """Dress it, without a copy."""
        import pandas as pd

        return pd.DataFrame(matrix, columns=self._columns, copy=False)
