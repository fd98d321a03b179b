"""Runs as the management service tells of them: AutoML jobs and the commands below them."""

import json
import re
from typing import Any

from loopback.messages import Answer, Call, error, ok
from loopback.place import MANAGEMENT
from loopback.routes import Route
from loopback.state import Run

_KIND = "Microsoft.MachineLearningServices/workspaces/jobs"


def _camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[_-]", name) if part)


def _task(call: Call, run: Run) -> dict[str, Any]:
    settings = json.loads(run.properties.get("AMLSettingsJsonString", "{}"))
    series = settings.get("is_timeseries")
    task: dict[str, Any] = {
        "taskType": "Forecasting" if series else _camel(settings.get("task_type", "")),
        "targetColumnName": settings.get("label_column_name"),
        "primaryMetric": _camel(settings.get("primary_metric", "")) or None,
        "logVerbosity": "Info",
        "limitSettings": {"maxTrials": int(settings.get("iterations", 4))},
        "trainingSettings": {},
    }
    for role, key in (("training", "trainingData"), ("validation", "validationData")):
        if uri := _data_uri(call, run, role):
            task[key] = {"uri": uri, "jobInputType": "mltable"}
    if series:
        task["forecastingSettings"] = {
            "timeColumnName": settings.get("time_column_name"),
            "forecastHorizon": {"mode": "Custom", "value": settings.get("forecast_horizon", 1)},
        }
    return task


def _data_uri(call: Call, run: Run, role: str) -> str | None:
    told = json.loads(run.properties.get("mltable_data_json", "{}"))
    if found := told.get({"training": "TrainData", "validation": "ValidData"}[role]):
        return str(found["ResolvedUri"])
    for item in run.input_datasets:
        dataset = call.state.datasets.get(item["identifier"]["savedId"])
        if dataset and item["inputDetails"]["inputName"] == f"{role}_data":
            return f"azureml:{dataset.name}:{dataset.version}"
    return None


def _job_body(call: Call, run: Run) -> dict[str, Any]:
    if run.parent is None and run.run_type == "automl":
        return {"jobType": "AutoML", "taskDetails": _task(call, run), "environmentId": None}
    scope = call.state.place.scope
    return {
        "jobType": "Command",
        "command": "python automl_driver.py",
        "environmentId": f"{scope}/environments/AzureML-AutoML/versions/140",
        "inputs": {},
    }


def job_record(call: Call, run: Run) -> dict[str, Any]:
    """Return a run as the management service writes a job."""
    place = call.state.place
    address = f"azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.{run.run_id}"
    output = {"uri": address, "jobOutputType": "uri_folder", "mode": "ReadWriteMount"}
    properties = {
        **_job_body(call, run),
        "status": run.status,
        "displayName": run.run_id,
        "experimentName": run.experiment,
        "tags": run.tags,
        "properties": run.properties,
        "resources": {},
        "services": {},
        "isArchived": False,
        "computeId": f"{place.scope}/computes/cpu-cluster",
        "outputs": {"default": output},
    }
    created = {"createdAt": run.created.isoformat(), "createdBy": "Loopback"}
    return {
        "id": f"{place.scope}/jobs/{run.run_id}",
        "name": run.run_id,
        "type": _KIND,
        "properties": properties,
        "systemData": {**created, "createdByType": "User"},
    }


def _job(call: Call) -> Answer:
    run = call.state.runs.get(call.args["run"])
    if run is None:
        message = f"Not found: Could not find Run with id '{call.args['run']}'"
        return error(404, "UserError", message)
    return ok(job_record(call, run))


def _jobs(call: Call) -> Answer:
    runs = [run for run in call.state.runs.values() if run.parent is None]
    runs.sort(key=lambda run: run.created, reverse=True)
    start, size = int(call.query.get("$skip") or 0), call.state.page_size
    found: dict[str, Any] = {"value": [job_record(call, run) for run in runs[start : start + size]]}
    if start + size < len(runs):
        address = f"https://{MANAGEMENT}{call.state.place.scope}/jobs"
        version = call.query.get("api-version", "")
        found["nextLink"] = f"{address}?api-version={version}&$skip={start + size}"
    return ok(found)


ROUTES = (
    Route("management", "GET", r"~/jobs/?", _jobs),
    Route("management", "GET", r"~/jobs/(?P<run>[^/]+)", _job),
)
