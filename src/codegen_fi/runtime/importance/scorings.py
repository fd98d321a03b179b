"""Score many columns one after the other or in processes, telling how far it is."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from .compat import as_they_come
from .threads import single_threaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .rescoring import Rescorer

    Progress = Callable[[int, int, str], object]
    Batch = Sequence[tuple[int, ...]]

WORTH_PROCESSES = 20.0
"""Seconds that the rest must take on one process for others to be started.

Each has to import the libraries and to be sent the model: some seconds.
"""

_SHARES = 4


class Counter:
    """Counts the scored columns of all spaces for one progress line.

    Parameters
    ----------
    progress : callable(done, total, text) or None
    total : int
        Columns to score.
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def grow(self, columns: int) -> None:
        """Announce more columns."""
        self._total += columns

    def step(self, text: str) -> None:
        """Count one column."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total, text)


def score_columns(
    rescorer: Rescorer,
    targets: Batch,
    names: Sequence[str],
    orders: Sequence[NDArray[np.intp]],
    counter: Counter,
    n_jobs: int,
    worth: float = WORTH_PROCESSES,
) -> list[list[float]]:
    """Score each target under every order.

    Parameters
    ----------
    targets : sequence of tuple of int
        Positions of the columns that are shuffled together.
    names : sequence of str
        One per target, for the progress line.
    n_jobs : int
        Most processes, as joblib counts them. Each runs its libraries on one thread, because a
        threaded model in every process is slower than one process alone.
    worth : float
        Seconds of work left, as measured on the first batch, that processes are started for.

    Returns
    -------
    list of list of float
        The scores of each target, one per order.
    """
    room = rescorer.room(len(orders))
    batches: list[Batch] = [
        list(targets[start : start + room]) for start in range(0, len(targets), room)
    ]
    found: list[list[float]] = []
    for scores in _results(rescorer, batches, orders, n_jobs, worth):
        for each in scores:
            counter.step(names[len(found)])
            found.append(each)
    return found


def _results(
    rescorer: Rescorer,
    batches: list[Batch],
    orders: Sequence[NDArray[np.intp]],
    n_jobs: int,
    worth: float,
) -> Iterator[list[list[float]]]:
    for done, batch in enumerate(batches, start=1):
        began = time.perf_counter()
        yield rescorer.scores(batch, orders)
        left = len(batches) - done
        if n_jobs != 1 and left > 1 and (time.perf_counter() - began) * left >= worth:
            yield from _in_processes(rescorer, batches[done:], orders, n_jobs)
            return


def _in_processes(
    rescorer: Rescorer, batches: list[Batch], orders: Sequence[NDArray[np.intp]], n_jobs: int
) -> Iterator[list[list[float]]]:
    from joblib import Parallel, delayed, effective_n_jobs, parallel_backend

    # The model is sent along with every share of the work.
    size = math.ceil(len(batches) / (effective_n_jobs(n_jobs) * _SHARES))
    shares = [batches[start : start + size] for start in range(0, len(batches), size)]
    jobs = (delayed(_alone)(rescorer, share, orders) for share in shares)
    with parallel_backend("loky", n_jobs=n_jobs, inner_max_num_threads=1):
        done: Any = Parallel(**as_they_come())(jobs)
        for scores in done:
            yield from scores


def _alone(
    rescorer: Any, batches: list[Batch], orders: Sequence[NDArray[np.intp]]
) -> list[list[list[float]]]:
    """Run inside a worker process, on its own copy of the model."""
    single_threaded(rescorer)
    return [rescorer.scores(batch, orders) for batch in batches]
