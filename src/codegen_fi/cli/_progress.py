"""Follow long work on standard error: log lines, and a bar for what can be counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from codegen_fi.cli import _console, _rewriting
from codegen_fi.workflow import Steps, Written

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_MEBIBYTE = 2**20
# Seconds after which a line says at least that it goes on.
_SILENCE = 30.0


@contextmanager
def following() -> Iterator[Steps]:
    """Return what to call while something long runs."""
    from codegen_fi.run import Events

    bars = _Bars()
    importances, download = _Work(bars, "Importances"), _Work(bars, "Download")
    try:
        yield Steps(
            events=Events(line=_console.log_line, progress=importances.counted),
            download=download.bytes,
            tell=_console.log_line,
            wrote=_wrote,
            quiet=bars.stop,
        )
    finally:
        bars.stop()


class _Bars:
    """The bars on the terminal, drawn from the first step of work on: most commands have none."""

    def __init__(self) -> None:
        self._drawn: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def update(self, name: str, **fields: Any) -> None:
        """Show how far the work of a name is."""
        if self._drawn is None:
            self._drawn = _progress()
            self._drawn.start()
        if name not in self._tasks:
            self._tasks[name] = self._drawn.add_task(name, text="", count="")
        self._drawn.update(self._tasks[name], **fields)

    def stop(self) -> None:
        """Take the bars away; later work draws them again."""
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None
            self._tasks.clear()


def _progress() -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[text]}", markup=False),
        console=_console.err(),
        transient=True,
    )


class _Work:
    """One kind of work: a bar on a terminal, else a line for each tenth of it."""

    def __init__(self, bars: _Bars, name: str) -> None:
        self._bars, self._name = bars, name
        self._told: set[tuple[str, int]] = set()
        self._last = time.monotonic()

    def counted(self, done: int, total: int, text: str) -> None:
        """Take a step of things that are counted."""
        self._step(done, total, text, f"{done:,}/{total:,}")

    def bytes(self, done: int, total: int | None, text: str) -> None:
        """Take a step of a transfer; `total` is None when it isn't known."""
        of = f" of {total / _MEBIBYTE:,.1f}" if total is not None else ""
        self._step(done, total, text, f"{done / _MEBIBYTE:,.1f}{of} MB")

    def _step(self, done: int, total: int | None, text: str, count: str) -> None:
        text = _console.clean(text)
        if _console.err().is_terminal:
            unfinished = total is None or done < total
            self._bars.update(
                self._name, completed=done, total=total, text=text, count=count, visible=unfinished
            )
            return
        tenth = 10 * done // max(total, 1) if total is not None else done // (10 * _MEBIBYTE)
        # The text of a transfer names one file; that of importances changes with each step.
        about = text if self._name == "Download" else ""
        now = time.monotonic()
        if done and ((about, tenth) not in self._told or now - self._last >= _SILENCE):
            self._told.add((about, tenth))
            self._last = now
            _console.say(f"{self._name} {count} {text}")


def _wrote(written: Written) -> None:
    _rewriting.print_warnings(written)
    _console.say(
        f"Wrote {len(written.files)} files to {written.folder} "
        f"({len(written.rewritten.changes)} edits; see them with: codegen-fi diff {written.folder})"
    )
