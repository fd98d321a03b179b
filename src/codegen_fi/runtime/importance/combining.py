"""What a hollow model makes of its estimators' answers to many shuffles.

Where the model takes each row on its own, the changed rows of many shuffles are handed to it
together: asking it costs much more than a row does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, issparse

from .answers import whole
from .asked import Asked
from .inputs import MEGABYTE
from .matrices import same
from .responses import Answering
from .stackable import keeps_rows_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .answers import Few, Whole
    from .board import Board

    Key = tuple[int, str]
    Place = tuple[int, int]
    Said = dict[str, Any]

STACK_BYTES = 8 * MEGABYTE
"""Most bytes of answers and of empty rows that a hollow model is handed at a time.

More would ask for new memory each time, which takes longer than the model's own work.
"""

_ALWAYS = 64
"""First rows as they are, that are handed over with the changed ones.

A single row may be added up in another order than many; and what comes out for unchanged rows
must be what came out before.
"""


class _Piece(NamedTuple):
    """Some of the rows that are asked about for one block."""

    place: int
    asked: Asked
    start: int
    stop: int


class Combining:
    """Asks a hollow model.

    Parameters
    ----------
    model : hollow estimator
        Its stand-ins read the board.
    board : Board
    said : dict of str to array
        What the model says of the rows as they are.
    matrix : ndarray or csr matrix of shape (rows, columns)
    frame : callable(matrix) -> table, or None
        Dresses rows of the matrix for a model that was fitted on a table.
    """

    def __init__(self, model: Any, board: Board, said: Said, matrix: Any, frame: Any) -> None:
        self._model = model
        self._board = board
        self._said = {name: np.asarray(each) for name, each in said.items()}
        self._before = {
            (place, name): answer
            for place, leaf in enumerate(board.leaves)
            for name, answer in leaf.baseline.items()
        }
        self._single = isinstance(model, Answering)
        self._stacks = not self._single and keeps_rows_apart(model)
        self._rows, self._width = matrix.shape
        self._empty = matrix[:1]
        self._tried = False
        self._frame = frame
        self._token = matrix if frame is None else frame(matrix)

    @property
    def keys(self) -> list[Key]:
        """The answers that the model is made of: place of the estimator and name of the method."""
        return list(self._before)

    @property
    def apart(self) -> bool:
        """Whether each row's answer depends on that row's answers alone."""
        return self._single or self._stacks

    def alone(self, answers: dict[Key, Any]) -> Said:
        """Ask once, about all rows."""
        if self._single:
            return {name: np.asarray(answers[0, name]) for name in self._said}
        self._board.now = answers
        return {name: np.asarray(getattr(self._model, name)(self._token)) for name in self._said}

    def each(
        self, answers: Mapping[Key, Sequence[Few | Whole | None]], orders: int
    ) -> Iterator[tuple[Place, Said]]:
        """Ask about every shuffle of which an estimator says something new.

        Parameters
        ----------
        answers : dict of (place, name) to list of (Few, Whole or None)
            One per block of columns.
        orders : int

        Yields
        ------
        (block, order), dict of str to array
        """
        self._tried = False
        asked = []
        for block in range(len(next(iter(answers.values())))):
            found = {key: each[block] for key, each in answers.items()}
            if all(each is None for each in found.values()):
                continue
            if self._stacks:
                asked.append((block, Asked(found, self._before, orders)))
                continue
            for order in range(orders):
                yield (block, order), self.alone(whole(found, order))
        for group in self._groups(asked):
            said = self._at_once(group) if self._stacks else None
            for i, piece in enumerate(group):
                piece.asked.answered(None if said is None else said[i])
                if piece.stop == len(piece.asked.rows):
                    yield from self._finished(piece)

    def _finished(self, piece: _Piece) -> Iterator[tuple[Place, Said]]:
        asked = piece.asked
        shuffles = asked.shuffles(self._said) if self._stacks else None
        if shuffles is not None and not self._tried:
            self._tried = True
            # One shuffle, as large as any, is asked about alone, too.
            order = asked.most_changed()
            if not _alike(shuffles(order), self.alone(asked.whole(order))):
                shuffles = None
        if shuffles is None:
            self._stacks = False
        for order in asked.orders:
            found = self.alone(asked.whole(order)) if shuffles is None else shuffles(order)
            yield (piece.place, order), found

    def _groups(self, asked: Sequence[tuple[int, Asked]]) -> Iterator[list[_Piece]]:
        """Put together what is asked about at once."""
        row_bytes = sum(answer.nbytes for answer in self._before.values()) // self._rows
        if not issparse(self._empty):
            row_bytes += self._width * self._empty.itemsize
        most = max(_ALWAYS, STACK_BYTES // max(1, row_bytes) - _ALWAYS)
        group: list[_Piece] = []
        left = most
        for place, one in asked:
            start, stop = 0, 0
            while stop < len(one.rows):
                stop = min(start + left, len(one.rows))
                group.append(_Piece(place, one, start, stop))
                left -= stop - start
                start = stop
                if not left:
                    yield group
                    group, left = [], most
        if group:
            yield group

    def _at_once(self, group: Sequence[_Piece]) -> list[Said] | None:
        """Ask about some rows of several shuffles; None where that doesn't work."""
        first = min(_ALWAYS, self._rows)
        self._board.now = {
            key: np.concatenate(
                [before[:first], *(each.asked.part(key, each.start, each.stop) for each in group)]
            )
            for key, before in self._before.items()
        }
        ends = (first + np.cumsum([each.stop - each.start for each in group])).tolist()
        try:
            token = self._blank(ends[-1])
            stack = {name: np.asarray(getattr(self._model, name)(token)) for name in self._said}
        except Exception:  # noqa: BLE001 - such as a check of what only one of the shuffles says
            return None
        for name, said in self._said.items():
            new = stack[name]
            if said.dtype != new.dtype or new.shape != (ends[-1], *said.shape[1:]):
                return None
            if not same(new[:first], said[:first], bits=True):
                return None
        return [
            {name: said[end - each.stop + each.start : end] for name, said in stack.items()}
            for each, end in zip(group, ends)  # noqa: B905
        ]

    def _blank(self, rows: int) -> Any:
        """Make a table of some number of rows without room for what nobody reads."""
        shape, dtype = (rows, self._width), self._empty.dtype
        if issparse(self._empty):
            return csr_matrix(shape, dtype=dtype)
        blank = np.broadcast_to(np.zeros((1, self._width), dtype=dtype), shape)
        return blank if self._frame is None else self._frame(blank)


def _alike(one: Said, other: Said) -> bool:
    return all(same(said, other[name], bits=True) for name, said in one.items())
