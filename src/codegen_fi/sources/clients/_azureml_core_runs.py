"""Turn the run objects of azureml-core into records, with as few requests as they allow."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from codegen_fi.sources.records import DataReference, RunRecord

_ROLES: Final[Mapping[str, Literal["training", "validation", "test"]]] = {
    "training_data": "training",
    "validation_data": "validation",
    "test_data": "test",
}


def described(run: Any) -> RunRecord:
    """Return all that is known of one run."""
    details = run.get_details()
    return RunRecord(
        run_id=str(run.id),
        parent_id=_parent_id(run),
        experiment=str(run.experiment.name),
        status=str(details.get("status") or run.status),
        started=_iso(details.get("startTimeUtc")),
        tags=_texts(run.get_tags()),
        properties=_texts(run.get_properties()),
        metrics=numbers(run.get_metrics()),
        data=_data(details.get("inputDatasets")),
        environment=environment_of(details),
    )


def listed(
    found: Iterable[Any], parents: Mapping[str, Mapping[str, str]] | None = None
) -> list[RunRecord]:
    """Return the runs of a listing, with the score of each model as its metric.

    To ask for all metrics takes a request for every metric of every run, which for an AutoML
    run of 100 models is thousands; its models carry their score in the listing itself.

    Parameters
    ----------
    parents
        Properties of runs by id, which name the metric that the score of their children is;
        runs of the listing itself are added to them.
    """
    runs = list(found)
    known = {**(parents or {}), **{str(run.id): _texts(run.properties) for run in runs}}
    return [_in_listing(run, known) for run in runs]


def _in_listing(run: Any, known: Mapping[str, Mapping[str, str]]) -> RunRecord:
    properties = known[str(run.id)]
    parent = _parent_id(run)
    metric = properties.get("primary_metric") or known.get(parent or "", {}).get("primary_metric")
    return RunRecord(
        run_id=str(run.id),
        parent_id=parent,
        experiment=str(run.experiment.name),
        status=str(run.status),
        started=_iso(_kept(run).get("start_time_utc")),
        tags=_texts(run.tags),
        properties=properties,
        metrics=_score(run, properties, metric),
    )


def _score(run: Any, properties: Mapping[str, str], metric: str | None) -> dict[str, float]:
    if metric and "score" in properties:
        return numbers({metric: properties["score"]})
    is_model = "run_algorithm" in properties and run.status == "Completed"
    return numbers(run.get_metrics()) if is_model else {}


def numbers(metrics: Mapping[str, Any]) -> dict[str, float]:
    """Return the metrics that are finite numbers; of a series its last value."""
    last = {name: _last(value) for name, value in metrics.items()}
    return {name: value for name, value in last.items() if value is not None}


def _last(value: Any) -> float | None:
    if isinstance(value, list):
        value = value[-1] if value else None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def text_of(error: BaseException) -> str:
    """Return what an exception of azureml-core says; for some of them ``str`` itself fails."""
    try:
        return str(error)
    except TypeError:
        return str(getattr(error, "message", type(error).__name__))


def environment_of(details: Mapping[str, Any]) -> str | None:
    """Return ``name:version`` of the environment in a run's details, if they tell it."""
    defined = (details.get("runDefinition") or {}).get("environment") or {}
    name, version = defined.get("name"), defined.get("version")
    return f"{name}:{version}" if name and version else None


def _data(lineage: Any) -> tuple[DataReference, ...]:
    """Return the datasets of a run by id.

    The entries themselves would each be loaded from the service, with rights that reading a run
    doesn't need; their printed form has the ids.
    """
    entries = ast.literal_eval(str(lineage)) if lineage is not None else []
    found = {_role(entry): entry["dataset"].get("id") for entry in entries}
    return tuple(
        DataReference(role, "id", str(found[name]))
        for name, role in _ROLES.items()
        if found.get(name)
    )


def _role(entry: Mapping[str, Any]) -> str:
    return str(entry["consumptionDetails"].get("inputName"))


def _parent_id(run: Any) -> str | None:
    kept = _kept(run)
    if "parent_run_id" in kept:
        return str(kept["parent_run_id"]) if kept["parent_run_id"] else None
    return str(run.parent.id) if run.parent is not None else None


def _kept(run: Any) -> Mapping[str, Any]:
    """Return what a listing said of a run, which has no public name, so as not to ask again."""
    kept = getattr(run, "_run_dto", None)
    return kept if isinstance(kept, Mapping) else {}


def _texts(values: Mapping[str, Any] | None) -> dict[str, str]:
    return {str(k): "" if v is None else str(v) for k, v in (values or {}).items()}


def _iso(when: Any) -> str | None:
    if when is None:
        return None
    return str(when.isoformat()) if hasattr(when, "isoformat") else str(when)
