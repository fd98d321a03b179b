"""The failures a service can be told to have, each by a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TypeAlias

from loopback.messages import Answer, Call, Delivery, blob_error, error, ok

Change: TypeAlias = Callable[[Callable[[], Answer]], Answer]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, on which hosts and paths (as `Call.path` writes them)."""

    name: str
    hosts: tuple[str, ...]
    path: str
    answer: Change

    def concerns(self, kind: str, call: Call) -> bool:
        """Whether a call is one of those that fail."""
        return kind in self.hosts and re.search(self.path, call.path, re.IGNORECASE) is not None


def _instead(answer: Answer) -> Change:
    return lambda _: answer


def _carried(delivery: Delivery) -> Change:
    return lambda good: replace(good(), delivery=delivery)


def _filled(content: bytes) -> Change:
    def change(good: Callable[[], Answer]) -> Answer:
        real = good()
        headers = {**real.headers}
        ranged = headers.pop("Content-Range", None) is not None and bool(content)
        if ranged:
            headers["Content-Range"] = f"bytes 0-{len(content) - 1}/{len(content)}"
        return Answer(206 if ranged else 200, content, real.content_type, headers)

    return change


def _emptied(good: Callable[[], Answer]) -> Answer:
    """Answer as storage does for a blob of no bytes: no range of it can be read."""
    real = good()
    if real.status != 206:
        return replace(real, body=b"")
    refusal = blob_error(416, "InvalidRange", "The range is not valid.")
    return replace(refusal, headers={**refusal.headers, "Content-Range": "bytes */0"})


def _sign_in(code: int, name: str, text: str) -> Change:
    body = {"error": name, "error_description": f"AADSTS{code}: {text} Trace ID: loopback"}
    return _instead(ok({**body, "error_codes": [code]}, 401 if name == "invalid_client" else 400))


_PAGE = b"<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>"

_WIRE = r"^/(history|mlflow|artifact|metric)"
_SCOPED = r"^(~|/(history|mlflow|artifact|metric|data|dataset))"
_FILES = r"/artifacts(/|$)"
_BODY = r"^/[^/]+/."
_BLOB_ANY = r"^/"
_DENIED = "The client does not have authorization to perform action"

_TABLE = (
    ("unauthorized", ("management", "api"), _SCOPED,
     _instead(error(401, "UserError", "Bearer token not provided or expired"))),
    ("forbidden", ("management", "api"), _SCOPED,
     _instead(error(403, "AuthorizationFailed", _DENIED))),
    ("throttled", ("management", "api"), _SCOPED,
     _instead(error(429, "TooManyRequests", "Too many requests", Retry_After="1"))),
    ("expired-token", ("api",), _WIRE,
     _instead(error(401, "UserError", "Bearer token not provided or expired"))),
    ("api-forbidden", ("api",), _WIRE,
     _instead(error(403, "AuthorizationFailed", _DENIED))),
    ("api-500", ("api",), _WIRE,
     _instead(error(500, "ServiceError", "Internal Server Error"))),
    ("api-html", ("api",), _WIRE,
     _instead(Answer(500, b"<html>bad gateway</html>", "text/html"))),
    ("api-empty-404", ("api",), _WIRE, _instead(Answer(404, b"", "text/plain"))),
    ("api-hang", ("api",), _WIRE, _instead(Answer(delivery="hang"))),
    ("api-slow", ("api",), _WIRE, _carried("slow")),
    ("api-reset", ("api",), _WIRE, _instead(Answer(delivery="reset"))),
    ("artifacts-500", ("api",), _FILES,
     _instead(error(500, "ServiceError", "Internal Server Error"))),
    ("artifacts-forbidden", ("api",), _FILES,
     _instead(error(403, "AuthorizationFailed", _DENIED))),
    ("workspace-forbidden", ("management",), r"^~",
     _instead(error(403, "AuthorizationFailed", _DENIED))),
    ("workspace-500", ("management",), r"^~",
     _instead(error(500, "InternalServerError", "Internal Server Error"))),
    ("workspace-hang", ("management",), r"^~", _instead(Answer(delivery="hang"))),
    ("blob-500", ("blob",), _BLOB_ANY,
     _instead(blob_error(500, "InternalError", "Internal error"))),
    ("blob-403", ("blob",), _BLOB_ANY,
     _instead(blob_error(403, "AuthenticationFailed", "Signature not valid in the time frame"))),
    ("blob-404", ("blob",), _BODY,
     _instead(blob_error(404, "BlobNotFound", "The specified blob does not exist."))),
    ("blob-hang", ("blob",), _BLOB_ANY, _instead(Answer(delivery="hang"))),
    ("blob-slow", ("blob",), _BODY, _carried("slow")),
    ("blob-reset", ("blob",), _BODY, _instead(Answer(delivery="reset"))),
    ("truncated", ("blob",), _BODY, _carried("half")),
    ("empty", ("blob",), _BODY, _emptied),
    ("empty-200", ("blob",), _BODY, _filled(b"")),
    ("html-file", ("blob",), _BODY, _filled(_PAGE)),
    ("html", ("blob",), _BODY, _instead(Answer(200, _PAGE, "text/html; charset=utf-8"))),
    ("wrong-tenant", ("login",), r"^/",
     _sign_in(90002, "invalid_request", "Tenant not found. Check that you have the correct one.")),
    ("bad-secret", ("login",), r"/token$",
     _sign_in(7000215, "invalid_client", "Invalid client secret provided.")),
    ("login-500", ("login",), r"^/", _instead(Answer(500, b"", "text/plain"))),
    ("login-hang", ("login",), r"^/", _instead(Answer(delivery="hang"))),
)  # fmt: skip
TABLE = {name: Fault(name, hosts, path, change) for name, hosts, path, change in _TABLE}

# These concern the connection, before any request is seen.
CONNECTION = {"proxy-forbids": 403, "host-unknown": 502, "proxy-wants-password": 407}
NAMES = (*TABLE, *CONNECTION)


@dataclass(slots=True)
class _Armed:
    name: str
    after: int
    times: int | None
    host: str | None = None
    path: str | None = None

    def fires(self) -> bool:
        """Count one matching call and say whether it fails."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


@dataclass(slots=True)
class Faults:
    """The faults that are switched on."""

    armed: list[_Armed] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(
        self, name: str, after: int, times: int | None, host: str | None, path: str | None
    ) -> None:
        """Switch a fault on."""
        if name not in NAMES:
            raise KeyError(f"{name}; known faults: {', '.join(NAMES)}")
        with self._lock:
            self.armed.append(_Armed(name, after, times, host, path))

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self.armed.clear()

    def due(self, kind: str, call: Call) -> Fault | None:
        """Return the fault that a call meets."""
        with self._lock:
            for item in self.armed:
                fault = TABLE.get(item.name)
                here = fault is not None and fault.concerns(kind, call)
                if here and _also(item, call) and item.fires():
                    return fault
        return None

    def refusal(self, host: str) -> int | None:
        """Return the status with which a connection to a host is refused."""
        with self._lock:
            for item in self.armed:
                wanted = item.host is None or re.search(item.host, host)
                if item.name in CONNECTION and wanted and item.fires():
                    return CONNECTION[item.name]
        return None


def _also(item: _Armed, call: Call) -> bool:
    host = item.host is None or re.search(item.host, call.host) is not None
    return host and (item.path is None or re.search(item.path, call.path) is not None)
