"""What a model says of rows whose columns are, in part, those of other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from ..blocks import numbers_of
from ..engine import Engine
from ..inputs import MEGABYTE
from ..matrices import Mixed, is_plain
from .contributions import two_dimensional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Players = tuple[int, ...]

_AT_ONCE = 8
_BATCH_BYTES = 64 * MEGABYTE


class Mixing:
    """Expects of each row what a model says with some columns unknown.

    Unknown columns are taken from each of the other rows in turn, and the answers averaged. What
    the featurizer made of a raw column is taken from one row together.

    Parameters
    ----------
    model : fitted estimator
    name : str
        The method that is asked.
    matrix : table or matrix of shape (explained rows + other rows, columns)
    explained : int
        The first rows of it.
    blocks : sequence of sequence of int
        Columns of each player.
    """

    def __init__(
        self, model: Any, name: str, matrix: Any, explained: int, blocks: Sequence[Sequence[int]]
    ) -> None:
        self._model = model
        self._name = name
        self._matrix = matrix
        self._explained = explained
        self._others = matrix.shape[0] - explained
        self._blocks = [np.asarray(block, dtype=np.intp) for block in blocks]
        said = np.asarray(getattr(model, name)(matrix))
        self._said = two_dimensional(said)
        self._engine = _engine_of(model, name, matrix, said)

    def __call__(self, unknown: Sequence[Players]) -> list[NDArray[np.float64]]:
        """Give an array of shape (explained rows, outputs) for each set of unknown players."""
        found: list[NDArray[np.float64]] = []
        if self._engine is not None and not self._agrees(max(unknown, key=_halfway)):
            self._engine = None
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            found += self._plain(some) if self._engine is None else self._quick(some)
        return found

    def _agrees(self, players: Players) -> bool:
        """Compare the quick way with the model's own answers."""
        quick, plain = self._quick([players])[0], self._plain([players])[0]
        return bool(np.allclose(quick, plain, rtol=1e-7, atol=1e-9))

    def _columns(self, players: Players) -> NDArray[np.intp]:
        parts = [self._blocks[player] for player in players]
        return np.concatenate([*parts, np.empty(0, dtype=np.intp)])

    def _quick(self, unknown: Sequence[Players]) -> list[NDArray[np.float64]]:
        """Predict only what differs, with the parts of the model that are reached."""
        assert self._engine is not None  # noqa: S101
        rows = self._explained
        still = np.arange(rows, rows + self._others)
        orders = [np.concatenate([np.full(rows, other), still]) for other in still]
        before = self._said[:rows]
        found = [before * len(orders) for _ in unknown]
        columns = [self._columns(players).tolist() for players in unknown]
        for (block, _), said in self._engine.predictions(columns, orders):
            found[block] += two_dimensional(said[self._name])[:rows] - before
        return [total / len(orders) for total in found]

    def _plain(self, unknown: Sequence[Players]) -> list[NDArray[np.float64]]:
        return [self._mean(self._columns(players)) for players in unknown]

    def _mean(self, columns: NDArray[np.intp]) -> NDArray[np.float64]:
        if not len(columns):
            return self._said[: self._explained]
        size = self._others * self._row_bytes()
        step = max(1, _BATCH_BYTES // max(1, size))
        found = []
        for start in range(0, self._explained, step):
            some = np.arange(start, min(start + step, self._explained))
            others = np.tile(np.arange(self._explained, self._matrix.shape[0]), len(some))
            said = self._ask(self._mixed(np.repeat(some, self._others), others, columns))
            found.append(said.reshape(len(some), self._others, -1).mean(axis=1))
        return np.concatenate(found)

    def _mixed(self, rows: Any, others: Any, columns: NDArray[np.intp]) -> Any:
        if not hasattr(self._matrix, "iloc"):
            return Mixed(self._matrix, columns.tolist()).rows(rows, others)
        # Types and names stay, which models that were fitted on a table ask for.
        table = self._matrix.iloc[rows].reset_index(drop=True)
        for column in columns.tolist():
            table[table.columns[column]] = self._matrix.iloc[others, column].array
        return table

    def _row_bytes(self) -> int:
        matrix = self._matrix
        if issparse(matrix):
            return int(2 * matrix.data.nbytes // max(1, matrix.shape[0]))
        return 8 * int(matrix.shape[1])

    def _ask(self, rows: Any) -> NDArray[np.float64]:
        return two_dimensional(getattr(self._model, self._name)(rows))


def _halfway(players: Players) -> int:
    return -abs(len(players) - 3)


def _engine_of(model: Any, name: str, matrix: Any, said: NDArray[Any]) -> Engine | None:
    """Take the model apart; None where its rows don't stay apart, or it can't be."""

    def scorer(asked: Any, X: Any, _y: Any) -> float:
        return float(np.sum(np.asarray(getattr(asked, name)(X))))

    try:
        rows, frame = numbers_of(matrix)
        if rows is None or not is_plain(rows):
            return None
        y = np.zeros(rows.shape[0])
        score = float(np.sum(said))
        engine = Engine(model, rows, frame, y, scorer, {name: said}, score)
    except Exception:  # noqa: BLE001 - an unknown shape of model is asked as a whole
        return None
    return engine if engine.apart else None
