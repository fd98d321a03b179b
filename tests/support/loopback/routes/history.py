"""The run history: runs, their children, experiments and the details v1 asks for."""

from datetime import timedelta
from typing import Any

from loopback.filters import UnknownFilterError, odata
from loopback.messages import Answer, Call, error, ok
from loopback.pages import page
from loopback.routes import Route
from loopback.state import Run, State

_BASE = r"/history/v1\.0~"
_EXPERIMENT = r"/experiment(?:s|ids)/(?P<experiment>[^/]+)"
_RUN = rf"{_BASE}(?:{_EXPERIMENT})?/runs/(?P<run>[^/]+)"


def record(run: Run, state: State) -> dict[str, Any]:
    """Return a run as the run history writes it."""
    started = run.created.isoformat()
    return {
        "runNumber": run.number,
        "rootRunId": run.parent or run.run_id,
        "parentRunId": run.parent,
        "runId": run.run_id,
        "runUuid": f"00000000-0000-4000-8000-{run.number:012d}",
        "experimentId": state.experiment_id(run.experiment),
        "status": run.status,
        "createdUtc": started,
        "startTimeUtc": started,
        "endTimeUtc": (run.created + timedelta(minutes=30)).isoformat(),
        "userId": "00000000-0000-4000-8000-0000000000aa",
        "createdBy": {"userObjectId": "aa", "userTenantId": "tt", "userName": "Loopback"},
        "displayName": run.run_id,
        "name": run.run_id,
        "dataContainerId": f"dcid.{run.run_id}",
        "runType": run.run_type,
        "runTypeV2": {"orchestrator": "AutoML", "traits": [], "computeType": "AmlCompute"},
        "properties": run.properties,
        "tags": run.tags,
        "inputDatasets": run.input_datasets,
        "outputDatasets": [],
        "runDefinition": None,
        "error": run.error,
        "target": "cpu-cluster",
        "hidden": False,
    }


def _missing(run_id: str) -> Answer:
    return error(404, "UserError", f"Run {run_id} was not found")


def _run(call: Call) -> Answer:
    run = call.state.runs.get(call.args["run"])
    return ok(record(run, call.state)) if run else _missing(call.args["run"])


def _details(call: Call) -> Answer:
    run = call.state.runs.get(call.args["run"])
    if run is None:
        return _missing(call.args["run"])
    whole = record(run, call.state)
    names = (
        "runId target status startTimeUtc endTimeUtc error properties inputDatasets outputDatasets"
    )
    details = {name: whole[name] for name in names.split()}
    return ok({**details, "services": {}, "warnings": [], "runDefinition": None, "logFiles": {}})


def _children(call: Call) -> Answer:
    if call.args["run"] not in call.state.runs:
        return _missing(call.args["run"])
    runs = [run for run in call.state.runs.values() if run.parent == call.args["run"]]
    return _listing(call, runs, call.query.get("$filter"), call.query)


def _query(call: Call) -> Answer:
    name = call.state.experiment_name(call.args["experiment"])
    if name is None:
        return error(404, "UserError", f"Experiment {call.args['experiment']} was not found")
    runs = [run for run in call.state.runs.values() if run.experiment == name]
    body = call.json()
    return _listing(call, runs, body.get("filter"), body)


def _listing(call: Call, runs: list[Run], condition: str | None, asked: Any) -> Answer:
    try:
        test = odata(condition, call.state) if condition else None
    except UnknownFilterError as problem:
        return error(400, "UserError", f"Filter not understood: {problem}")
    found = [run for run in runs if test is None or test(run)]
    found.sort(key=lambda run: run.created, reverse=True)
    values = [record(run, call.state) for run in found]
    size = asked.get("top") or asked.get("$top")
    return ok(page(call, values, token=asked.get("continuationToken"), size=int(size or 0)))


def _experiment(call: Call) -> Answer:
    name = call.state.experiment_name(call.args["experiment"])
    if name is None:
        return error(404, "UserError", f"Experiment {call.args['experiment']} was not found")
    return ok(_experiment_record(call, name))


def _experiments(call: Call) -> Answer:
    names = sorted({run.experiment for run in call.state.runs.values()})
    wanted = (call.json() if call.body else {}).get("filter") or ""
    names = [name for name in names if not wanted or f" eq {name})" in f"{wanted})"]
    return ok(page(call, [_experiment_record(call, name) for name in names]))


def _experiment_record(call: Call, name: str) -> dict[str, Any]:
    return {
        "experimentId": call.state.experiment_id(name),
        "name": name,
        "description": None,
        "createdUtc": "2026-01-01T00:00:00+00:00",
        "tags": {},
        "archivedTime": None,
        "artifactLocation": None,
    }


def _run_data(call: Call) -> Answer:
    run_id = str(call.json().get("runId"))
    run = call.state.runs.get(run_id)
    if run is None:
        return _missing(run_id)
    data = {"runMetadata": record(run, call.state), "runDefinition": None}
    return ok({**data, "jobSpecification": None})


ROUTES = (
    Route("api", "GET", _RUN, _run),
    Route("api", "GET", rf"{_RUN}/details", _details),
    Route("api", "GET", rf"{_RUN}/children", _children),
    Route("api", "POST", rf"{_BASE}{_EXPERIMENT}/runs(?::|/)query", _query),
    Route("api", "GET", rf"{_BASE}{_EXPERIMENT}", _experiment),
    Route("api", "POST", rf"{_BASE}/experiments(?::|/)query", _experiments),
    Route("api", "GET", rf"{_BASE}/experiments", _experiments),
    Route("api", "POST", rf"{_BASE}/rundata", _run_data),
)
