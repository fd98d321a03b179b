"""Ask a service through a client library in a process of its own, with a limit on every wait."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty
from types import TracebackType
from typing import Any, Final, Self

from codegen_fi.sources import child
from codegen_fi.sources.address import parse_arm_id
from codegen_fi.sources.clients import protocol
from codegen_fi.sources.clients.classify import by_status
from codegen_fi.sources.clients.watch import Answer
from codegen_fi.sources.failures import Context, Failure, RemoteError, remote_error
from codegen_fi.sources.records import (
    Connected,
    DataReference,
    Downloaded,
    JobSpec,
    RunRecord,
    Settings,
    Submitted,
    plain,
    run_from,
)
from codegen_fi.sources.secrets import public_address

# Seconds a person has to finish signing in.
_SIGN_IN: Final = 300.0
_BY_HAND: Final = frozenset({"device-code", "interactive"})
# How often the same bad answer is waited for: one library tries a file that is gone for 279 s.
_SAME_ERROR: Final = 5
# Storage clients wait longer between their tries.
_SAME_STORAGE_ERROR: Final = 3
_SAME_REFUSAL: Final = 2
_TOO_MANY_REQUESTS: Final = 429
_SERVER_ERROR: Final = 500


@dataclass(frozen=True)
class RemoteEvents:
    """What to call meanwhile: `progress` in bytes, `say` for what a person must read."""

    progress: Callable[[int, int | None, str], None] = lambda *_: None
    say: Callable[[str], None] = lambda _: None


@dataclass
class _Wait:
    """One call that is waited for."""

    number: int
    context: Context
    seconds: float
    deadline: float
    bad: Counter[Answer] = field(default_factory=Counter)

    def take(self, answer: Answer) -> bool:
        """Count a bad answer; tell whether it came often enough to give up."""
        # The path would tell two tries of one library apart that differ in nothing else.
        key = Answer(answer.place, answer.host, "", answer.status)
        self.bad[key] += 1
        storage = answer.place == "storage"
        if answer.status >= _SERVER_ERROR or answer.status == _TOO_MANY_REQUESTS:
            return self.bad[key] >= (_SAME_STORAGE_ERROR if storage else _SAME_ERROR)
        # Elsewhere a refusal is an answer the library acts on.
        return storage and self.bad[key] >= _SAME_REFUSAL


class Remote:
    """A client library at work; use it in a ``with`` statement.

    Parameters
    ----------
    settings
        Which client, and how it reaches its service.
    events
        What to call meanwhile.

    Raises
    ------
    RemoteError
        From every method: the service or its client failed, or gave no answer in time.
    """

    def __init__(self, settings: Settings, events: RemoteEvents | None = None) -> None:
        self.settings = settings
        self._events = events or RemoteEvents()
        self._calls = 0
        self._process: child.Child | None = None
        self._began = 0.0
        self._gone: RemoteError | None = None

    @property
    def where(self) -> str:
        """The workspace or the store, in words."""
        if self.settings.workspace is not None:
            return f"workspace {self.settings.workspace}"
        uri = self.settings.tracking_uri or ""
        workspace = parse_arm_id(uri.rstrip("?"))
        return f"workspace {workspace}" if workspace is not None else public_address(uri)

    def __enter__(self) -> Self:
        """Start the process; what is wrong with it shows at the first call."""
        self._began = time.monotonic()
        self._process = child.Child(self.settings)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def connect(self) -> Connected:
        """Sign in and look the workspace up; must come first."""
        by_hand = self.settings.credential in _BY_HAND
        seconds = max(self.settings.timeout, _SIGN_IN) if by_hand else self.settings.timeout
        # Starting counts: a user who waits doesn't care what for.
        left = seconds - (time.monotonic() - self._began)
        self._ready(left)
        left = seconds - (time.monotonic() - self._began)
        return Connected(**self._call("connect", {}, "signing in", max(left, 1.0)))

    def run(self, run_id: str) -> RunRecord:
        """Return what is known of a run."""
        return run_from(self._call("run", {"run_id": run_id}, f"looking up run {run_id}"))

    def children(self, run_id: str) -> list[RunRecord]:
        """Return all child runs of a run."""
        doing = f"listing the children of run {run_id}"
        return [run_from(r) for r in self._call("children", {"run_id": run_id}, doing)]

    def experiment(self, name: str) -> list[RunRecord]:
        """Return all runs of an experiment."""
        doing = f"listing the runs of experiment {name}"
        return [run_from(r) for r in self._call("experiment", {"name": name}, doing)]

    def files(self, run_id: str, folder: str) -> list[str]:
        """Return the paths of a run's files below a folder."""
        given = {"run_id": run_id, "folder": folder}
        files: list[str] = self._call("files", given, f"listing {folder} of run {run_id}")
        return files

    def fetch(self, run_id: str, path: str, target: Path) -> None:
        """Download one file of a run."""
        given = {"run_id": run_id, "path": path, "target": str(target)}
        self._call("fetch", given, f"downloading {path} of run {run_id}")

    def data(self, reference: DataReference, folder: Path) -> Downloaded:
        """Download a table into an empty folder; the limit is on the time without progress."""
        given = {"reference": plain(reference), "folder": str(folder)}
        name = reference.name or reference.value
        value = self._call("data", given, f"downloading the {reference.role} data {name}")
        return Downloaded(**{**value, "files": tuple(value["files"])})

    def job_yaml(self, job: JobSpec) -> str:
        """Return a job as YAML; nothing is sent."""
        self._ready(self.settings.timeout)
        text: str = self._call("job_yaml", {"job": plain(job)}, "describing the job")
        return text

    def submit(self, job: JobSpec) -> Submitted:
        """Hand a job to the service; the limit is on the time without progress."""
        return Submitted(**self._call("submit", {"job": plain(job)}, "submitting the job"))

    def publish(
        self,
        experiment: str,
        files: Mapping[str, Path],
        tags: Mapping[str, str],
        metrics: Mapping[str, float],
        data: Path | None = None,
    ) -> str:
        """Make a finished run with these files and return its id (MLflow only)."""
        given = {
            "tracking_uri": self.settings.tracking_uri,
            "experiment": experiment,
            "files": {name: str(path) for name, path in files.items()},
            "tags": dict(tags),
            "metrics": dict(metrics),
            "data": str(data) if data else None,
        }
        run_id: str = self._call("publish", given, "making a run")
        return run_id

    def _ready(self, seconds: float) -> None:
        wait = self._wait(protocol.START, "starting the client", seconds)
        while self._next(wait)["type"] != protocol.READY:
            pass

    def _call(
        self, call: str, arguments: Mapping[str, Any], doing: str, seconds: float | None = None
    ) -> Any:
        if self._gone is not None:
            raise self._gone
        self._calls += 1
        wait = self._wait(self._calls, doing, seconds or self.settings.timeout)
        self._alive().send({"id": wait.number, "call": call, "arguments": arguments})
        while True:
            record = self._next(wait)
            if record["type"] == protocol.REPLY and record["id"] == wait.number:
                return record["value"]

    def _wait(self, number: int, doing: str, seconds: float) -> _Wait:
        context = Context(doing, self.where, self.settings.client, self.settings.timeout)
        return _Wait(number, context, seconds, time.monotonic() + seconds)

    def _next(self, wait: _Wait) -> Mapping[str, Any]:
        """Return the next line of the process; raise what it reports, or that it is silent."""
        line = self._line(wait)
        record: Mapping[str, Any] = json.loads(line)
        handle = _HANDLERS.get(record["type"])
        if handle is not None:
            handle(self, wait, record)
        return record

    def _line(self, wait: _Wait) -> str:
        process = self._alive()
        try:
            line = process.lines.get(timeout=max(wait.deadline - time.monotonic(), 0.001))
        except Empty:
            raise self._give_up(wait) from None
        if line is None:
            said = process.last_words() or "Its process ended."
            raise self._ended(Failure("other", said), wait)
        return line

    def _failed(self, wait: _Wait, record: Mapping[str, Any]) -> None:
        raise remote_error(Failure(**record["failure"]), wait.context)

    def _progressed(self, wait: _Wait, record: Mapping[str, Any]) -> None:
        wait.deadline = time.monotonic() + wait.seconds
        self._events.progress(record["done"], record["total"], record["text"])

    def _said(self, _: _Wait, record: Mapping[str, Any]) -> None:
        self._events.say(record["text"])

    def _saw(self, wait: _Wait, record: Mapping[str, Any]) -> None:
        answer = Answer(**{name: record[name] for name in Answer.__slots__})
        if wait.take(answer):
            raise self._ended(by_status(answer), wait)

    def _give_up(self, wait: _Wait) -> RemoteError:
        if not wait.bad:
            return self._ended(Failure("timeout"), wait)
        answer, times = wait.bad.most_common(1)[0]
        seen = f"{answer.host} answered {answer.status} {times} times in {wait.seconds:.0f} s."
        return self._ended(replace(by_status(answer), detail=seen), wait)

    def _alive(self) -> child.Child:
        if self._process is None:
            raise RuntimeError("the client is not started")
        return self._process

    def _ended(self, failure: Failure, wait: _Wait) -> RemoteError:
        """End the process for good; every later call fails as this one does."""
        self._alive().end()
        self._gone = remote_error(failure, wait.context)
        return self._gone


_HANDLERS: Final[Mapping[str, Callable[[Remote, _Wait, Mapping[str, Any]], None]]] = {
    protocol.FAILURE: Remote._failed,
    protocol.PROGRESS: Remote._progressed,
    protocol.SAY: Remote._said,
    protocol.SEEN: Remote._saw,
}
