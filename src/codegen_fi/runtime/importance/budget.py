"""How many rows permutation scores when nobody says: all, unless that goes beyond a budget.

Work and memory are counted, not measured, so that the same data, model and options give the same
rows, and with them the same numbers, on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..run_budget import BUDGET, MOST_BYTES, MOST_STEPS, STEPS_PER_HOUR
from .counting import Counts, Targets, of_parts, of_whole
from .repeating import AUTO as REPEATS_AUTO
from .repeating import MOST
from .some_rows import featurized, leaves_of, some_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .anatomy import Anatomy

AUTO = "auto"
ALL = "all"

ENGINEERED_STEPS = MOST_STEPS // 6
"""Most steps spent on the engineered space, which nobody asks for first."""

FEWEST_ROWS = 1_000
"""Rows that are scored whatever the budget says; fewer tell nothing."""

_STEPS_PER_SECOND = 1e9
_GIBIBYTE = float(1 << 30)


@dataclass(frozen=True)
class Work(Counts):
    """What permutation takes for each row.

    Attributes
    ----------
    shuffles : float
        How many those of the raw columns and of the groups are.
    """

    shuffles: float = 1.0

    def seconds(self, rows: int) -> float:
        """Expect a time for one shuffle of one column."""
        return rows * self.steps / self.shuffles / _STEPS_PER_SECOND

    def within(self, rows: int) -> bool:
        """Tell whether the budget is enough for so many rows."""
        return rows * self.steps <= MOST_STEPS and rows * self.size <= MOST_BYTES

    def rows(self) -> int:
        """Tell how many rows the budget is enough for, in two digits and zeros."""
        most = int(min(MOST_STEPS / self.steps, MOST_BYTES / self.size))
        zeros = 10 ** max(len(str(most)) - 2, 0)
        return max(most // int(zeros) * int(zeros), FEWEST_ROWS)

    def why(self, rows: int) -> str:
        """Say what so many rows would take."""
        hours, size = rows * self.steps / STEPS_PER_HOUR, rows * self.size / _GIBIBYTE
        found = []
        if rows * self.steps > MOST_STEPS:
            found.append(f"take about {_rounded(hours)} hours of one processor")
        if rows * self.size > MOST_BYTES:
            found.append(f"need about {_rounded(size)} GiB of memory")
        return f"all would {' and '.join(found)}, and the budget is {BUDGET}"


def counted(
    anatomy: Anatomy, X: Any, repeats: int | str, groups: Sequence[tuple[str, Sequence[str]]]
) -> Work | None:
    """Count as `work_of`, exactly only where the budget may not be enough for all rows.

    None for few rows and for a model that can't be counted.
    """
    if len(X) <= FEWEST_ROWS:
        return None
    try:
        most = work_of(anatomy, X, repeats, groups, walked=True)
        if most.within(len(X)):
            return most
        return work_of(anatomy, X, repeats, groups)
    except Exception:  # noqa: BLE001 - it is scored on all rows
        return None


def work_of(
    anatomy: Anatomy,
    X: Any,
    repeats: int | str,
    groups: Sequence[tuple[str, Sequence[str]]] = (),
    walked: bool = False,
) -> Work:
    """Count what permutation takes, looking at some of the rows.

    Parameters
    ----------
    anatomy : Anatomy
    X : table of shape (rows, columns)
    repeats : int or "auto"
        Of `auto` the most.
    groups : sequence of (name, columns)
    walked : bool
        Count as if every shuffled row differed and were predicted by its library: hardly less
        than it takes where rows are looked up, and quicker to count. Engineered columns aren't
        counted then.
    """
    shuffles = float(MOST if repeats == REPEATS_AUTO else repeats)
    some = some_of(X)
    matrix = featurized(anatomy, some)
    leaves = leaves_of(anatomy)
    scorings = shuffles * (len(anatomy.raw) + len(groups))
    if anatomy.lineage is None or matrix is None:
        found = of_whole(anatomy, some, shuffles, len(groups), leaves)
    else:
        targets = Targets(anatomy, matrix, shuffles, groups, roughly=walked)
        found = of_parts(anatomy, matrix, targets, leaves, walked)
    return Work(found.steps, found.engineered, found.size, scorings)


def _rounded(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:.1f}"  # noqa: PLR2004
