"""What a hollow model makes of its estimators' answers to many shuffles.

Where the model takes each row on its own, the changed rows of many shuffles are handed to it
together: asking it costs much more than a row does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, issparse

from .coding import differing
from .inputs import MEGABYTE
from .matrices import same
from .responses import Answering
from .stackable import keeps_rows_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .board import Board

    Key = tuple[int, str]
    Place = tuple[int, int]
    Said = dict[str, Any]

STACK_BYTES = 64 * MEGABYTE
"""Most bytes of answers and of empty rows that a hollow model is handed at a time."""

_ALWAYS = 64
"""First rows of a shuffle, changed or not, that are handed over with those that changed.

A single row may be added up in another order than many; and what comes out for unchanged rows
must be what came out before.
"""


class _Shuffle:
    """What the estimators say of one shuffle, and which of its rows are worth asking about."""

    def __init__(self, answers: Mapping[Key, Sequence[Any]], block: int, order: int) -> None:
        self.place = (block, order)
        self.answers = {
            key: None if found[block] is None else found[block][order]
            for key, found in answers.items()
        }
        self.rows: Any = None
        self.still: Any = None

    def of(self, key: Key, before: Any) -> Any:
        """Give an estimator's answer for the rows that are asked about."""
        found = self.answers[key]
        return (before if found is None else np.asarray(found))[self.rows]

    def kept(self, part: Said, said: Said) -> bool:
        """Tell whether the first rows, if unchanged, have the answers they had."""
        return all(
            same(new[self.still], said[name][self.still], bits=True) for name, new in part.items()
        )

    def whole(self, part: Said, said: Said) -> Said:
        """Put the answers for the rows that were asked about in among the others."""
        found = {}
        for name, new in part.items():
            found[name] = said[name].copy()
            found[name][self.rows] = new
        return found


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
        self._board.now = answers
        return {name: np.asarray(getattr(self._model, name)(self._token)) for name in self._said}

    def each(
        self, answers: Mapping[Key, Sequence[Any]], orders: int
    ) -> Iterator[tuple[Place, Said]]:
        """Ask about every shuffle of which an estimator says something new.

        Parameters
        ----------
        answers : dict of (place, name) to list of (array of shape (orders, rows, ...) or None)
            One per block of columns.
        orders : int

        Yields
        ------
        (block, order), dict of str to array
        """
        blocks = len(next(iter(answers.values())))
        shuffles = [
            _Shuffle(answers, block, order)
            for block in range(blocks)
            if any(found[block] is not None for found in answers.values())
            for order in range(orders)
        ]
        if self._single:
            for shuffle in shuffles:
                found = shuffle.answers
                yield shuffle.place, {name: np.asarray(found[0, name]) for name in self._said}
        elif not self._stacks:
            for shuffle in shuffles:
                yield shuffle.place, self.alone(shuffle.answers)
        else:
            yield from self._together(shuffles)

    def _together(self, shuffles: Sequence[_Shuffle]) -> Iterator[tuple[Place, Said]]:
        tried = False
        for group in self._groups(shuffles):
            found = self._at_once(group) if self._stacks else None
            if found is not None and not tried:
                tried = True
                largest = max(range(len(group)), key=lambda i: len(group[i].rows))
                if not _alike(found[largest], self.alone(group[largest].answers)):
                    found = None
            if found is None:
                self._stacks = False
                found = [self.alone(shuffle.answers) for shuffle in group]
            for shuffle, said in zip(group, found):  # noqa: B905
                yield shuffle.place, said

    def _groups(self, shuffles: Sequence[_Shuffle]) -> Iterator[list[_Shuffle]]:
        """Find the changed rows of each shuffle; leave out those without."""
        row_bytes = sum(answer.nbytes for answer in self._before.values()) // self._rows
        if not issparse(self._empty):
            row_bytes += self._width * self._empty.itemsize
        most = max(1, STACK_BYTES // max(1, row_bytes))
        group: list[_Shuffle] = []
        total = 0
        for shuffle in shuffles:
            changed = self._changed(shuffle.answers)
            if not changed.any():
                continue
            shuffle.still = np.flatnonzero(~changed[:_ALWAYS])
            changed[:_ALWAYS] = True
            shuffle.rows = np.flatnonzero(changed)
            if group and total + len(shuffle.rows) > most:
                yield group
                group, total = [], 0
            group.append(shuffle)
            total += len(shuffle.rows)
        if group:
            yield group

    def _changed(self, answers: dict[Key, Any]) -> Any:
        changed = np.zeros(self._rows, dtype=bool)
        for key, found in answers.items():
            if found is not None:
                changed |= changed_rows(np.asarray(found), self._before[key])
        return changed

    def _at_once(self, group: Sequence[_Shuffle]) -> list[Said] | None:
        """Ask about some rows of several shuffles; None where that doesn't work."""
        self._board.now = {
            key: np.concatenate([shuffle.of(key, before) for shuffle in group])
            for key, before in self._before.items()
        }
        ends = np.cumsum([len(shuffle.rows) for shuffle in group]).tolist()
        try:
            token = self._blank(ends[-1])
            stack = {name: np.asarray(getattr(self._model, name)(token)) for name in self._said}
        except Exception:  # noqa: BLE001 - such as a check of what only one of the shuffles says
            return None
        if any(
            said.dtype != stack[name].dtype or stack[name].shape != (ends[-1], *said.shape[1:])
            for name, said in self._said.items()
        ):
            return None
        parts = [
            {name: said[end - len(shuffle.rows) : end] for name, said in stack.items()}
            for shuffle, end in zip(group, ends)  # noqa: B905
        ]
        if all(shuffle.kept(part, self._said) for shuffle, part in zip(group, parts)):  # noqa: B905
            return [shuffle.whole(part, self._said) for shuffle, part in zip(group, parts)]  # noqa: B905
        return None

    def _blank(self, rows: int) -> Any:
        """Make a table of some number of rows without room for what nobody reads."""
        shape, dtype = (rows, self._width), self._empty.dtype
        if issparse(self._empty):
            return csr_matrix(shape, dtype=dtype)
        blank = np.broadcast_to(np.zeros((1, self._width), dtype=dtype), shape)
        return blank if self._frame is None else self._frame(blank)


def changed_rows(found: Any, before: Any) -> Any:
    """Mark the rows of an answer that are not, bit by bit, what they were."""
    if found.dtype != before.dtype or found.shape != before.shape:
        return np.ones(len(before), dtype=bool)
    if found.dtype.kind == "f":
        kind = f"u{found.dtype.itemsize}"
        found, before = (np.ascontiguousarray(each).view(kind) for each in (found, before))
    changed = differing(found, before)
    if len(changed.shape) == 1:
        return changed
    rows = np.zeros(len(changed), dtype=bool)
    for column in changed.reshape(len(changed), -1).T:
        rows |= column
    return rows


def _alike(one: Said, other: Said) -> bool:
    return all(same(said, other[name], bits=True) for name, said in one.items())
