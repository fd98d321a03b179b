"""Follow long work on standard error: log lines, and a bar for what can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from codegen_fi.cli import _console
from codegen_fi.workflow import Steps, Written

if TYPE_CHECKING:
    from rich.progress import Progress

_MEBIBYTE = 2**20


@contextmanager
def following() -> Iterator[Steps]:
    """Return what to call while something long runs."""
    from rich.progress import BarColumn, Progress, TextColumn

    from codegen_fi.run import Events

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[text]}", markup=False),
        console=_console.err(),
        transient=True,
    )
    importances, download = _Work(bar, "Importances"), _Work(bar, "Download")
    # Where nothing is drawn, starting it would still write empty lines.
    with bar if _console.err().is_terminal else nullcontext():
        yield Steps(
            events=Events(line=_console.log_line, progress=importances.counted),
            download=download.bytes,
            tell=_console.log_line,
            wrote=_wrote,
        )


class _Work:
    """One kind of work: a bar on a terminal, else a line for each tenth of it."""

    def __init__(self, bar: Progress, name: str) -> None:
        self._bar, self._name = bar, name
        self._task = bar.add_task(name, total=None, visible=False, text="", count="")
        self._told: set[tuple[str, int]] = set()

    def counted(self, done: int, total: int, text: str) -> None:
        """Take a step of things that are counted."""
        self._step(done, total, text, f"{done}/{total}")

    def bytes(self, done: int, total: int | None, text: str) -> None:
        """Take a step of a transfer; `total` is None when it isn't known."""
        of = f" of {total / _MEBIBYTE:,.1f}" if total is not None else ""
        self._step(done, total, text, f"{done / _MEBIBYTE:,.1f}{of} MB")

    def _step(self, done: int, total: int | None, text: str, count: str) -> None:
        text = _console.clean(text)
        if _console.err().is_terminal:
            unfinished = total is None or done < total
            self._bar.update(
                self._task, completed=done, total=total, text=text, count=count, visible=unfinished
            )
            return
        tenth = 10 * done // max(total, 1) if total is not None else done // (10 * _MEBIBYTE)
        # The text of a transfer names one file; that of importances changes with each step.
        about = text if self._name == "Download" else ""
        if done and (about, tenth) not in self._told:
            self._told.add((about, tenth))
            _console.say(f"{self._name} {count} {text}")


def _wrote(written: Written) -> None:
    _console.print_warnings(written)
    _console.say(
        f"Wrote {len(written.files)} files to {written.folder} "
        f"({len(written.rewritten.changes)} edits; see them with: codegen-fi diff {written.folder})"
    )
