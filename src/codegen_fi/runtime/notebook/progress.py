"""Something that moves while a cell works: the seconds, and what is being done."""

from __future__ import annotations

import html
import logging
import threading
import time
from typing import TYPE_CHECKING

from ..printable import printable
from ..steps import LOGGER, step_of
from .page import Output, can_replace

if TYPE_CHECKING:
    from types import TracebackType

    from ..local_run import LocalRun

_TICK = 1.0
_MINUTE = 60
_FINISHING = "finishing"


class progress:  # noqa: N801 - a context manager, named for how a cell reads
    """Show the time and the steps of the work inside a ``with`` block.

    The page is brought up to date from a thread of its own: the work may be one long call.

    Parameters
    ----------
    what : str
        What is done.
    run : LocalRun, optional
        Its importances report here.
    """

    def __init__(self, what: str, run: LocalRun | None = None) -> None:
        self._what = what
        self._run = run
        self._state: tuple[int, int, str] = (0, 0, "")
        self._began = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._steps = _Steps(self)
        self._page = Output()

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Take a step: so many are done, and what the next or last one is about."""
        self._state = (done, total, text)

    def __enter__(self) -> progress:
        self._began = time.monotonic()
        if self._run is not None:
            self._run.progress = self
        logging.getLogger(LOGGER).addHandler(self._steps)
        self._page.show(*self._told("…"))
        if can_replace():
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        logging.getLogger(LOGGER).removeHandler(self._steps)
        if self._run is not None:
            self._run.progress = None
        end = "took" if kind is None else "stopped after"
        text = f"{self._what} {end} {_duration(time.monotonic() - self._began, exact=True)}."
        self._page.show(text, html.escape(printable(text)))

    def _tick(self) -> None:
        while not self._over.wait(_TICK):
            self._page.show(*self._told(_duration(time.monotonic() - self._began)))

    def _told(self, spent: str) -> tuple[str, str]:
        done, total, text = self._state
        count = f", {done:,} of {total:,}" if total else ""
        about = f": {printable(text) if done < total else _FINISHING}" if text else ""
        line = f"{printable(self._what)} {spent}{count}{about}"
        bar = f'<progress max="{total}" value="{done}"></progress> ' if total else ""
        return line, bar + html.escape(line)


class _Steps(logging.Handler):
    """Takes the steps out of the log of the training."""

    def __init__(self, shown: progress) -> None:
        super().__init__(logging.INFO)
        self._shown = shown

    def emit(self, record: logging.LogRecord) -> None:
        found = step_of(record)
        if found is not None:
            self._shown(*found)


def _duration(seconds: float, *, exact: bool = False) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.1f} s" if exact else f"{seconds:.0f} s"
    return f"{int(seconds // _MINUTE)} min {int(seconds % _MINUTE)} s"
