"""Which of several models is the best one, by the metric AutoML chose by or one the user names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.facts import metric_value, primary_metric
from codegen_fi.sources.records import RunRecord

_SMALLER_IS_BETTER: Final = re.compile(r"error|loss|mape|deviance", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metric:
    """What models are compared by.

    Attributes
    ----------
    name
        None when nothing tells it.
    asked
        Whether the user named it; AutoML's own is also kept as property ``score``.
    """

    name: str | None
    asked: bool = False

    def of(self, run: RunRecord) -> float | None:
        """Return a run's value, None when it has none that is a finite number."""
        return metric_value(run, self.name, score=not self.asked) if self.name else None

    def words(self, run: RunRecord) -> str:
        """Return ``, name value`` to say of a run, nothing when it has no value."""
        value = self.of(run)
        return "" if value is None else f", {self.name} {value:.6g}"


def ranked(runs: Iterable[RunRecord], metric: Metric) -> list[RunRecord]:
    """Return the runs that have the metric, best first; of equal ones the earlier."""
    known = [(value, run) for run in runs if (value := metric.of(run)) is not None]
    sign = 1 if smaller_is_better(metric.name or "") else -1
    return [run for _, run in sorted(known, key=lambda pair: sign * pair[0])]


def smaller_is_better(metric: str) -> bool:
    """Tell whether small values of a metric are the good ones."""
    return bool(_SMALLER_IS_BETTER.search(metric)) and not metric.startswith("neg_")


def metric_of_children(
    parent: RunRecord, children: Sequence[RunRecord], asked: str | None
) -> Metric:
    """Return what the children of a run are compared by."""
    if asked is not None:
        return Metric(asked, asked=True)
    return Metric(primary_metric(parent) or next(filter(None, map(primary_metric, children)), None))


def metric_of_experiment(
    runs: Sequence[RunRecord], parents: Mapping[str, RunRecord], experiment: str, asked: str | None
) -> Metric:
    """Return what the runs of an experiment are compared by.

    Raises
    ------
    UsageError
        Nothing was asked for, and the runs have different primary metrics or none.
    """
    if asked is not None:
        return Metric(asked, asked=True)
    names = {primary_metric(run, parents.get(run.parent_id or "")) for run in runs} - {None}
    if len(names) == 1:
        return Metric(names.pop())
    found = (
        f"have different primary metrics: {', '.join(sorted(map(str, names)))}"
        if names
        else f"don't name a primary metric. They have: {logged(runs)}"
    )
    raise UsageError(f"The runs of experiment {experiment} {found}. Choose one with --metric.")


def logged(runs: Iterable[RunRecord]) -> str:
    """Return the names of the metrics that some of the runs have."""
    return ", ".join(sorted({name for run in runs for name in run.metrics})) or "no metric"
