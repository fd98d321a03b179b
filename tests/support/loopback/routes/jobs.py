"""Taking a job: its code is uploaded, its environment and itself are put, and all is kept."""

from typing import Any

from loopback.messages import Answer, Call, blob_error, error, ok
from loopback.routes import Route
from loopback.routes.blob import allowed

_UPLOADS = "uploads"
_STORAGE = "Microsoft.Storage/storageAccounts"


def _no_codes(_: Call) -> Answer:
    return ok({"value": []})


def _upload(call: Call) -> Answer:
    """Hand out a signed folder to upload to, one per code version."""
    place, tokens = call.state.place, call.state.tokens
    address = f"https://{place.blob}/{_UPLOADS}-{call.args['name']}"
    credential = {"credentialType": "SAS", "sasUri": f"{address}?{tokens.sas()}"}
    account = f"{place.group}/providers/{_STORAGE}/{place.account}"
    reference = {"blobUri": address, "storageAccountArmId": account, "credential": credential}
    return ok(
        {
            "pendingUploadId": "1",
            "pendingUploadType": "TemporaryBlobReference",
            "blobReferenceForConsumption": reference,
        }
    )


def _kept(call: Call, kind: str, name: str) -> dict[str, Any]:
    """Keep what was put, and return it the way the service does."""
    body = call.json()
    call.state.jobs.append({"kind": kind, "name": name, "body": body})
    path = call.path.replace("~", call.state.place.scope, 1)
    created = {"createdAt": "2026-01-01T00:00:00+00:00", "createdBy": "Loopback"}
    system = {**created, "createdByType": "User"}
    return {"id": path, "name": path.rpartition("/")[2], "systemData": system, **body}


def _put_version(call: Call) -> Answer:
    return ok(_kept(call, call.args["kind"].lower(), call.args["name"]), 201)


def _version(call: Call) -> Answer:
    """Return a registered environment or uploaded code, if it was put before."""
    kind, name = call.args["kind"].lower(), call.args["name"]
    found = [item for item in call.state.jobs if (item["kind"], item["name"]) == (kind, name)]
    if not found:
        return error(404, "UserError", f"Not found: {kind} {name}")
    path = call.path.replace("~", call.state.place.scope, 1)
    return ok({"id": path, "name": path.rpartition("/")[2], **found[-1]["body"]})


def _put_job(call: Call) -> Answer:
    name = call.args["name"]
    record = _kept(call, "jobs", name)
    place = call.state.place
    page = f"https://ml.azure.com/runs/{name}?wsid={place.scope}"
    services = {"Studio": {"jobServiceType": "Studio", "endpoint": page}}
    properties = {**record["properties"], "status": "Starting", "services": services}
    return ok({**record, "properties": properties}, 201)


def _write_blob(call: Call) -> Answer:
    if not allowed(call):
        return blob_error(403, "AuthenticationFailed", "Server failed to authenticate.")
    key = f"{call.args['container']}/{call.args['name']}"
    if call.query.get("comp", "") == "":
        call.state.blobs[key] = call.body
    elif call.query["comp"] != "metadata":
        return blob_error(400, "UnsupportedQueryParameter", "Loopback writes whole blobs only.")
    headers = {"ETag": '"0x8LOOPBACK"', "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
    status = 200 if call.query.get("comp") else 201
    return Answer(status, b"", "application/xml", headers)


_KIND = r"(?P<kind>codes|environments)"
ROUTES = (
    Route("management", "GET", r"~/codes/(?P<name>[^/]+)/versions/?", _no_codes),
    Route(
        "management",
        "POST",
        r"~/codes/(?P<name>[^/]+)/versions/[^/]+/startPendingUpload",
        _upload,
    ),
    Route("management", "PUT", rf"~/{_KIND}/(?P<name>[^/]+)/versions/[^/]+", _put_version),
    Route("management", "GET", rf"~/{_KIND}/(?P<name>[^/]+)/versions/[^/]+", _version),
    Route("management", "PUT", r"~/jobs/(?P<name>[^/]+)", _put_job),
    Route("blob", "PUT", r"/(?P<container>[^/]+)/(?P<name>.+)", _write_blob),
)
