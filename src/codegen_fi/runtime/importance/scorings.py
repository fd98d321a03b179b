"""Score many columns one after the other or in processes, telling how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .compat import as_they_come
from .threads import single_threaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .rescoring import Rescorer

    Progress = Callable[[int, int, str], object]


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
    columns: Sequence[int],
    names: Sequence[str],
    orders: Sequence[NDArray[np.intp]],
    counter: Counter,
    n_jobs: int,
) -> dict[int, list[float]]:
    """Score each column under every order.

    Parameters
    ----------
    columns : positions to score
    names : names of all columns, for the progress line
    n_jobs : int
        Processes, as joblib counts them. Each runs its libraries on one thread, because a
        threaded model in every process is slower than one process alone.

    Returns
    -------
    dict of int to list of float
        The scores of each position, one per order.
    """
    found: dict[int, list[float]] = {}
    for column, scores in _results(rescorer, columns, orders, n_jobs):
        found[column] = scores
        counter.step(names[column])
    return found


def _results(
    rescorer: Rescorer, columns: Sequence[int], orders: Sequence[NDArray[np.intp]], n_jobs: int
) -> Iterator[tuple[int, list[float]]]:
    if n_jobs == 1 or len(columns) <= 1:
        for column in columns:
            yield column, rescorer.scores(column, orders)
        return
    from joblib import Parallel, delayed, parallel_backend

    jobs = (delayed(_alone)(rescorer, column, orders) for column in columns)
    with parallel_backend("loky", n_jobs=n_jobs, inner_max_num_threads=1):
        scores: Any = Parallel(**as_they_come())(jobs)
        yield from zip(columns, scores)  # noqa: B905


def _alone(rescorer: Any, column: int, orders: Sequence[NDArray[np.intp]]) -> list[float]:
    """Run inside a worker process, on its own copy of the model."""
    single_threaded(rescorer)
    found: list[float] = rescorer.scores(column, orders)
    return found
