"""Where all printing goes: results on standard output, talk on standard error.

Names from a script or a table may hold anything; they are shown with their control characters
written out, so that they can't steer a terminal.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from codegen_fi.model.plain import to_plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_LONGEST_LINE = 400
_PIPE_WIDTH = 4_000


@cache
def out() -> Console:
    """Return the console of results."""
    return _console(stderr=False)


@cache
def err() -> Console:
    """Return the console of talk."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    # Into a file or a pipe each row stays on one line, however long.
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False)


def clean(text: object) -> str:
    """Write out what isn't printable."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def clean_lines(text: str) -> str:
    """Write out what isn't printable, but leave line ends and tabs."""
    return "\n".join("\t".join(map(clean, line.split("\t"))) for line in text.split("\n"))


def say(text: str, style: str = "") -> None:
    """Print a line of talk."""
    from rich.text import Text

    # As a styled text: a style given to print() would also colour the progress bar.
    err().print(Text(clean(text), style=style))


def warn(text: str) -> None:
    """Print a warning."""
    say(f"warning: {text}", "yellow")


def log_line(line: str) -> None:
    """Print a line of the training's log; on a terminal a very long one is cut, and says so."""
    line = line.replace("\t", "    ")
    rest = len(line) - _LONGEST_LINE
    if rest > 0 and err().is_terminal:
        line = f"{line[:_LONGEST_LINE]} ... ({rest:,} more characters)"
    say(line, "dim")


def print_json(value: Any) -> None:
    """Print a record as JSON."""
    text = json.dumps(to_plain(value), indent=2, ensure_ascii=True, allow_nan=False)
    sys.stdout.write(text + "\n")


def new_table(*columns: tuple[str, dict[str, Any]], head: bool = True) -> Table:
    """Return an empty table with these columns: name and settings of each."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD if head else None, show_header=head, pad_edge=False)
    for name, settings in columns:
        table.add_column(name, **settings)
    return table
