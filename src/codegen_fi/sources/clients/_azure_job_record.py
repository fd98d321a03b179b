"""Put a job of azure-ai-ml into the words all clients share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any, Final

from codegen_fi.sources.records import DataReference, RunRecord

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ENVIRONMENT: Final = re.compile(
    r"(?:^azureml:|/environments/|^)(?P<name>[\w.-]+)(?::|/versions/)(?P<version>[\w.-]+)$"
)
# Metrics of a run are named as AutoML does, jobs name theirs in another spelling.
_SPELLED: Final[Mapping[str, str]] = {"aucweighted": "AUC_weighted", "iou": "iou"}
_TABLES: Final = (
    ("training", "training_data"),
    ("validation", "validation_data"),
    ("test", "test_data"),
)


def record(job: Any) -> RunRecord:
    """Return a job; parent and metrics are not the job's to tell."""
    return RunRecord(
        run_id=str(job.name),
        experiment=getattr(job, "experiment_name", None),
        status=_plain(getattr(job, "status", None)),
        started=_started(job),
        tags=_texts(job.tags),
        properties=_texts(job.properties),
        data=tuple(_data(job)),
        task=_task(job),
        label=_plain(getattr(job, "target_column_name", None)),
        primary_metric=metric_name(_plain(getattr(job, "primary_metric", None))),
        environment=environment_name(getattr(job, "environment", None)),
    )


def metric_name(name: str | None) -> str | None:
    """Return a metric in the spelling of a run's metrics."""
    if not name:
        return None
    known = _SPELLED.get(name.replace("_", "").lower())
    return known or _HUMP.sub("_", name).lower()


def environment_name(environment: Any) -> str | None:
    """Return ``name:version`` of a registered environment; None for one made on the spot."""
    if environment is None or isinstance(environment, str):
        found = _ENVIRONMENT.search(environment or "")
        return f"{found['name']}:{found['version']}" if found else None
    name, version = getattr(environment, "name", None), getattr(environment, "version", None)
    return f"{name}:{version}" if name and version else None


def _plain(value: Any) -> str | None:
    # A command job has an empty mapping for every name it doesn't know.
    text = getattr(value, "value", value)
    return text if isinstance(text, str) and text else None


def _task(job: Any) -> str | None:
    name = _plain(getattr(job, "task_type", None))
    return _HUMP.sub("-", name).lower() if name else None


def _texts(values: Mapping[Any, Any] | None) -> dict[str, str]:
    return {str(name): str(value) for name, value in (values or {}).items() if value is not None}


def _started(job: Any) -> str | None:
    context = getattr(job, "creation_context", None)
    created = getattr(context, "created_at", None)
    if created is None:
        return None
    return str((created if created.tzinfo else created.replace(tzinfo=UTC)).isoformat())


def _data(job: Any) -> Iterator[DataReference]:
    for role, field in _TABLES:
        path = getattr(getattr(job, field, None), "path", None)
        if path:
            yield DataReference(role, "uri", str(path))  # type: ignore[arg-type]
