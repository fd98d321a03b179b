"""Tell how far the importance work is: to a person, a log file or the program that started it."""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from typing import TYPE_CHECKING, TextIO

from .printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int, str], None]

ENVIRONMENT = "CODEGEN_FI_PROGRESS"
PREFIX = "@@progress "
SILENCE = 30.0
"""Seconds after which a line is written that says no more than that it goes on."""

_WORTH_SAYING = 5.0
_MINUTE, _HOUR = 60.0, 3600.0


def reporter(stream: TextIO | None = None) -> Progress:
    """Return a function ``(done, total, text)`` that reports on standard error.

    With ``CODEGEN_FI_PROGRESS=json`` each step is a line ``@@progress {...}``; on a terminal one
    line is updated; else there is a line for each tenth of the way, and for each half minute. How
    long the rest takes is said once that is more than some seconds.
    """
    out = sys.stderr if stream is None else stream
    if os.environ.get(ENVIRONMENT) == "json":
        return _timed(_json(out))
    return _timed(_updating(out) if out.isatty() else _tenths(out))


def _timed(report: Progress) -> Progress:
    began = time.monotonic()

    def timed(done: int, total: int, text: str) -> None:
        left = left_in_words(time.monotonic() - began, done, total)
        report(done, total, f"{text}, {left}" if left else text)

    return timed


def left_in_words(passed: float, done: int, total: int) -> str:
    """Say how long the rest takes if it goes on as before; nothing where that is soon."""
    left = passed * (total - done) / done if done else 0.0
    if left < _WORTH_SAYING:
        return ""
    if left < _MINUTE:
        return f"about {left:.0f} s left"
    if left < _HOUR:
        return f"about {left / _MINUTE:.0f} min left"
    return f"about {left / _HOUR:.1f} h left"


def _json(out: TextIO) -> Progress:
    def report(done: int, total: int, text: str) -> None:
        step = json.dumps({"done": done, "total": total, "text": text})
        print(PREFIX + step, file=out, flush=True)

    return report


def _updating(out: TextIO) -> Progress:
    def report(done: int, total: int, text: str) -> None:
        end = "\n" if done >= total else ""
        line = _fitting(f"Importances {done:,}/{total:,} {printable(text)}", _width() - 1)
        print(f"\r\x1b[K{line}", end=end, file=out, flush=True)

    return report


def _tenths(out: TextIO) -> Progress:
    shown = -1
    last = time.monotonic()

    def report(done: int, total: int, text: str) -> None:
        nonlocal shown, last
        tenth = 10 * done // max(total, 1)
        now = time.monotonic()
        if done and (tenth != shown or now - last >= SILENCE):
            shown, last = tenth, now
            print(
                f"Importances {done:,}/{total:,} {printable(text)}".rstrip(), file=out, flush=True
            )

    return report


def _fitting(text: str, cells: int) -> str:
    """Cut a text to the cells of a terminal, of which letters of East Asia take two."""
    for place, char in enumerate(text):
        cells -= 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        if cells < 0:
            return text[:place]
    return text


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 80
