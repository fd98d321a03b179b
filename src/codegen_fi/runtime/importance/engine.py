"""Score blocks of the featurized matrix over the parts of a model that they reach.

The model's estimators predict only the rows that a shuffle changed; the model's own code combines
their answers, and the scorer's own code scores them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .board import Board
from .combining import Combining
from .hollow import hollowed
from .inputs import MEGABYTE, Inputs
from .leaves import Leaf
from .matrices import same
from .outcomes import Outcomes
from .proof import hold
from .responses import Answering
from .rowwise import row_by_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from .listening import Heard
    from .proof import Proof

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
    heard : dict of int to dict of str to array, optional
        What estimators said of the rows as they are, by their `id` and the name of the method.
    other : (dict of str to array, float), optional
        Other predictions, with the score that the scorer gives them.

    Attributes
    ----------
    apart : bool
        Whether all parts of the model are of kinds that take each row on its own.
    proof : Proof or None
        What the scored shuffles are held against.

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
        heard: Heard | None = None,
        other: tuple[dict[str, Any], float] | None = None,
    ) -> None:
        self._inputs = Inputs(matrix, frame)
        self._heard = heard or {}
        self._board = Board()
        self.apart = True
        self.proof: Proof | None = None
        self._said = baseline
        model = hollowed(tail, self._leaf)
        token = matrix if frame is None else frame(matrix)
        for name, expected in baseline.items():
            self._board.asked.clear()
            if not same(np.asarray(getattr(model, name)(token)), expected, bits=True):
                raise ValueError(f"the parts of the model give another {name}")
            if len(self._board.asked) < len(self._board.leaves):
                raise ValueError(f"{name} of the model doesn't ask all of its parts")
        self._outcomes = Outcomes(model, baseline, token, y, scorer, score, other)
        self._combining = Combining(model, self._board, baseline, matrix, frame)
        self.apart = self.apart and self._combining.apart

    @property
    def width(self) -> int:
        """Number of columns of the matrix."""
        return int(self._inputs.matrix.shape[1])

    @property
    def looks_up(self) -> bool:
        """Tell whether no estimator has to predict shuffled rows."""
        return all(leaf.looks_up for leaf in self._board.leaves)

    def reads(self, columns: Sequence[int]) -> bool:
        """Tell whether any estimator may read some of these columns."""
        return any(leaf.reads(columns) for leaf in self._board.leaves)

    def room(self, repeats: int) -> int:
        """Tell how many columns go into one batch."""
        leaves = self._board.leaves
        answers = sum(leaf.baseline[name].nbytes for leaf in leaves for name in leaf.baseline)
        return int(max(1, min(_MOST_COLUMNS, ANSWER_BYTES // max(1, answers * repeats))))

    def scores_of_blocks(
        self, blocks: Sequence[Sequence[int]], orders: Sequence[NDArray[np.intp]]
    ) -> list[list[float]]:
        """Score once per order of the rows of each block of columns.

        Raises
        ------
        ProofError
            When a row isn't predicted as the proof has it.
        """
        scores = [[self._outcomes.score] * len(orders) for _ in blocks]
        proofs = {} if self.proof is None else self.proof.of(blocks, orders)
        for (block, order), said in self.predictions(blocks, orders):
            scores[block][order] = self._outcomes.of(said)
            if order == 0 and block in proofs:
                hold(said, proofs.pop(block))
        for each in proofs.values():
            hold(self._said, each)
        return scores

    def predictions(
        self, blocks: Sequence[Sequence[int]], orders: Sequence[NDArray[np.intp]]
    ) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
        """Predict once per order of the rows of each block of columns.

        Yields
        ------
        (block, order), dict of str to array
            Leaves out some shuffles of which the model says what it says of the rows as they are.
        """
        answers: dict[Any, list[Any]] = {key: [None] * len(blocks) for key in self._combining.keys}
        for batch in disjoint(blocks):
            for (place, name), found in answers.items():
                leaf = self._board.leaves[place]
                said = leaf.responses(name, [blocks[i] for i in batch], orders)
                for i, each in zip(batch, said):  # noqa: B905
                    found[i] = each
        self._inputs.forget()
        return self._combining.each(answers, len(orders))

    def score_of_matrix(self, matrix: Any) -> float:
        """Score another matrix of the same rows."""
        leaves = self._board.leaves
        answers = {
            (place, name): leaves[place].of_matrix(name, matrix)
            for place, name in self._combining.keys
        }
        return self.score_of(self._combining.alone(answers))

    def score_of(self, said: dict[str, Any]) -> float:
        """Score what the model says of other rows."""
        return self._outcomes.of(said)

    def _leaf(self, estimator: Any, steps: tuple[Any, ...]) -> Any:
        self.apart &= row_by_row(estimator, steps, self._inputs.matrix)
        leaf = Leaf(estimator, steps, self._inputs, self._heard.pop(id(estimator), None))
        return Answering(estimator, self._board.add(leaf))


def disjoint(blocks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Part blocks into batches in which no column is in two blocks.

    Returns
    -------
    list of list of int
        Places of the blocks of each batch.
    """
    batches: list[tuple[list[int], set[int]]] = []
    for place, block in enumerate(blocks):
        for batch, columns in batches:
            if columns.isdisjoint(block):
                batch.append(place)
                columns.update(block)
                break
        else:
            batches.append(([place], set(block)))
    return [batch for batch, _ in batches]
