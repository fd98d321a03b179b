"""Text as it can be shown: a name from a table must not steer a terminal or turn a line around."""

from __future__ import annotations


def printable(value: object) -> str:
    """Write out what isn't printable: control characters, line ends, marks of direction."""
    text = str(value)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def printable_lines(text: str) -> str:
    """Write out what isn't printable but the line ends and tabs that lay a text out."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))
