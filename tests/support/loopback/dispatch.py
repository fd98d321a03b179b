"""From a request to its answer: who is asking, which route answers, and which fault comes first."""

import re
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import parse_qsl, unquote, urlsplit

from loopback.faults import Faults
from loopback.messages import Answer, Call, error
from loopback.place import IDENTITY, LOGIN
from loopback.routes import find
from loopback.state import State

_ANY_WORKSPACE = re.compile(
    r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/"
    r"Microsoft\.MachineLearningServices/workspaces/(?P<name>[^/]+)",
    re.IGNORECASE,
)
_HEAD = 2000


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the log; no value of the query and no token is kept.

    Attributes
    ----------
    host
        As the client named it, known or not.
    body
        Its head; empty for sign-ins, which carry secrets.
    fault
        Name of the fault that was met, or ``not-on-loopback`` when no route answers.
    status
        What was answered; 0 when the line hung or broke.
    """

    method: str
    host: str
    path: str
    query_keys: tuple[str, ...]
    scheme: str
    body: str
    user_agent: str
    status: int
    fault: str | None = None


@dataclass(slots=True)
class Dispatch:
    """Answers requests and keeps the log of them."""

    state: State
    faults: Faults
    log: list[Request] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def answer(
        self, method: str, host: str, target: str, headers: dict[str, str], body: bytes
    ) -> Answer:
        """Return the answer to one request and log it."""
        parts = urlsplit(target)
        path, query = unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True))
        call = Call(method, host, self._short(path), query, headers, body, self.state)
        kind = self._kind(host)
        fault = self.faults.due(kind, call)
        answer = (
            self._guarded(kind, call)
            if fault is None
            else fault.answer(lambda: self._guarded(kind, call))
        )
        self._note(call, path, answer, fault.name if fault else None)
        return answer

    def refuse(self, host: str, status: int, reason: str) -> None:
        """Log a connection that never got as far as a request."""
        with self._lock:
            self.log.append(Request("CONNECT", host, "", (), "", "", "", status, reason))

    def _kind(self, host: str) -> str:
        if host == IDENTITY and self.state.managed_identity:
            return "identity"
        return self.state.place.hosts.get(host, "unknown")

    def _short(self, path: str) -> str:
        scope = self.state.place.scope
        at = path.lower().find(scope.lower())
        end = at + len(scope)
        if at < 0 or path[end : end + 1] not in {"", "/"}:
            return path
        return f"{path[:at]}~{path[end:]}"

    def _guarded(self, kind: str, call: Call) -> Answer:
        if kind == "unknown":
            return error(404, "UnknownHost", f"Nothing answers as {call.host} on loopback")
        found = find(kind, call.method, call.path)
        needs_token = kind in {"management", "api"} and not (found and found[0].public)
        if needs_token and not self.state.tokens.is_token(call.header("authorization")):
            return error(401, "UserError", "Bearer token not provided or expired")
        if other := _ANY_WORKSPACE.search(call.path):
            return self._no_workspace(kind, other)
        if found is None:
            return error(404, "NotOnLoopback", f"{call.method} {call.path}")
        route, match = found
        return route.answer(call.with_args(match.groupdict()))

    def _no_workspace(self, kind: str, other: re.Match[str]) -> Answer:
        if kind != "management":
            return error(404, "UserError", "workspace not found")
        group = self.state.place.resource_group
        resource = f"Microsoft.MachineLearningServices/workspaces/{other['name']}"
        message = f"The Resource '{resource}' under resource group '{group}' was not found."
        return error(404, "ResourceNotFound", message)

    def _note(self, call: Call, path: str, answer: Answer, fault: str | None) -> None:
        broken = answer.delivery in {"hang", "reset"}
        entry = Request(
            call.method,
            call.host,
            path,
            tuple(sorted(call.query)),
            call.header("authorization").partition(" ")[0],
            "" if call.host == LOGIN else call.body[:_HEAD].decode("utf-8", "replace"),
            call.header("user-agent"),
            0 if broken else answer.status,
            fault or _unanswered(answer),
        )
        with self._lock:
            self.log.append(entry)


def _unanswered(answer: Answer) -> str | None:
    return "not-on-loopback" if b'"NotOnLoopback"' in answer.body[:200] else None
