"""Text as it can be shown: a name from a table must not steer a terminal or turn a line around."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def printable(value: object) -> str:
    """Write out what isn't printable: control characters, line ends, marks of direction."""
    text = str(value)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def printable_lines(text: str) -> str:
    """Write out what isn't printable but the line ends and tabs that lay a text out."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))


def group_label(name: str, columns: str, found: Collection[str]) -> str:
    """Name columns shuffled together by themselves, and by their name where a user gave it one.

    Parameters
    ----------
    name, columns : str
        Of the group, as they stand in the table.
    found : collection of str
        Names of groups that nobody gave a name.
    """
    return columns if name in found else f"{name}: {columns}"
