"""What the use cases take and return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen_fi.model.options import Options

if TYPE_CHECKING:
    from codegen_fi.model.changes import Rewritten
    from codegen_fi.model.script import TrainingScript
    from codegen_fi.render.describe import Description
    from codegen_fi.run import Events, Results
    from codegen_fi.run.environment import Environment
    from codegen_fi.sources import Listed, RunRecord


@dataclass(frozen=True)
class Shown:
    """What a script says, as records and in words; `rewritten_by` is set when we wrote it."""

    name: str
    model: TrainingScript
    described: Description
    rewritten_by: str | None


@dataclass(frozen=True)
class RewriteOptions:
    """How to write a folder.

    Attributes
    ----------
    force
        Replace an emitted folder that exists.
    check
        Write nothing; report what differs.
    training_data, validation_data
        Tables the notebook starts with; None leaves a placeholder.
    rewriting
        Runtime, rules and repairs; the scoring is filled in from the run.
    """

    force: bool = False
    check: bool = False
    training_data: Path | None = None
    validation_data: Path | None = None
    rewriting: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Written:
    """The outcome of a rewriting.

    Attributes
    ----------
    folder
        The emitted folder; None when only the script was checked.
    rewritten
        Changes, warnings and requirements.
    files
        Relative paths of the emitted files; empty when the script had been rewritten before.
    stale
        With ``check``: the files that differ from what would be written.
    written_with
        With ``check``: the options the folder was written with, where they are others.
    """

    folder: Path | None
    rewritten: Rewritten
    files: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    written_with: Mapping[str, Any] | None = None

    @property
    def would_change(self) -> bool:
        """Tell, after a check, whether writing would change anything."""
        if self.rewritten.already:
            return False
        return self.folder is None or bool(self.stale)


@dataclass(frozen=True)
class TrainOptions:
    """How to train and explain; None and () leave the default of ``train.py``."""

    validation_data: Path | None = None
    environment: Environment = "current"
    outputs: Path | None = None
    importance: tuple[str, ...] = ()
    scoring: str | None = None
    repeats: int | str | None = None
    top: int | None = None
    seed: int | None = None
    max_rows: int | str | None = None
    groups: tuple[str, ...] = ()
    jobs: int | None = None
    plot: bool = True

    def arguments(self) -> list[str]:
        """Return them as a command line of ``train.py``."""
        named = {
            "--scoring": self.scoring,
            "--repeats": self.repeats,
            "--top": self.top,
            "--seed": self.seed,
            "--max-rows": self.max_rows,
            "--jobs": self.jobs,
        }
        # With an equals sign, so that a value that starts with a dash stays a value.
        given = [f"{name}={value}" for name, value in named.items() if value is not None]
        given += [f"--group={group}" for group in self.groups]
        if self.importance:
            given += ["--importance", *self.importance]
        return given if self.plot else [*given, "--no-plot"]


@dataclass(frozen=True)
class Fetched:
    """A run's files on disk.

    Attributes
    ----------
    origin
        Where they came from: service, run, parent, and why this run.
    run
        What is known of the run: task, label, primary metric, data, environment.
    sizes
        Bytes of each file by its name.
    """

    folder: Path
    origin: Mapping[str, Any]
    run: Mapping[str, Any]
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class Children:
    """The models of an AutoML run, best first.

    Attributes
    ----------
    where
        The workspace or store, in words.
    metric
        The primary metric of the run; None when it has none.
    """

    where: str
    parent: RunRecord
    metric: str | None
    listed: tuple[Listed, ...]


@dataclass(frozen=True)
class Trained:
    """The outcome of a training."""

    folder: Path
    results: Results
    seconds: float


@dataclass(frozen=True)
class Steps:
    """What to call while something longer runs.

    ``wrote`` comes when a folder was written, before its training starts; ``download`` with the
    bytes so far, all bytes (None when not known), and what they are; ``quiet`` before the user is
    asked something.
    """

    events: Events | None = None
    download: Callable[[int, int | None, str], None] = field(default=lambda *_: None)
    tell: Callable[[str], None] = field(default=lambda _: None)
    wrote: Callable[[Written], None] = field(default=lambda _: None)
    quiet: Callable[[], None] = field(default=lambda: None)
