"""Which of several models is the best one, by the metric AutoML chose by or one the user names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.facts import metric_value, primary_metric
from codegen_fi.sources.records import RunRecord

_SMALLER_IS_BETTER: Final = re.compile(
    r"error|loss|deviance|perplexity|brier"
    r"|(?<![a-z])(?:n?rmsl?e|msl?e|n?mae|s?mape|medae)(?![a-z])",
    re.IGNORECASE,
)
_DIRECTIONS: Final = {"min": True, "max": False}


@dataclass(frozen=True, slots=True)
class Metric:
    """What models are compared by.

    Attributes
    ----------
    name
        None when nothing tells it.
    asked
        Whether the user named it; AutoML's own is also kept as property ``score``.
    small
        Whether small values are the good ones; None tells it by the name.
    """

    name: str | None
    asked: bool = False
    small: bool | None = None

    @classmethod
    def named(cls, text: str) -> Metric:
        """Return what a user names: ``NAME``, ``NAME:min`` or ``NAME:max``."""
        name, colon, direction = text.rpartition(":")
        if colon and direction in _DIRECTIONS:
            return cls(name, asked=True, small=_DIRECTIONS[direction])
        return cls(text, asked=True)

    @property
    def smaller_is_better(self) -> bool:
        """Tell which end is the good one."""
        return smaller_is_better(self.name or "") if self.small is None else self.small

    def of(self, run: RunRecord) -> float | None:
        """Return a run's value, None when it has none that is a finite number."""
        return metric_value(run, self.name, score=not self.asked) if self.name else None

    def words(self, run: RunRecord) -> str:
        """Return ``, name value`` to say of a run, nothing when it has no value."""
        value = self.of(run)
        if value is None:
            return ""
        # Said where it is a guess from the name, and a wrong one would turn the order round.
        side = "smaller" if self.smaller_is_better else "larger"
        return f", {self.name} {value:.6g}" + (f" ({side} is better)" if self.asked else "")


def ranked(runs: Iterable[RunRecord], metric: Metric) -> list[RunRecord]:
    """Return the runs that have the metric, best first; of equal ones the earlier."""
    known = [(value, run) for run in runs if (value := metric.of(run)) is not None]
    sign = 1 if metric.smaller_is_better else -1
    return [run for _, run in sorted(known, key=lambda pair: sign * pair[0])]


def smaller_is_better(metric: str) -> bool:
    """Tell whether small values of a metric are the good ones."""
    return bool(_SMALLER_IS_BETTER.search(metric)) and not metric.startswith("neg_")


def metric_of_children(
    parent: RunRecord, children: Sequence[RunRecord], asked: str | None
) -> Metric:
    """Return what the children of a run are compared by."""
    if asked is not None:
        return Metric.named(asked)
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
        return Metric.named(asked)
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
