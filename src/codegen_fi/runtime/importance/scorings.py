"""Score many columns one after the other or in processes, telling how far it is."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from .compat import as_they_come, pairs
from .pieces import Piece, Pieces
from .threads import single_threaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .rescoring import Rescorer

    Progress = Callable[[int, int, str], object]
    Targets = Sequence[tuple[int, ...]]
    Orders = Sequence[NDArray[np.intp]]
    Found = tuple[Piece, list[list[float]]]

WORTH_PROCESSES = 20.0
"""Seconds that the rest must take on one process for others to be started.

Each has to import the libraries and to be sent the model: some seconds.
"""

_SHARES = 4
_SHARE_SECONDS = 10.0


class Counter:
    """Counts the shuffles that are scored, over all columns and spaces, for one progress line.

    Parameters
    ----------
    progress : callable(done, total, text) or None
    total : int
        Shuffles to score.
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def grow(self, shuffles: int) -> None:
        """Announce more of them."""
        self._total += shuffles

    def step(self, text: str, shuffles: int) -> None:
        """Count those of a column."""
        self._done += shuffles
        if self._progress is not None:
            self._progress(self._done, self._total, text)


def score_columns(
    rescorer: Rescorer,
    targets: Targets,
    names: Sequence[str],
    orders: Orders,
    counter: Counter,
    n_jobs: int,
    worth: float = WORTH_PROCESSES,
    pace: float | None = None,
) -> list[list[float]]:
    """Score each target under every order.

    Parameters
    ----------
    targets : sequence of tuple of int
        Positions of the columns that are shuffled together.
    names : sequence of str
        One per target, for the progress line.
    orders : sequence of ndarray of shape (rows,)
    n_jobs : int
        Most processes, as joblib counts them. Each runs its libraries on one thread, because a
        threaded model in every process is slower than one process alone.
    worth : float
        Seconds of work left, as measured so far, that processes are started for; of the
        processor where that had other work as well.
    pace : float or None
        Seconds that a shuffle of a column is expected to take.

    Returns
    -------
    list of list of float
        The scores of each target, one per order.
    """
    found: list[list[float]] = [[] for _ in targets]
    if not targets:
        return found
    room = rescorer.room(len(orders))
    weigh = getattr(rescorer, "weights", None) if n_jobs != 1 else None
    weights = None if weigh is None else weigh(targets, len(orders))
    pieces = Pieces(len(targets), len(orders), len(orders[0]), room, pace, weights)
    for piece, scores in _results(rescorer, targets, orders, n_jobs, worth, pieces):
        for column, more in pairs(range(piece.start, piece.stop), scores):
            found[column] += more
            counter.step(names[column], len(more))
    return found


def _results(
    rescorer: Rescorer, targets: Targets, orders: Orders, n_jobs: int, worth: float, pieces: Pieces
) -> Iterator[Found]:
    busy = 1.0
    while pieces.left:
        if n_jobs != 1 and pieces.settled and pieces.seconds * busy >= worth:
            yield from _in_processes(rescorer, targets, orders, n_jobs, pieces)
            return
        piece = pieces.take()
        began, worked = time.perf_counter(), time.process_time()
        scores = _scored(rescorer, targets, orders, piece)
        seconds = time.perf_counter() - began
        # Beside other work the clock runs on while nothing is computed: a process more is no help.
        busy = min(1.0, (time.process_time() - worked) / max(seconds, 1e-9))
        pieces.learn(piece, seconds)
        yield piece, scores


def _scored(rescorer: Any, targets: Targets, orders: Orders, piece: Piece) -> list[list[float]]:
    wanted = targets[piece.start : piece.stop]
    found: list[list[float]] = rescorer.scores(wanted, orders[piece.first : piece.last])
    return found


def _in_processes(
    rescorer: Rescorer, targets: Targets, orders: Orders, n_jobs: int, left: Pieces
) -> Iterator[Found]:
    from joblib import Parallel, delayed, effective_n_jobs, parallel_backend

    processes = effective_n_jobs(n_jobs)
    # The model is sent along with every share of the work.
    shares = max(processes * _SHARES, math.ceil(left.seconds / _SHARE_SECONDS))
    pieces = list(left.rest(processes))
    size = math.ceil(len(pieces) / shares)
    parts = [pieces[start : start + size] for start in range(0, len(pieces), size)]
    jobs = (delayed(_alone)(rescorer, targets, orders, part) for part in parts)
    with parallel_backend("loky", n_jobs=n_jobs, inner_max_num_threads=1):
        done: Any = Parallel(**as_they_come())(jobs)
        for part, scores in zip(parts, done):  # noqa: B905
            yield from pairs(part, scores)


def _alone(
    rescorer: Any, targets: Targets, orders: Orders, pieces: list[Piece]
) -> list[list[list[float]]]:
    """Run inside a worker process, on its own copy of the model."""
    single_threaded(rescorer)
    return [_scored(rescorer, targets, orders, piece) for piece in pieces]
