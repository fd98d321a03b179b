"""A call as the routes see it and the answer they give, free of sockets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from loopback.state import State

Delivery: TypeAlias = Literal["whole", "half", "slow", "hang", "reset"]


@dataclass(frozen=True, slots=True)
class Call:
    """One request.

    Attributes
    ----------
    path
        Decoded, with the workspace's resource path written as ``~``.
    args
        What the route's pattern found in the path.
    """

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    state: "State"
    args: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        """Return the body as JSON; an empty body is an empty object."""
        return json.loads(self.body or b"{}")

    def header(self, name: str) -> str:
        """Return a header, empty when it was not sent."""
        return self.headers.get(name.lower(), "")

    def with_args(self, args: Mapping[str, str | None]) -> "Call":
        """Return the same call with what its route found in the path."""
        return replace(self, args={name: value or "" for name, value in args.items()})


@dataclass(frozen=True, slots=True)
class Answer:
    """One response; `delivery` says how badly the line carries it."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delivery: Delivery = "whole"


def ok(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with JSON."""
    return Answer(status, json.dumps(value).encode(), headers=headers or {})


def error(status: int, code: str, message: str, **headers: str) -> Answer:
    """Answer with the error body that the management and the workspace API share."""
    body = {
        "error": {"code": code, "message": message, "details": [], "innerError": None},
        "correlation": {"operation": "operation", "request": "request"},
        "time": "2026-01-01T00:00:00+00:00",
    }
    return ok(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


def blob_error(status: int, code: str, message: str) -> Answer:
    """Answer as blob storage does when it refuses."""
    body = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code>'
    body += f"<Message>{message}</Message></Error>"
    return Answer(status, body.encode(), "application/xml", {"x-ms-error-code": code})
