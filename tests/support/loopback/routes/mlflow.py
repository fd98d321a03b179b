"""The workspace as an MLflow tracking server."""

import re
from typing import Any

from loopback.filters import MLFLOW_STATUS, UnknownFilterError, mlflow
from loopback.messages import Answer, Call, ok
from loopback.pages import page
from loopback.routes import Route
from loopback.routes.metrics import values_of
from loopback.state import Run, State

_ORDER = re.compile(r"(?:attributes?\.)?(start_time|metrics\..+?)(\s+desc|\s+asc)?", re.IGNORECASE)
_BASE = r"/mlflow/v\d\.0~/api/2\.0/mlflow"


def _refused(status: int, code: str, message: str) -> Answer:
    return ok({"error_code": code, "message": message}, status)


def shown_tags(run: Run) -> dict[str, str]:
    """Return a run's tags with those that MLflow adds."""
    own = {"mlflow.user": "Loopback", "mlflow.runName": run.run_id}
    family = {"mlflow.parentRunId": run.parent, "mlflow.rootRunId": run.parent or run.run_id}
    return {**run.tags, **own, **{name: value for name, value in family.items() if value}}


def record(run: Run, state: State) -> dict[str, Any]:
    """Return a run as MLflow writes it."""
    place, started = state.place, int(run.created.timestamp() * 1000)
    address = f"azureml://{place.api}/mlflow/v2.0{place.scope}"
    info = {
        "run_id": run.run_id,
        "run_uuid": run.run_id,
        "run_name": run.run_id,
        "experiment_id": state.experiment_id(run.experiment),
        "user_id": "Loopback",
        "status": MLFLOW_STATUS.get(run.status, "RUNNING"),
        "start_time": started,
        "end_time": started + 1_800_000,
        "lifecycle_stage": "active",
        "artifact_uri": f"{address}/experiments/{run.experiment}/runs/{run.run_id}/artifacts",
    }
    data = {"tags": _pairs(shown_tags(run)), "params": _pairs(run.params), "metrics": _last(run)}
    return {"info": info, "data": data, "inputs": {}}


def _pairs(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _last(run: Run) -> list[dict[str, Any]]:
    when = int(run.created.timestamp() * 1000)
    found = {name: values_of(run, name) for name in run.metrics}
    return [
        {"key": name, "value": values[-1], "timestamp": when, "step": len(values) - 1}
        for name, values in found.items()
        if not isinstance(values[-1], str)
    ]


def _get(call: Call) -> Answer:
    run_id = call.query.get("run_id") or call.query.get("run_uuid") or ""
    run = call.state.runs.get(run_id)
    if run is None:
        return _refused(404, "RESOURCE_DOES_NOT_EXIST", f"Run {run_id} not found")
    return ok({"run": record(run, call.state)})


def _search(call: Call) -> Answer:
    asked, state = call.json(), call.state
    wanted = {str(item) for item in asked.get("experiment_ids", ())}
    try:
        test = mlflow(asked.get("filter") or "", shown_tags)
        runs = [run for run in state.runs.values() if test(run)]
        runs = [run for run in runs if state.experiment_id(run.experiment) in wanted]
        _sort(runs, asked.get("order_by") or ["attributes.start_time DESC"])
    except UnknownFilterError as problem:
        return _refused(400, "INVALID_PARAMETER_VALUE", f"Not understood: {problem}")
    size, token = int(asked.get("max_results") or 1000), asked.get("page_token") or None
    found = page(call, [record(run, state) for run in runs], token=token, size=size)
    more = found["continuationToken"]
    return ok({"runs": found["value"], **({"next_page_token": more} if more else {})})


def _sort(runs: list[Run], order: list[str]) -> None:
    for clause in reversed(order):
        match = _ORDER.fullmatch(clause)
        if match is None:
            raise UnknownFilterError(clause)
        down = (match[2] or "").strip().lower() == "desc"
        name = match[1].removeprefix("metrics.").strip('`"')
        timed = match[1].lower() == "start_time"
        runs.sort(key=_started if timed else _metric(name), reverse=down)


def _started(run: Run) -> float:
    return run.created.timestamp()


def _metric(name: str) -> Any:
    return lambda run: values_of(run, name)[-1] if name in run.metrics else float("-inf")


def _experiment(call: Call) -> Answer:
    asked = call.query.get("experiment_name") or call.query.get("experiment_id") or ""
    name = call.state.experiment_name(asked)
    if name is None:
        message = f"Could not find experiment with name or id {asked}"
        return _refused(404, "RESOURCE_DOES_NOT_EXIST", message)
    return ok({"experiment": _experiment_record(call, name)})


def _experiments(call: Call) -> Answer:
    names = sorted({run.experiment for run in call.state.runs.values()})
    return ok({"experiments": [_experiment_record(call, name) for name in names]})


def _experiment_record(call: Call, name: str) -> dict[str, str]:
    return {
        "experiment_id": call.state.experiment_id(name),
        "name": name,
        "artifact_location": "",
        "lifecycle_stage": "active",
    }


def _history(call: Call) -> Answer:
    run, name = call.state.runs.get(call.query.get("run_id", "")), call.query.get("metric_key", "")
    if run is None or name not in run.metrics:
        return ok({"metrics": []})
    when = int(run.created.timestamp() * 1000)
    values = enumerate(values_of(run, name))
    found = [{"key": name, "value": v, "timestamp": when, "step": step} for step, v in values]
    return ok({"metrics": found})


ROUTES = (
    Route("api", "GET", rf"{_BASE}/runs/get", _get),
    Route("api", "POST", rf"{_BASE}/runs/search", _search),
    Route("api", "GET", rf"{_BASE}/experiments/get(?:-by-name)?", _experiment),
    Route("api", "GET|POST", rf"{_BASE}/experiments/search", _experiments),
    Route("api", "GET", rf"{_BASE}/metrics/get-history", _history),
)
