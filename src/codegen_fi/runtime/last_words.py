"""How a script that failed ends: without a traceback of Ctrl-C, and without names that act."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from .printable import printable_lines

if TYPE_CHECKING:
    from types import TracebackType


def show_failure(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print a traceback for everything but Ctrl-C, of which the user knows."""
    if issubclass(kind, KeyboardInterrupt):
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    shown = printable_lines(text)
    if shown == text:
        sys.__excepthook__(kind, error, trace)
    else:
        sys.stderr.write(shown)
