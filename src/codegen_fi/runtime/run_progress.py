"""Tell how far the importance work is: to a person, a log file or the program that started it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from .printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int, str], None]

ENVIRONMENT = "CODEGEN_FI_PROGRESS"
PREFIX = "@@progress "


def reporter(stream: TextIO | None = None) -> Progress:
    """Return a function ``(done, total, text)`` that reports on standard error.

    With ``CODEGEN_FI_PROGRESS=json`` each step is a line ``@@progress {...}``; on a terminal one
    line is updated; else there is a line for each tenth of the way.
    """
    out = sys.stderr if stream is None else stream
    if os.environ.get(ENVIRONMENT) == "json":
        return _json(out)
    return _updating(out) if out.isatty() else _tenths(out)


def _json(out: TextIO) -> Progress:
    def report(done: int, total: int, text: str) -> None:
        step = json.dumps({"done": done, "total": total, "text": text})
        print(PREFIX + step, file=out, flush=True)

    return report


def _updating(out: TextIO) -> Progress:
    def report(done: int, total: int, text: str) -> None:
        end = "\n" if done >= total else ""
        line = f"Importances {done}/{total} {printable(text)}"[: _width() - 1]
        print(f"\r\x1b[K{line}", end=end, file=out, flush=True)

    return report


def _tenths(out: TextIO) -> Progress:
    shown = -1

    def report(done: int, total: int, text: str) -> None:
        nonlocal shown
        tenth = 10 * done // max(total, 1)
        if tenth != shown and done:
            shown = tenth
            print(f"Importances {done}/{total} {printable(text)}".rstrip(), file=out, flush=True)

    return report


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 80
