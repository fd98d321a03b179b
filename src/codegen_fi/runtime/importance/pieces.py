"""The work of permutation in pieces: large enough to be quick, small enough to tell how far it is.

The numbers are the same however it is cut: each column is scored on its own under each order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AT_ONCE = 32_000_000
"""Most shuffled rows of one column in a piece, each of which takes some ten bytes on the way."""

FIRST_ROWS = 60_000
"""Shuffled rows up to which the first piece is everything, where nothing is known of its time."""

FIRST_SECONDS = 10.0
"""Seconds expected up to which it is everything."""

PIECE_SECONDS = 3.0
MOST_SECONDS = 20.0
"""Seconds of a piece from which on the next ones don't grow any more."""

LONG_SECONDS = 60.0
"""Seconds of a column from which on its repeats are cut.

That may cost some speed: equal rows are predicted once for several repeats.
"""

_QUICKER = 0.9


@dataclass(frozen=True)
class Piece:
    """Columns `start` to `stop` under the orders `first` to `last`, ends left out."""

    start: int
    stop: int
    first: int
    last: int

    @property
    def shuffles(self) -> int:
        """Number of scorings."""
        return (self.stop - self.start) * (self.last - self.first)


class Pieces:
    """Cuts columns times repeats, column by column.

    Some ways to score have work with a piece that doesn't depend on its size, so pieces grow as
    long as that makes them quicker for what is in them.

    Parameters
    ----------
    columns, repeats, rows : int
    room : int
        Most columns in a piece.
    pace : float or None
        Seconds that a scoring is expected to take.
    weights : sequence of float or None
        How columns compare in work; None where they are alike.
    """

    def __init__(
        self,
        columns: int,
        repeats: int,
        rows: int,
        room: int,
        pace: float | None = None,
        weights: Sequence[float] | None = None,
    ) -> None:
        self._weights = [1.0] * columns if weights is None else [*weights]
        self._heaviness: float | None = None
        self._columns = columns
        self._repeats = repeats
        self._most = max(1, AT_ONCE // max(rows, 1))
        self._room = room
        self._column = 0
        self._order = 0
        if pace is None:
            everything, begun = columns * repeats * rows <= FIRST_ROWS, 1
        else:
            everything = columns * repeats * pace <= FIRST_SECONDS
            begun = max(1, int(PIECE_SECONDS / max(repeats * pace, 1e-9)))
        self._size = columns if everything else begun
        self._growing = True
        self.pace: float | None = None

    @property
    def left(self) -> int:
        """Number of scorings that are left."""
        return (self._columns - self._column) * self._repeats - self._order

    @property
    def settled(self) -> bool:
        """Tell whether the pace is known; until then larger pieces may turn out much quicker."""
        return self.pace is not None and not self._growing

    @property
    def seconds(self) -> float:
        """Tell how long the rest takes by what was measured last; 0 before anything was."""
        if self._heaviness is None:
            return 0.0
        rest = sum(self._weights[self._column :])
        if self._order:
            rest -= self._weights[self._column] * self._order / self._repeats
        return self._heaviness * rest

    def rest(self, processes: int) -> Iterator[Piece]:
        """Cut all that is left, in enough pieces for some processes."""
        self._size = max(1, min(self._size, (self._columns - self._column) // (2 * processes)))
        while self.left:
            yield self.take()

    def take(self) -> Piece:
        """Cut the next piece off."""
        long = self.pace is not None and self.pace * self._repeats > LONG_SECONDS
        if self._order or long or self._repeats > self._most:
            return self._part()
        stop = min(self._column + max(1, min(self._size, self._room)), self._columns)
        piece = Piece(self._column, stop, 0, self._repeats)
        self._column = stop
        return piece

    def learn(self, piece: Piece, seconds: float) -> None:
        """Take in how long a piece took."""
        self.pace = max(seconds, 1e-9) / piece.shuffles
        weight = sum(self._weights[piece.start : piece.stop])
        part = (piece.last - piece.first) / self._repeats
        before, self._heaviness = self._heaviness, max(seconds, 1e-9) / max(weight * part, 1e-9)
        if not self._growing:
            return
        if (before is None or self._heaviness < _QUICKER * before) and seconds < MOST_SECONDS:
            self._size *= 2
            return
        self._growing = False
        if seconds < MOST_SECONDS:
            self._size = max(self._size // 2, int(PIECE_SECONDS / (self.pace * self._repeats)), 1)

    def _part(self) -> Piece:
        orders = self._most
        if self.pace is not None:
            orders = max(1, min(orders, int(MOST_SECONDS / self.pace)))
        last = min(self._order + orders, self._repeats)
        piece = Piece(self._column, self._column + 1, self._order, last)
        self._order = last % self._repeats
        self._column += last == self._repeats
        return piece
