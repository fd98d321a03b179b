"""Print a diff: for a person with colours and reasons, into a pipe as it is in the file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from codegen_fi.cli import _console

if TYPE_CHECKING:
    from rich.text import Text

_HUNK = re.compile(r"^@@ -(\d+)[^@]* @@ ?(.*)$")
_REASON = re.compile(r"\[([a-z-]+)\] (.*?)(?= \[[a-z-]+\] |$)")


def print_diff(text: str) -> None:
    """Print a whole diff."""
    if not _console.out().is_terminal:
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    for line in _coloured(text.split("\n")):
        _console.out().print(line, soft_wrap=True)


def _coloured(lines: Sequence[str]) -> Iterable[Text]:
    from rich.text import Text

    styles = {"+": "green", "-": "red", "\\": "dim"}
    in_hunk = False
    for line in lines:
        hunk = _HUNK.match(line)
        if hunk is not None:
            in_hunk = True
            yield Text()
            yield Text(f"script.py line {hunk[1]}", style="bold cyan")
            for rule, why in _REASON.findall(hunk[2]):
                yield Text.assemble(
                    ("  " + rule, "bold cyan"), (f"  {_console.clean(why)}", "cyan")
                )
        else:
            yield Text(_console.clean(line), style=styles.get(line[:1], "") if in_hunk else "dim")
