"""Score blocks of the featurized matrix over the parts of a model that they reach.

The model's estimators predict only the rows that a shuffle changed; the model's own code combines
their answers, and the scorer's own code scores them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .hollow import hollowed
from .inputs import MEGABYTE, Inputs
from .leaves import Leaf
from .matrices import same
from .outcomes import Outcomes
from .responses import Answering

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


ANSWER_BYTES = 256 * MEGABYTE
"""Most bytes of predictions that are kept for the columns scored together."""

_MOST_COLUMNS = 256


class Engine:
    """Scores of a model behind its featurizer.

    Parameters
    ----------
    tail : fitted estimator
        The model without its featurizer.
    matrix : ndarray or csr matrix of shape (rows, columns)
    frame : callable(matrix) -> table, or None
        Dresses rows of the matrix for a model that was fitted on a table.
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    baseline : dict of str to array
        What the whole model says of the rows, by the methods that the scorer asks for.
    score : float
        The score of that.

    Raises
    ------
    ValueError
        When the parts put together don't say what the model says, bit by bit.
    """

    def __init__(
        self,
        tail: Any,
        matrix: Any,
        frame: Any,
        y: Any,
        scorer: Callable[..., float],
        baseline: dict[str, Any],
        score: float,
    ) -> None:
        self._inputs = Inputs(matrix, frame)
        self._leaves: list[Leaf] = []
        self._board: dict[tuple[int, str], Any] = {}
        self._answering = False
        self._token = matrix if frame is None else frame(matrix)
        self._model = hollowed(tail, self._leaf)
        self._outcomes = Outcomes(self._model, baseline, self._token, y, scorer, score)
        for name, expected in baseline.items():
            self._seen: set[int] = set()
            if not same(np.asarray(getattr(self._model, name)(self._token)), expected, bits=True):
                raise ValueError(f"the parts of the model give another {name}")
            if len(self._seen) < len(self._leaves):
                raise ValueError(f"{name} of the model doesn't ask all of its parts")
        self._asked = [(i, name) for i, leaf in enumerate(self._leaves) for name in leaf.baseline]
        self._answering = True

    @property
    def width(self) -> int:
        """Number of columns of the matrix."""
        return int(self._inputs.matrix.shape[1])

    def room(self, repeats: int) -> int:
        """Tell how many columns go into one batch."""
        answers = sum(leaf.baseline[name].nbytes for leaf in self._leaves for name in leaf.baseline)
        return int(max(1, min(_MOST_COLUMNS, ANSWER_BYTES // max(1, answers * repeats))))

    def scores_of_blocks(
        self, blocks: Sequence[Sequence[int]], orders: Sequence[NDArray[np.intp]]
    ) -> list[list[float]]:
        """Score once per order of the rows of each block of columns."""
        answers = {
            (i, name): self._leaves[i].responses(name, blocks, orders) for i, name in self._asked
        }
        self._inputs.forget()
        return [
            [self._score(answers, block, order) for order in range(len(orders))]
            for block in range(len(blocks))
        ]

    def score_of_matrix(self, matrix: Any) -> float:
        """Score another matrix of the same rows."""
        self._board = {
            (i, name): self._leaves[i].of_matrix(name, matrix) for i, name in self._asked
        }
        return self._outcomes.scored()

    def _score(self, answers: dict[Any, list[Any]], block: int, order: int) -> float:
        self._board = {
            key: None if found[block] is None else found[block][order]
            for key, found in answers.items()
        }
        if all(answer is None for answer in self._board.values()):
            return self._outcomes.score
        return self._outcomes.scored()

    def _leaf(self, estimator: Any, steps: tuple[Any, ...]) -> Any:
        place = len(self._leaves)
        self._leaves.append(Leaf(estimator, steps, self._inputs))
        return Answering(estimator, _Reader(self, place))

    def answer(self, place: int, name: str, X: Any) -> Any:
        """Give what a leaf says of the rows at hand."""
        self._seen.add(place)
        if not self._answering:
            return self._leaves[place](name, X)
        found = self._board[place, name]
        before = self._leaves[place].baseline[name]
        # The order of numbers in memory can be the order in which they are summed up.
        return before.copy() if found is None else np.array(found, order=_layout(before))


def _layout(array: Any) -> Any:
    return "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"


class _Reader:
    """Ties a leaf's stand-in to its place in the engine."""

    def __init__(self, engine: Engine, place: int) -> None:
        self._engine = engine
        self._place = place

    def __call__(self, name: str, X: Any, **_options: Any) -> Any:
        return self._engine.answer(self._place, name, X)
