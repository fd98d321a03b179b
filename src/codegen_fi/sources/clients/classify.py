"""Tell what kind of failure an exception of a client library is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.clients.watch import Answer
from codegen_fi.sources.failures import Failure
from codegen_fi.sources.secrets import scrub

_LONGEST_CHAIN: Final = 12
# What the network layers say; their exceptions are wrapped in those of each library.
_TEXTS: Final = (
    (
        re.compile(
            r"connect to proxy|establish a new connection|name or service not known"
            r"|name resolution|nodename nor servname|getaddrinfo failed|failed to resolve"
            r"|connection refused|connection aborted|connection reset|certificate verify failed"
            r"|remote end closed|network is unreachable|no route to host|broken pipe"
            r"|ssl: |sslerror",
            re.IGNORECASE,
        ),
        "unreachable",
    ),
    (re.compile(r"AADSTS\d+|wrong issuer|AuthenticationError", re.IGNORECASE), "sign_in"),
    (re.compile(r"timed out|timeout", re.IGNORECASE), "timeout"),
    (
        re.compile(r"incompleteread|incomplete read|bytes missing", re.IGNORECASE),
        "incomplete_download",
    ),
    (
        re.compile(r"RESOURCE_DOES_NOT_EXIST|no such run|run '.*' not found", re.IGNORECASE),
        "run_not_found",
    ),
)
_MODULE: Final = re.compile(r"No module named '([^']+)'")
# Others are a matter of the store: a driver of its database, for one.
_OWN_PACKAGES: Final = frozenset(
    {"azure", "azureml", "mlflow", "msal", "msrest", "msrestazure", "imghdr", "pkg_resources"}
)
_WORKSPACE_PATH: Final = re.compile(r"/workspaces/[^/]+/?$", re.IGNORECASE)
_WORKSPACE_TEXT: Final = re.compile(r"workspace[^.\n]{0,90}not (?:be )?found", re.IGNORECASE)
_RUN_PATH: Final = re.compile(r"/(?:runs|jobs|rundata)\b", re.IGNORECASE)
_MLFLOW_PATH: Final = re.compile(r"^/mlflow/.*/workspaces/", re.IGNORECASE)
_TOO_MANY: Final = 429
_SERVER: Final = 500


def classify(error: BaseException, last: Answer | None, last_bad: Answer | None) -> Failure:
    """Return what went wrong.

    Parameters
    ----------
    error
        What the library raised.
    last, last_bad
        The last answer on the wire during the call, and the last that was refused.
    """
    texts = [_text_of(item) for item in _chain(error)]
    said = scrub(next((text for text in texts if text), type(error).__name__))
    if isinstance(error, ClientError):
        return Failure(error.kind, said, *_of(last_bad))
    if isinstance(error, ImportError):
        return Failure("not_installed" if _own(error) else "module_missing", said)
    everything = "\n".join([*texts, *(type(item).__name__ for item in _chain(error))])
    # The last answer tells most; one that was refused earlier only when nothing else does.
    if last is not None and last.bad:
        return _on_the_wire(last, everything, said)
    kind = next((kind for pattern, kind in _TEXTS if pattern.search(everything)), None)
    if kind is None and last_bad is not None:
        return _on_the_wire(last_bad, everything, said)
    return Failure(kind or "other", said if kind else f"{type(error).__name__}: {said}")


def _own(error: ImportError) -> bool:
    """Tell whether a package is missing that comes with the client itself."""
    named = _MODULE.search(str(error))
    module = error.name or (named[1] if named else "")
    return not module or module.partition(".")[0] in _OWN_PACKAGES


def _on_the_wire(answer: Answer, everything: str, said: str) -> Failure:
    return Failure(_by_status(answer, everything), said, answer.status, answer.place)


def by_status(answer: Answer) -> Failure:
    """Return what a bad answer means when the library says nothing."""
    return Failure(_by_status(answer, ""), "", answer.status, answer.place)


def _by_status(answer: Answer, text: str) -> str:
    if answer.status == _TOO_MANY:
        return "throttled"
    if answer.status >= _SERVER:
        return "service"
    if answer.place == "sign-in":
        return "sign_in"
    refused = {401: "sign_in", 403: "denied"}
    if answer.place == "storage":
        refused = {401: "link_refused", 403: "link_refused", 404: "file_gone"}
    if answer.status in refused:
        return refused[answer.status]
    return _missing(answer, text) if answer.status == 404 else "other"  # noqa: PLR2004


def _missing(answer: Answer, text: str) -> str:
    if _WORKSPACE_PATH.search(answer.path) or _WORKSPACE_TEXT.search(text):
        return "workspace_not_found"
    if _RUN_PATH.search(answer.path):
        return "run_not_found"
    # Asked of the workspace itself, which is there or isn't.
    return "workspace_not_found" if _MLFLOW_PATH.search(answer.path) else "other"


def _of(answer: Answer | None) -> tuple[int | None, str | None]:
    return (answer.status, answer.place) if answer is not None else (None, None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    item: BaseException | None = error
    for _ in range(_LONGEST_CHAIN):
        if item is None:
            return
        yield item
        item = item.__cause__ or item.__context__


def _text_of(error: BaseException) -> str:
    # One client's exceptions can't be turned into text when the answer lacks a field.
    try:
        return str(error).strip()
    except Exception:  # noqa: BLE001
        return ""
