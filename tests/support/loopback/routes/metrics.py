"""Metrics as v1 reads them: their names first, then every value of each."""

from collections.abc import Sequence
from typing import Any

from loopback.messages import Answer, Call, error, ok
from loopback.pages import page
from loopback.routes import Route
from loopback.state import Run

_RUN = r"/metric/v2\.0~/runs/(?P<run>[^/]+)"


def values_of(run: Run, name: str) -> list[Any]:
    """Return all values logged under a name, oldest first."""
    value = run.metrics[name]
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def _column(run: Run, name: str) -> dict[str, str]:
    text = any(isinstance(value, str) for value in values_of(run, name))
    return {name: "String" if text else "Double"}


def _names(call: Call) -> Answer:
    run = call.state.runs.get(call.args["run"])
    if run is None:
        return error(404, "UserError", f"Run {call.args['run']} was not found")
    found = [
        {"metricKey": {"namespace": "", "name": name}, "columns": _column(run, name)}
        for name in run.metrics
    ]
    token = call.json().get("continuationToken")
    return ok(page(call, found, token=token))


def _full(call: Call) -> Answer:
    run, name = call.state.runs.get(call.args["run"]), str(call.json().get("metricName"))
    if run is None or name not in run.metrics:
        return error(404, "UserError", f"Metric {name} was not found")
    values = [
        {
            "metricId": f"{run.run_id}/{name}/{step}",
            "createdUtc": run.created.isoformat(),
            "step": step,
            "data": {name: value},
        }
        for step, value in enumerate(values_of(run, name))
    ]
    return ok(
        {
            "dataContainerId": f"dcid.{run.run_id}",
            "name": name,
            "columns": _column(run, name),
            "properties": {"uxMetricType": "azureml.v1.scalar"},
            "value": values,
            "continuationToken": None,
        }
    )


ROUTES = (
    Route("api", "POST", rf"{_RUN}/list", _names),
    Route("api", "POST", rf"{_RUN}/full", _full),
)
