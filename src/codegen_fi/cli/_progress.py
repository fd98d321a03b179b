"""Follow a training on standard error: its log lines, and a bar for the importance work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from codegen_fi.cli import _console
from codegen_fi.workflow import Steps, Written


@contextmanager
def following() -> Iterator[Steps]:
    """Return what to call while a training runs."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from codegen_fi.run import Events

    bar = Progress(
        TextColumn("Importances"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[text]}", markup=False),
        console=_console.err(),
        transient=True,
    )
    work = bar.add_task("importances", total=None, text="", visible=False)
    tenths: set[int] = set()

    def progress(done: int, total: int, text: str) -> None:
        if _console.err().is_terminal:
            bar.update(
                work,
                completed=done,
                total=total,
                text=_console.clean(text),
                visible=done < total,
            )
        elif done and 10 * done // max(total, 1) not in tenths:
            tenths.add(10 * done // max(total, 1))
            _console.say(f"Importances {done}/{total} {text}")

    with bar:
        yield Steps(
            events=Events(line=_console.log_line, progress=progress),
            tell=_console.log_line,
            wrote=_wrote,
        )


def _wrote(written: Written) -> None:
    _console.print_warnings(written)
    _console.say(
        f"Wrote {len(written.files)} files to {written.folder} "
        f"({len(written.rewritten.changes)} edits; see them with: codegen-fi diff {written.folder})"
    )
