"""Blob storage: listings and ranged reads, for who brings a signature or a token."""

import re
from dataclasses import replace
from xml.sax.saxutils import escape

from loopback.messages import Answer, Call, blob_error
from loopback.routes import Route

_HEADERS = {
    "ETag": '"0x8LOOPBACK"',
    "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT",
    "x-ms-blob-type": "BlockBlob",
    "x-ms-version": "2021-08-06",
    "Accept-Ranges": "bytes",
}


def allowed(call: Call) -> bool:
    """Whether a call to storage is signed by something this service issued."""
    state, header = call.state, call.header("authorization")
    if header.startswith(f"SharedKey {state.place.account}:"):
        return any(store.credentials == "AccountKey" for store in state.datastores.values())
    return state.tokens.is_signature(call.query.get("sig", "")) or state.tokens.is_token(header)


def _denied() -> Answer:
    return blob_error(403, "AuthenticationFailed", "Server failed to authenticate the request.")


def _listing(call: Call) -> Answer:
    if not allowed(call):
        return _denied()
    container, prefix = call.args["container"], call.query.get("prefix", "")
    names = {key.removeprefix(f"{container}/"): len(blob) for key, blob in _of(call, container)}
    items = "".join(_item(n, size) for n, size in sorted(names.items()) if n.startswith(prefix))
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><EnumerationResults '
        f'ServiceEndpoint="https://{call.host}/" ContainerName="{container}">'
        f"<Prefix>{escape(prefix)}</Prefix><Blobs>{items}</Blobs>"
        "<NextMarker /></EnumerationResults>"
    )
    return Answer(200, body.encode(), "application/xml")


def _of(call: Call, container: str) -> list[tuple[str, bytes]]:
    return [item for item in call.state.blobs.items() if item[0].startswith(f"{container}/")]


def _item(name: str, size: int) -> str:
    return (
        f"<Blob><Name>{escape(name)}</Name><Properties>"
        "<Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified><Etag>0x8LOOPBACK</Etag>"
        f"<Content-Length>{size}</Content-Length><Content-Type>text/plain</Content-Type>"
        "<BlobType>BlockBlob</BlobType></Properties></Blob>"
    )


def _container(call: Call) -> Answer:
    if call.query.get("comp") == "list":
        return _listing(call)
    return Answer(200, b"", headers=_HEADERS) if allowed(call) else _denied()


def _read(call: Call) -> Answer:
    if not allowed(call):
        return _denied()
    content = call.state.blobs.get(f"{call.args['container']}/{call.args['name']}")
    if content is None:
        return blob_error(404, "BlobNotFound", "The specified blob does not exist.")
    wanted = call.header("x-ms-range") or call.header("range")
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    if call.method == "HEAD" or match is None:
        return Answer(200, content, "text/plain", _HEADERS)
    return _part(content, int(match[1]), int(match[2] or len(content)))


def _part(content: bytes, first: int, last: int) -> Answer:
    if first >= len(content):
        refusal = blob_error(416, "InvalidRange", "The range is not valid.")
        whole = {**refusal.headers, "Content-Range": f"bytes */{len(content)}"}
        return replace(refusal, headers=whole)
    last = min(last, len(content) - 1)
    headers = {**_HEADERS, "Content-Range": f"bytes {first}-{last}/{len(content)}"}
    return Answer(206, content[first : last + 1], "text/plain", headers)


ROUTES = (
    Route("blob", "GET|HEAD", r"/(?P<container>[^/]+)/?", _container),
    Route("blob", "GET|HEAD", r"/(?P<container>[^/]+)/(?P<name>.+)", _read),
)
