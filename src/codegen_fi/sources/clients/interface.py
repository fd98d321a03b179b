"""What each client library is asked, in the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from codegen_fi.sources.records import (
    Connected,
    DataReference,
    Downloaded,
    JobSpec,
    RunRecord,
    Submitted,
)


class ClientError(Exception):
    """A failure whose kind the client knows for sure; others are told from what was on the wire.

    Attributes
    ----------
    kind
        A key of `codegen_fi.sources.failures.KINDS`.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Talk:
    """How a client tells of long work: `progress` in bytes, `say` for what a person must read."""

    progress: Callable[[int, int | None, str], None] = lambda *_: None
    say: Callable[[str], None] = lambda _: None


class Client(Protocol):
    """One library, connected to one workspace or store.

    A client raises what its library raises, or `ClientError` where only it can know what is wrong.
    It is made with ``(settings, talk)``; making it imports the library and asks nothing of any
    service.
    """

    def connect(self) -> Connected:
        """Sign in and look the workspace up."""
        ...

    def run(self, run_id: str) -> RunRecord:
        """Return what is known of a run."""
        ...

    def children(self, run_id: str) -> list[RunRecord]:
        """Return all child runs of a run, with their metrics."""
        ...

    def experiment(self, name: str) -> list[RunRecord]:
        """Return all runs of an experiment, newest first, with their metrics."""
        ...

    def files(self, run_id: str, folder: str) -> list[str]:
        """Return the whole paths of a run's files below a folder; none is no error."""
        ...

    def fetch(self, run_id: str, path: str, target: Path) -> None:
        """Download one file of a run to `target`."""
        ...

    def data(self, reference: DataReference, folder: Path) -> Downloaded:
        """Download a table into an empty folder."""
        ...

    def job_yaml(self, job: JobSpec) -> str:
        """Return a job as the YAML that Azure ML's command line takes; nothing is sent."""
        ...

    def submit(self, job: JobSpec) -> Submitted:
        """Hand a job to the service."""
        ...
