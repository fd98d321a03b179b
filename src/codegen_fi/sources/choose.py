"""Find the model run that a user means by a run, an AutoML run or an experiment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.facts import (
    BEST_CHILD,
    CODE_STATE,
    algorithm_of,
    is_parent,
    primary_metric,
)
from codegen_fi.sources.failures import RemoteError
from codegen_fi.sources.no_code import ANOTHER_CHILD, why_no_code
from codegen_fi.sources.ranking import (
    Metric,
    logged,
    metric_of_children,
    metric_of_experiment,
    ranked,
)
from codegen_fi.sources.records import RunRecord
from codegen_fi.sources.remote import Remote

# This client tells of a listed run no more than the metric it was chosen by.
_MORE_METRICS: Final = {"azureml-core": ", or see all of them with --sdk v2"}
CODE_FOLDER: Final = "outputs/generated_code"
SCRIPT: Final = "script.py"
# Where runs that AutoML didn't write keep a script: a folder that was logged as it is.
_FOLDERS: Final = (CODE_FOLDER, "generated_code", "")


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

    @property
    def algorithm(self) -> str | None:
        """The name of the model."""
        return algorithm_of(self.run)


def choose(remote: Remote, run_id: str, asked: str | None = None) -> Choice:
    """Return the model run behind a run id: itself, or the best child of an AutoML run.

    Parameters
    ----------
    run_id
        The run.
    asked
        The metric to choose a child by; None takes the one AutoML chose.

    Raises
    ------
    RemoteError
        The run is not there, or neither it nor a child has generated code.
    """
    run = remote.run(run_id)
    if not is_parent(run):
        folder, files = _code(remote, run)
        if folder is not None:
            return Choice(run, _parent_of(remote, run), folder, files, "the run named")
    marked = run.tags.get(BEST_CHILD) if asked is None else None
    if marked:
        best = remote.run(marked)
        metric = Metric(primary_metric(best, run))
        why = f"the best child of {run_id}{metric.words(best)}"
        return _with_code(remote, best, run, why)
    children = [] if run.parent_id and not is_parent(run) else remote.children(run_id)
    if not children:
        raise _no_code(remote, run, _parent_of(remote, run))
    inner = [child for child in children if is_parent(child)]
    if inner and not is_parent(run):
        return choose(remote, _only_step(inner, run_id).run_id, asked)
    metric = metric_of_children(run, children, asked)
    best = _best(children, metric, run_id)
    why = f"the best child of {run_id}{metric.words(best)}{_so_far(run)}"
    return _with_code(remote, best, run, why, others=children)


def best_of(remote: Remote, experiment: str, asked: str | None = None) -> Choice:
    """Return the best model run of an experiment.

    Parameters
    ----------
    experiment
        Its name.
    asked
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
    metric = metric_of_experiment(runs, parents, experiment, asked)
    above = {*parents, *(run.parent_id for run in runs)}
    models = [run for run in runs if run.run_id not in above]
    scored = ranked(models, metric)
    if not scored:
        raise UsageError(
            f"No model of experiment {experiment} has the metric {metric.name}. "
            f"They have: {logged(models)}. Name one with --metric"
            f"{_MORE_METRICS.get(remote.settings.client, '')}."
        )
    best = scored[0] if scored[0].properties else remote.run(scored[0].run_id)
    parent = parents.get(best.parent_id or "") or _parent_of(remote, best)
    why = f"the best of experiment {experiment}{metric.words(scored[0])}"
    return _with_code(remote, best, parent, why, others=models)


def list_children(
    remote: Remote, run_id: str, asked: str | None = None
) -> tuple[RunRecord, str | None, list[Listed]]:
    """Return an AutoML run, the metric, and its children, best first.

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
    metric = metric_of_children(run, children, asked)
    order = ranked(children, metric)
    marked = run.tags.get(BEST_CHILD) if asked is None else None
    best = marked or (order[0].run_id if order else None)
    rest = [child for child in children if child not in order]
    listed = [
        Listed(c, metric.of(c), _has_code(remote, c), c.run_id == best) for c in (*order, *rest)
    ]
    return run, metric.name, listed


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
    metric = Metric(primary_metric(run, parent))
    there = [o for o in ranked(others, metric) if o.tags.get(CODE_STATE) == "completed"]
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
    elif parent is not None and reason.endswith(ANOTHER_CHILD):
        service = "mlflow" if remote.settings.client == "mlflow" else "azureml"
        message += f" They are listed by: codegen-fi runs {service}:{parent.run_id}"
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


def _only_step(inner: Sequence[RunRecord], pipeline: str) -> RunRecord:
    """Return the one AutoML run among the steps of a pipeline."""
    if len(inner) == 1:
        return inner[0]
    names = ", ".join(run.run_id for run in inner)
    raise UsageError(f"Run {pipeline} has several AutoML runs in it: {names}. Name one of them.")


def _so_far(run: RunRecord) -> str:
    return f"; so far: it is {run.status}" if run.status in {"Running", "Queued"} else ""


def _best(children: Sequence[RunRecord], metric: Metric, parent: str) -> RunRecord:
    order = ranked(children, metric)
    if order:
        return order[0]
    if len(children) == 1:
        return children[0]
    named = f"the metric {metric.name}" if metric.name else "a primary metric"
    raise UsageError(
        f"None of the {len(children)} children of run {parent} has {named} to choose by. They "
        f"have: {logged(children)}. Name one with --metric, or one of the children as RUN."
    )


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
