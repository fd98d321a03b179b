"""Ask a service through a client library in a process of its own, with a limit on every wait."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from codegen_fi.sources.waiting import Wait

# Seconds a person has to finish signing in.
_SIGN_IN: Final = 300.0
_BY_HAND: Final = frozenset({"device-code", "interactive"})


@dataclass(frozen=True)
class RemoteEvents:
    """What to call meanwhile: `progress` in bytes, `say` for what a person must read."""

    progress: Callable[[int, int | None, str], None] = lambda *_: None
    say: Callable[[str], None] = lambda _: None


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
        self._ready(seconds, self._began + seconds)
        deadline = max(self._began + seconds, time.monotonic() + 1.0)
        wait = self._wait("signing in", seconds, deadline)
        wait.silence = "sign_in_timeout" if by_hand else wait.silence
        return Connected(**self._call("connect", {}, wait))

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
        self._ready(self.settings.timeout, time.monotonic() + self.settings.timeout)
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

    def _ready(self, seconds: float, deadline: float) -> None:
        wait = self._wait("starting the client", seconds, deadline)
        wait.silence = "start_timeout"
        while self._next(wait)["type"] != protocol.READY:
            pass

    def _call(self, call: str, arguments: Mapping[str, Any], doing: str | Wait) -> Any:
        if self._gone is not None:
            raise self._gone
        self._calls += 1
        number = self._calls
        wait = doing if isinstance(doing, Wait) else self._wait(doing, self.settings.timeout)
        self._alive().send({"id": number, "call": call, "arguments": arguments})
        while True:
            record = self._next(wait)
            if record["type"] == protocol.REPLY and record["id"] == number:
                return record["value"]

    def _wait(self, doing: str, seconds: float, deadline: float | None = None) -> Wait:
        context = Context(doing, self.where, self.settings.client, seconds)
        return Wait(context, time.monotonic() + seconds if deadline is None else deadline)

    def _next(self, wait: Wait) -> Mapping[str, Any]:
        """Return the next line of the process; raise what it reports, or that it is silent."""
        line = self._line(wait)
        record: Mapping[str, Any] = json.loads(line)
        handle = _HANDLERS.get(record["type"])
        if handle is not None:
            handle(self, wait, record)
        return record

    def _line(self, wait: Wait) -> str:
        process = self._alive()
        try:
            line = process.lines.get(timeout=wait.left)
        except Empty:
            raise self._ended(wait.given_up(), wait) from None
        if line is None:
            said = process.last_words() or "Its process ended."
            raise self._ended(Failure("other", said), wait)
        return line

    def _failed(self, wait: Wait, record: Mapping[str, Any]) -> None:
        raise remote_error(Failure(**record["failure"]), wait.context)

    def _progressed(self, wait: Wait, record: Mapping[str, Any]) -> None:
        wait.progressed()
        self._events.progress(record["done"], record["total"], record["text"])

    def _said(self, _: Wait, record: Mapping[str, Any]) -> None:
        self._events.say(record["text"])

    def _saw(self, wait: Wait, record: Mapping[str, Any]) -> None:
        answer = Answer(**{name: record[name] for name in Answer.__slots__})
        if wait.take(answer):
            raise self._ended(by_status(answer), wait)

    def _alive(self) -> child.Child:
        if self._process is None:
            raise RuntimeError("the client is not started")
        return self._process

    def _ended(self, failure: Failure, wait: Wait) -> RemoteError:
        """End the process for good; every later call fails as this one does."""
        self._alive().end()
        self._gone = remote_error(failure, wait.context)
        return self._gone


_HANDLERS: Final[Mapping[str, Callable[[Remote, Wait, Mapping[str, Any]], None]]] = {
    protocol.FAILURE: Remote._failed,
    protocol.PROGRESS: Remote._progressed,
    protocol.SAY: Remote._said,
    protocol.SEEN: Remote._saw,
}
