"""One form for every refusal: the file, the line, what was found, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from codegen_fi.errors import ScriptNotUnderstoodError


def refusal(name: str, line: int | None, message: str) -> ScriptNotUnderstoodError:
    """Return the error for a script that can't be read or rewritten.

    Parameters
    ----------
    name
        File name as the user knows it.
    line
        Line the message is about, counted from 1; None for the script as a whole.
    message
        What was found and what to do next, in one or two sentences.
    """
    where = name if line is None else f"{name}, line {line}"
    return ScriptNotUnderstoodError(f"{where}: {message}")


@contextmanager
def refusing_depth(name: str) -> Iterator[None]:
    """Refuse a script that a parser or a visitor in the ``with`` block can't get to the bottom of.

    Raises
    ------
    ScriptNotUnderstoodError
        In place of the error that the interpreter ends with.
    """
    try:
        yield
    except (RecursionError, MemoryError):
        raise refusal(
            name,
            None,
            "an expression in it is nested too deeply to be read. No generated script has one: "
            "download the script again.",
        ) from None
