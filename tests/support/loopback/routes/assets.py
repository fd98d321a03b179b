"""Data assets of SDK v2, by version and by label, and the listings of their files in pages."""

import re
from dataclasses import replace
from typing import Any

from loopback.messages import Answer, Call, blob_error, error, ok
from loopback.routes import Route
from loopback.routes.blob import _container as container
from loopback.routes.blob import _read as read
from loopback.state import DataAsset

_SYSTEM = {
    "createdAt": "2026-01-01T00:00:00+00:00",
    "createdBy": "Loopback",
    "createdByType": "User",
}


def _record(call: Call, asset: DataAsset) -> dict[str, Any]:
    path = f"{call.state.place.scope}/data/{asset.name}/versions/{asset.version}"
    properties = {
        "dataType": asset.kind,
        "dataUri": asset.uri,
        "description": None,
        "isAnonymous": False,
        "isArchived": False,
        "properties": {},
        "tags": {},
    }
    return {"id": path, "name": asset.version, "properties": properties, "systemData": _SYSTEM}


def _version(call: Call) -> Answer:
    name, version = call.args["name"], call.args["version"]
    asset = call.state.data_assets.get((name, version))
    if asset is None:
        return error(404, "UserError", f"Not found: data asset {name}:{version}")
    return ok(_record(call, asset))


def _versions(call: Call) -> Answer:
    found = [a for a in call.state.data_assets.values() if a.name == call.args["name"]]
    return ok({"value": [_record(call, asset) for asset in found], "nextLink": None})


def _container(call: Call) -> Answer:
    """Answer what `latest` means."""
    name = call.args["name"]
    found = [a for a in call.state.data_assets.values() if a.name == name]
    if not found:
        return error(404, "UserError", f"Not found: data asset {name}")
    latest = max(found, key=lambda asset: int(asset.version))
    properties = {
        "dataType": latest.kind,
        "isArchived": False,
        "latestVersion": latest.version,
        "nextVersion": str(int(latest.version) + 1),
    }
    path = f"{call.state.place.scope}/data/{name}"
    return ok({"id": path, "name": name, "properties": properties, "systemData": _SYSTEM})


def _page(call: Call) -> Answer:
    """Cut the listing of a container, as storage does with any that is long."""
    answer = container(call)
    items = re.findall(rb"<Blob>.*?</Blob>", answer.body, re.DOTALL)
    start = int(call.query.get("marker") or 0)
    size = min(int(call.query.get("maxresults") or 5000), call.state.page_size)
    if answer.status >= 400 or (start == 0 and len(items) <= size):
        return answer
    more = str(start + size) if start + size < len(items) else ""
    kept = b"".join(items[start : start + size])
    body = re.sub(rb"<Blobs>.*</Blobs>", lambda _: b"<Blobs>%s</Blobs>" % kept, answer.body)
    marker = f"<NextMarker>{more}</NextMarker>".encode()
    return replace(answer, body=body.replace(b"<NextMarker />", marker))


def _public(call: Call) -> Answer:
    """Serve a container that is open to all, and to nobody signed in elsewhere."""
    if call.header("authorization"):
        return blob_error(401, "InvalidAuthenticationInfo", "Issuer validation failed.")
    signature = {"sig": call.state.tokens.signature()}
    args = {"container": "public", "name": call.args["name"]}
    return read(replace(call, query={**call.query, **signature}, args=args))


_NAME = r"~/data/(?P<name>[^/]+)"
ROUTES = (
    Route("blob", "GET", r"/(?P<container>[^/]+)/?", _page),
    Route("blob", "GET|HEAD", r"/public/(?P<name>.+)", _public),
    Route("management", "GET", _NAME, _container),
    Route("management", "GET", rf"{_NAME}/versions/?", _versions),
    Route("management", "GET", rf"{_NAME}/versions/(?P<version>[^/]+)", _version),
)
