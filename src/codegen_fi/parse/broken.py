"""Why a text isn't Python: the likely cause, from the line the parser stopped at.

The generator pastes the label and the weight column between quotes without escaping them, so
a column called ``class's`` makes a script that no parser accepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 120
_PASTED_NAME: Final = re.compile(
    r"""\s*(label_column_name|class_weights_column_name|weight_column_name)\s*=\s*['"]"""
)
_UNFINISHED: Final = re.compile(r"unterminated triple-quoted|was never closed|unexpected EOF")
_MAGIC: Final = re.compile(r"\s*[%!]\s*\w")
_PROMPT: Final = re.compile(r"\s*(?:>>> |In \[\d)")
_CONFLICT: Final = re.compile(r"<{7}|={7}|>{7}")
_QUOTES: Final = re.compile("[\u2018\u2019\u201c\u201d]")


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stopped: its error, the line, whether it is the last of several."""

    error: SyntaxError
    line: str
    is_last: bool


def likely_cause(text: str, error: SyntaxError) -> str:
    """Return the sentence about a text that Python can't parse.

    Parameters
    ----------
    text
        The whole text.
    error
        What the parser raised.
    """
    lines = text.rstrip().split("\n")
    number = error.lineno or 0
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    stop = _Stop(error, line, 1 < len(lines) <= number)
    cause = next(words(stop) for applies, words in _CAUSES if applies(stop))
    return f"the script isn't valid Python ({error.msg}): {cause}"


def _shown(stop: _Stop) -> str:
    return stop.line.strip()[:_LONGEST]


def _pasted(stop: _Stop) -> str:
    found = _PASTED_NAME.match(stop.line)
    is_label = found is not None and found[1].startswith("label")
    return (
        f"{_shown(stop)}. The likely cause: the name of the "
        f"{'label' if is_label else 'sample weight column'} has a quote in it, which the generator "
        "doesn't escape. Escape it on this line and run the command again."
    )


def _saying(words: str) -> Callable[[_Stop], str]:
    return lambda stop: f"{_shown(stop)}. {words}"


_CAUSES: Final[tuple[tuple[Callable[[_Stop], object], Callable[[_Stop], str]], ...]] = (
    (
        # TabError is one as well.
        lambda stop: isinstance(stop.error, IndentationError) and not stop.is_last,
        _saying(
            "Indent the line as those around it, with the same blanks or tabs, and run the "
            "command again."
        ),
    ),
    (lambda stop: _PASTED_NAME.match(stop.line), _pasted),
    (
        lambda stop: _CONFLICT.match(stop.line),
        _saying("This is the mark of a merge conflict: resolve it and run the command again."),
    ),
    (
        lambda stop: _MAGIC.match(stop.line),
        _saying("This is a command of a notebook: take the line out and run the command again."),
    ),
    (
        lambda stop: _PROMPT.match(stop.line),
        _saying("This was copied out of a console: give the script as it was downloaded."),
    ),
    (
        lambda stop: _QUOTES.search(stop.line),
        _saying("A text editor has changed the quotes: put straight ones in their place."),
    ),
    (
        lambda stop: stop.is_last or _UNFINISHED.search(str(stop.error.msg)),
        _saying("The file seems to break off before its end: download the script again."),
    ),
    (
        lambda _: True,
        _saying(
            "Check that the file was downloaded whole, or mend this line and run the command again."
        ),
    ),
)
