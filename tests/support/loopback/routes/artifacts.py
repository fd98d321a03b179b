"""Artifacts of runs, through the run history and through the artifact service."""

from typing import Any
from urllib.parse import quote

from loopback.messages import Answer, Call, error, ok
from loopback.pages import page
from loopback.routes import Route

_RUN = r"/history/v1\.0~/experiment(?:s|ids)/[^/]+/runs/(?P<run>[^/]+)"
_STORE = r"/artifact/v2\.0~/artifacts"
_IN_RUN = r"ExperimentRun/dcid\.(?P<run>[^/]+)"


def _artifact(run_id: str, path: str) -> dict[str, Any]:
    return {
        "artifactId": f"ExperimentRun/dcid.{run_id}/{path}",
        "origin": "ExperimentRun",
        "container": f"dcid.{run_id}",
        "path": path,
        "etag": None,
        "createdTime": "2026-01-01T00:00:00+00:00",
        "dataPath": None,
        "tags": {},
    }


def _list(call: Call) -> Answer:
    run_id = call.args["run"]
    if run_id not in call.state.runs:
        return error(404, "UserError", f"Run {run_id} was not found")
    below = call.args.get("path") or call.query.get("path", "")
    paths = [path for path in call.state.artifacts(run_id) if path.startswith(below)]
    return ok(page(call, [_artifact(run_id, path) for path in paths]))


def _content(call: Call) -> Answer:
    run_id, path = call.args["run"], call.args.get("path") or call.query.get("path", "")
    state = call.state
    key = state.artifact_key(run_id, path)
    if key not in state.blobs and path not in state.listed_only.get(run_id, ()):
        message = f"Artifact {path} not found in container dcid.{run_id}"
        return error(404, "UserError", message)
    address = f"https://{state.place.blob}/{quote(key)}?{state.tokens.sas()}"
    known = _artifact(run_id, path)
    return ok({**known, "contentUri": address, "tags": None})


def _contents(call: Call) -> Answer:
    run_id = call.args["run"]
    below = call.args.get("path") or call.query.get("path", "")
    paths = [path for path in call.state.artifacts(run_id) if path.startswith(below)]
    values = [_address(call, run_id, path) for path in paths]
    return ok(page(call, values))


def _address(call: Call, run_id: str, path: str) -> dict[str, Any]:
    key = call.state.artifact_key(run_id, path)
    address = f"https://{call.state.place.blob}/{quote(key)}?{call.state.tokens.sas()}"
    return {**_artifact(run_id, path), "contentUri": address}


def _metadata(call: Call) -> Answer:
    run_id, path = call.args["run"], call.args["path"]
    if path not in call.state.artifacts(run_id):
        return error(404, "UserError", f"Artifact {path} not found in container dcid.{run_id}")
    return ok(_artifact(run_id, path))


ROUTES = (
    Route("api", "GET", rf"{_RUN}/artifacts", _list),
    Route("api", "GET", rf"{_RUN}/artifacts/path(?:/(?P<path>.+))?", _list),
    Route("api", "GET", rf"{_RUN}/artifacts/contentinfo(?:/(?P<path>.+))?", _content),
    Route("api", "GET", rf"{_RUN}/artifacts/prefix/contentinfo(?:/(?P<path>.+))?", _contents),
    Route("api", "GET", rf"{_STORE}/contentinfo/{_IN_RUN}/(?P<path>.+)", _content),
    Route("api", "GET", rf"{_STORE}/contentinfo/{_IN_RUN}", _content),
    Route("api", "GET", rf"{_STORE}/prefix/contentinfo/{_IN_RUN}(?:/(?P<path>.+))?", _contents),
    Route("api", "GET", rf"{_STORE}/metadata/{_IN_RUN}/(?P<path>.+)", _metadata),
    Route("api", "GET", rf"{_STORE}/(?:path/)?{_IN_RUN}(?:/(?P<path>.+))?", _list),
)
