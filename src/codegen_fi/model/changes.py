"""What rewriting changed, line by line, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, placed in the original script.

    Attributes
    ----------
    rule
        Id of the rule that made it.
    why
        One sentence: the reason, for the person who reviews it.
    function
        Top-level function it is in; None at module level.
    first_line, last_line
        The original lines it replaces or removes, counted from 1, both included.  For an
        insertion ``last_line`` is ``first_line - 1``: the new lines stand before ``first_line``.
    source
        Where the fact behind it is documented; None when it is the script itself.
    behaviour
        What the user should know that is different afterwards; None when nothing is.
    """

    rule: str
    why: str
    function: str | None
    first_line: int
    last_line: int
    source: str | None = None
    behaviour: str | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the script does that its user should know, left as it is."""

    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """One changed place in both texts; line numbers count from 1, both ends included.

    An empty side has its last line one before its first.  ``rules`` are those that changed it,
    in the order of their first line.
    """

    first_line: int
    last_line: int
    new_first_line: int
    new_last_line: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The outcome of rewriting one script.

    ``blocks`` line the two texts up: outside them every line is the same.
    ``requirements`` are PEP 508 lines of what the new text and the runtime import;
    ``requires_python`` is the PEP 440 specifier of the interpreters they are for.
    ``scored_with`` is the text of the sample weights that importances are scored with, None
    without.
    ``already`` is True when the script had been rewritten before: nothing was changed.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    warnings: tuple[Warned, ...]
    requirements: tuple[str, ...]
    requires_python: str
    blocks: tuple[Block, ...] = ()
    scored_with: str | None = None
    already: bool = False
