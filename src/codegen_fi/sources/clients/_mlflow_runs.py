"""Put an MLflow run into the words all clients share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal

from codegen_fi.sources.records import DataReference, RunRecord

PARENT: Final = "mlflow.parentRunId"
CONTEXT: Final = "mlflow.data.context"
_Role = Literal["training", "validation", "test"]
_ROLES: Final[Mapping[str, _Role]] = {
    "": "training",
    "train": "training",
    "training": "training",
    "validation": "validation",
    "valid": "validation",
    "eval": "validation",
    "evaluation": "validation",
    "test": "test",
    "testing": "test",
}


def record(run: Any, experiment: str | None) -> RunRecord:
    """Return a run of MLflow; its parameters are what MLflow has for properties."""
    return RunRecord(
        run_id=str(run.info.run_id),
        parent_id=run.data.tags.get(PARENT) or None,
        experiment=experiment,
        status=str(run.info.status),
        started=moment(run.info.start_time),
        tags={str(name): str(value) for name, value in run.data.tags.items()},
        properties={str(name): str(value) for name, value in run.data.params.items()},
        metrics={
            str(name): float(value)
            for name, value in run.data.metrics.items()
            if isinstance(value, (int, float))
        },
        data=tuple(_data(run)),
    )


def moment(milliseconds: int | None) -> str | None:
    """Return a time of MLflow (milliseconds since 1970) in ISO 8601."""
    if not milliseconds:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


def _data(run: Any) -> Iterator[DataReference]:
    """Yield the first logged table of each role, as later ones only narrow it."""
    seen: set[str] = set()
    for item in getattr(run.inputs, "dataset_inputs", None) or ():
        contexts = [tag.value for tag in item.tags if tag.key == CONTEXT]
        role = _ROLES.get(contexts[0].lower() if contexts else "")
        value = _source(item.dataset.source)
        if role is not None and value is not None and role not in seen:
            seen.add(role)
            yield DataReference(role, "uri", value, item.dataset.name or None)


def _source(text: str) -> str | None:
    """Return where a table came from, if the source is something with an address."""
    try:
        source = json.loads(text)
    except ValueError:
        return None
    if not isinstance(source, dict):
        return None
    found = source.get("uri") or source.get("url")
    return found if isinstance(found, str) else None
