"""Find the model run that a user means by a run, an AutoML run or an experiment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.facts import (
    BEST_CHILD,
    CODE_STATE,
    is_parent,
    metric_value,
    primary_metric,
    why_no_code,
)
from codegen_fi.sources.failures import RemoteError
from codegen_fi.sources.records import RunRecord
from codegen_fi.sources.remote import Remote

CODE_FOLDER: Final = "outputs/generated_code"
SCRIPT: Final = "script.py"
# Where runs that AutoML didn't write keep a script: a folder that was logged as it is.
_FOLDERS: Final = (CODE_FOLDER, "generated_code", "")
_SMALLER_IS_BETTER: Final = re.compile(r"error|loss|mape|deviance", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A model run and why it is the one.

    Attributes
    ----------
    parent
        The AutoML run it belongs to.
    folder
        Folder of the run that holds the script.
    files
        Paths of the files in that folder.
    why
        In words, for the user.
    """

    run: RunRecord
    parent: RunRecord | None
    folder: str
    files: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A child run in a listing, with its value of the primary metric."""

    run: RunRecord
    metric: float | None
    has_code: bool
    best: bool


def choose(remote: Remote, run_id: str) -> Choice:
    """Return the model run behind a run id: itself, or the best child of an AutoML run.

    Raises
    ------
    RemoteError
        The run is not there, or neither it nor a child has generated code.
    """
    run = remote.run(run_id)
    if not is_parent(run):
        folder, files = _code(remote, run)
        if folder is not None:
            parent = _parent_of(remote, run)
            return Choice(run, parent, folder, files, "the run named")
    marked = run.tags.get(BEST_CHILD)
    if marked:
        best = remote.run(marked)
        metric = primary_metric(best, run)
        return _with_code(remote, best, run, _words("best child", run.run_id, best, metric))
    children = [] if run.parent_id and not is_parent(run) else remote.children(run_id)
    if not children:
        parent = _parent_of(remote, run)
        raise _no_code(remote, run, parent)
    best, metric = _best(children, run, f"run {run_id}")
    if is_parent(best):
        # A pipeline, whose step is the AutoML run.
        return choose(remote, best.run_id)
    why = _words("best child", run_id, best, metric)
    return _with_code(remote, best, run, why, others=children)


def best_of(remote: Remote, experiment: str, metric: str | None = None) -> Choice:
    """Return the best model run of an experiment.

    Parameters
    ----------
    experiment
        Its name.
    metric
        What to compare by; None takes the primary metric of its AutoML runs.

    Raises
    ------
    UsageError
        The runs of the experiment have different primary metrics, or none.
    RemoteError
        The experiment has no run with that metric and generated code.
    """
    runs = remote.experiment(experiment)
    parents = _parents(remote, runs)
    metric = metric or _common_metric(remote, runs, parents, experiment)
    models = [run for run in runs if run.run_id not in parents]
    scored = _ranked(models, metric)
    if not scored:
        raise UsageError(
            f"No run of experiment {experiment} has the metric {metric}. "
            "Name one that they have with --metric."
        )
    best = scored[0] if scored[0].properties else remote.run(scored[0].run_id)
    parent = parents.get(best.parent_id or "") or _parent_of(remote, best)
    why = _words("best of experiment", experiment, best, metric)
    return _with_code(remote, best, parent, why, others=models)


def list_children(remote: Remote, run_id: str) -> tuple[RunRecord, str | None, list[Listed]]:
    """Return an AutoML run, its primary metric, and its children, best first.

    A child of the run leads to its siblings.

    Raises
    ------
    RemoteError
        The run is not there.
    """
    run = remote.run(run_id)
    if run.parent_id and not is_parent(run):
        run = remote.run(run.parent_id)
    children = remote.children(run.run_id)
    metric = primary_metric(run) or next(filter(None, map(primary_metric, children)), None)
    ranked = _ranked(children, metric)
    marked = run.tags.get(BEST_CHILD) or (ranked[0].run_id if ranked else None)
    rest = [child for child in children if child not in ranked]
    listed = [
        Listed(c, metric_value(c, metric), _has_code(remote, c), c.run_id == marked)
        for c in (*ranked, *rest)
    ]
    return run, metric, listed


def _has_code(remote: Remote, run: RunRecord) -> bool:
    state = run.tags.get(CODE_STATE)
    return state == "completed" if state else _code(remote, run)[0] is not None


def _code(remote: Remote, run: RunRecord) -> tuple[str | None, tuple[str, ...]]:
    for folder in _FOLDERS:
        files = tuple(remote.files(run.run_id, folder))
        if _path(folder) in files:
            return folder, files
    return None, ()


def _path(folder: str) -> str:
    return f"{folder}/{SCRIPT}" if folder else SCRIPT


def _with_code(
    remote: Remote,
    run: RunRecord,
    parent: RunRecord | None,
    why: str,
    others: Sequence[RunRecord] = (),
) -> Choice:
    folder, files = _code(remote, run)
    if folder is not None:
        return Choice(run, parent, folder, files, why)
    if not others and parent is not None:
        others = remote.children(parent.run_id)
    metric = primary_metric(run, parent)
    there = [o for o in _ranked(others, metric) if o.tags.get(CODE_STATE) == "completed"]
    raise _no_code(remote, run, parent, f"It is {why}.", there)


def _no_code(
    remote: Remote,
    run: RunRecord,
    parent: RunRecord | None,
    first: str = "",
    others: Sequence[RunRecord] = (),
) -> RemoteError:
    reason = why_no_code(run, parent)
    message = f"Run {run.run_id} in {remote.where} has no generated code. {first} {reason}"
    if others:
        message += f" The best of its siblings that has code is {others[0].run_id}."
    elif parent is not None:
        service = "mlflow" if remote.settings.client == "mlflow" else "azureml"
        message += f" See them with: codegen-fi runs {service}:{parent.run_id}"
    return RemoteError("no_code", re.sub(" {2,}(?=[A-Z])", " ", message))


def _parent_of(remote: Remote, run: RunRecord) -> RunRecord | None:
    if not run.parent_id:
        return None
    try:
        return remote.run(run.parent_id)
    except RemoteError as error:
        # The parent only adds facts; a deleted one must not keep the script away.
        if error.kind == "run_not_found":
            return None
        raise


def _best(
    children: Sequence[RunRecord], parent: RunRecord, what: str
) -> tuple[RunRecord, str | None]:
    metric = primary_metric(parent) or next(filter(None, map(primary_metric, children)), None)
    ranked = _ranked(children, metric)
    if ranked:
        return ranked[0], metric
    if len(children) == 1:
        return children[0], metric
    named = f"the metric {metric}" if metric else "a primary metric"
    raise UsageError(
        f"None of the {len(children)} children of {what} has {named} to choose by. "
        f"Name one of them; `codegen-fi runs` lists them."
    )


def _ranked(runs: Iterable[RunRecord], metric: str | None) -> list[RunRecord]:
    """Return the runs that have the metric, best first; of equal ones the earlier."""
    scored = [(metric_value(run, metric), run) for run in runs if metric]
    known = [(value, run) for value, run in scored if value is not None]
    sign = 1 if smaller_is_better(metric or "") else -1
    return [run for _, run in sorted(known, key=lambda pair: sign * pair[0])]


def smaller_is_better(metric: str) -> bool:
    """Tell whether small values of a metric are the good ones."""
    return bool(_SMALLER_IS_BETTER.search(metric)) and not metric.startswith("neg_")


def _parents(remote: Remote, runs: Sequence[RunRecord]) -> dict[str, RunRecord]:
    """Return the AutoML runs of an experiment by their id."""
    known = {run.run_id: run for run in runs if is_parent(run)}
    # Some clients list an experiment without settings; each run alone has them.
    for run_id, child in {run.parent_id: run for run in runs if run.parent_id}.items():
        if run_id not in known or primary_metric(known[run_id]) is None:
            parent = _parent_of(remote, child)
            if parent is not None and is_parent(parent):
                known[run_id] = parent
    return known


def _common_metric(
    remote: Remote, runs: Sequence[RunRecord], parents: dict[str, RunRecord], experiment: str
) -> str:
    """Return the one primary metric of all AutoML runs among the runs."""
    # Not every listing holds all that a run itself tells.
    for run in {run.parent_id: run for run in runs if run.parent_id}.values():
        known = parents.get(str(run.parent_id))
        if known is None or primary_metric(known) is None:
            parents[str(run.parent_id)] = _parent_of(remote, run) or RunRecord(str(run.parent_id))
    names = {primary_metric(run, parents.get(run.parent_id or "")) for run in runs} - {None}
    if len(names) == 1:
        return str(names.pop())
    logged = sorted({name for run in runs for name in run.metrics})
    found = (
        f"have different primary metrics: {', '.join(sorted(map(str, names)))}"
        if names
        else f"don't name a primary metric. They have: {', '.join(logged) or 'no metric'}"
    )
    raise UsageError(f"The runs of experiment {experiment} {found}. Choose one with --metric.")


def _words(what: str, of: str, run: RunRecord, metric: str | None) -> str:
    value = metric_value(run, metric)
    by = f", {metric} {value:.6g}" if metric and value is not None else ""
    return f"the {what} {of}{by}" if what.startswith("best of") else f"the {what} of {of}{by}"
