"""Bring the model of a run to this machine: the run itself, or the best child of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.facts import BEST_CHILD, is_parent, primary_metric
from codegen_fi.sources.failures import RemoteError
from codegen_fi.sources.models.mlflow_folder import MLMODEL
from codegen_fi.sources.models.place import Place, find_model
from codegen_fi.sources.ranking import Metric, logged, metric_of_children, ranked
from codegen_fi.sources.records import RunRecord
from codegen_fi.sources.remote import Remote
from codegen_fi.sources.transfer import is_plain

_PICKLE: Final = "model.pkl"
# Where AutoML, MLflow before 3, MLflow from 3 on, and scripts keep a model.
_FOLDERS: Final = ("outputs", "model", "models:", "")
_ONLY_MLFLOW: Final = "models:"
_MOST_FILES: Final = 300
_DESCRIBE: Final = ("conda_env_v_1_0_0.yml", "conda_environment.yaml")


@dataclass(frozen=True, slots=True)
class FetchedModel:
    """A run's model on disk, and why this run."""

    run: RunRecord
    why: str
    place: Place
    source: str


def fetch_model(
    remote: Remote,
    run_id: str,
    into: Path,
    asked: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> FetchedModel:
    """Download the model of a run.

    Parameters
    ----------
    into
        An empty folder for what comes; the caller removes it.
    asked
        The metric to choose a child by; None takes AutoML's choice.
    tell
        Called with a line for each step.

    Raises
    ------
    RemoteError
        The run isn't there, or has no model.
    UsageError
        It can't be told which of its children is meant.
    """
    run, why, files = _chosen(remote, run_id, asked)
    tell(f"Run {run.run_id}: {why}")
    source, wanted = _wanted(files, f"run {run.run_id} in {remote.where}")
    base = PurePosixPath(source).parent
    for path in wanted:
        target = into / PurePosixPath(path).relative_to(base)
        target.parent.mkdir(parents=True, exist_ok=True)
        remote.fetch(run.run_id, path, target)
        if not target.is_file():
            raise RemoteError(
                "incomplete_download",
                f"{path} of run {run.run_id} in {remote.where} did not arrive. Try again.",
            )
    tell(f"Downloaded {source} ({len(wanted)} files)")
    place = find_model(into if source.endswith(MLMODEL) else into / _PICKLE)
    # What was downloaded with the model is data; only an MLflow folder says that it holds code.
    imports = tuple(p for p in place.imports if source.endswith(MLMODEL))
    return FetchedModel(run, why, replace(place, imports=imports), source)


def _chosen(remote: Remote, run_id: str, asked: str | None) -> tuple[RunRecord, str, Sequence[str]]:
    run = remote.run(run_id)
    if not is_parent(run):
        files = _model_files(remote, run_id)
        if files:
            return run, "the run named", files
    best, why = _best_child(remote, run, asked)
    if best is None:
        raise _no_model(remote, run, "")
    files = _model_files(remote, best.run_id)
    if not files:
        raise _no_model(remote, best, f" It is {why}.")
    return best, why, files


def _best_child(remote: Remote, run: RunRecord, asked: str | None) -> tuple[RunRecord | None, str]:
    marked = run.tags.get(BEST_CHILD) if asked is None else None
    if marked:
        best = remote.run(marked)
        metric = Metric(primary_metric(best, run))
        return best, f"the best child of {run.run_id}{metric.words(best)}"
    children = remote.children(run.run_id)
    if not children:
        return None, ""
    metric = metric_of_children(run, children, asked)
    order = ranked(children, metric) or (children if len(children) == 1 else [])
    if not order:
        named = f"the metric {metric.name}" if metric.name else "a primary metric"
        raise UsageError(
            f"None of the {len(children)} children of run {run.run_id} has {named} to choose by. "
            f"They have: {logged(children)}. Name one with --metric, or one of the children."
        )
    return order[0], f"the best child of {run.run_id}{metric.words(order[0])}"


def _model_files(remote: Remote, run_id: str) -> list[str]:
    """List the files around the model of a run; none when there is no model."""
    for folder in _FOLDERS:
        if folder == _ONLY_MLFLOW and remote.settings.client != "mlflow":
            continue
        files = [path for path in remote.files(run_id, folder) if _is_safe(path)]
        if any(PurePosixPath(path).name in {MLMODEL, _PICKLE} for path in files):
            return files
    return []


def _is_safe(path: str) -> bool:
    return is_plain(path.removeprefix(f"{_ONLY_MLFLOW}/"))


def _wanted(files: Sequence[str], where: str) -> tuple[str, list[str]]:
    """Return the file that marks the model, and all files to download for it."""
    folders = sorted((p for p in files if PurePosixPath(p).name == MLMODEL), key=_depth)
    if folders:
        base = f"{PurePosixPath(folders[0]).parent}/".removeprefix("./")
        found = [path for path in files if path.startswith(base)]
        if len(found) > _MOST_FILES:
            raise UsageError(
                f"The model of {where} has {len(found)} files, more than any this tool explains. "
                "Download it yourself and name its folder."
            )
        return folders[0], found
    model = min((p for p in files if PurePosixPath(p).name == _PICKLE), key=_depth)
    beside = [p for p in files if PurePosixPath(p).parent == PurePosixPath(model).parent]
    return model, [model, *(p for p in beside if PurePosixPath(p).name in _DESCRIBE)]


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _no_model(remote: Remote, run: RunRecord, first: str) -> RemoteError:
    return RemoteError(
        "no_model",
        f"Run {run.run_id} in {remote.where} has no model among its files (outputs/{_PICKLE} or a "
        f"folder with {MLMODEL}).{first} Name another run, or download a model and name its file.",
    )
