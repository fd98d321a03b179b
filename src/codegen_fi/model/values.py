"""Argument values as they stand in a script.

The generator writes most arguments as literals, and some as expressions that only mean
something when the script runs (``numpy.nan``, ``numpy.array([0, 1])``, ``wrap_in_list``).
Those are kept as their text: nothing of a script is evaluated while it is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Expression:
    """A value that only the running script knows, as source text."""

    code: str


Value: TypeAlias = bool | int | float | str | Sequence["Value"] | Expression | None
Arguments: TypeAlias = Mapping[str, Value]


def shown(value: Value) -> str:
    """Return a value the way Python source would write it."""
    if isinstance(value, Expression):
        return value.code
    if isinstance(value, str) or value is None or isinstance(value, bool | int | float):
        return repr(value)
    return "[" + ", ".join(shown(item) for item in value) + "]"
