"""What a reviewer has to know, with a link to the lines it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from codegen_fi.model.changes import Change
from codegen_fi.render.diff import Difference
from codegen_fi.render.review.results import ResultsView

_ARGUMENTS: Final = "replace-removed-arguments"


@dataclass(frozen=True)
class Note:
    """One thing to know.

    Attributes
    ----------
    tag
        What it is about, in a word or two.
    text
        A sentence.
    target
        Id on the page of what it is about; None without one.
    source
        Where it is documented.
    """

    tag: str
    text: str
    target: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Warnings:
    """Everything to know, by kind; a kind without any isn't there.

    Attributes
    ----------
    groups
        Title and notes.
    lines
        Numbers of the original lines that notes link to.
    count
        How many of them are warnings: an argument that was replaced without a consequence isn't.
    """

    groups: tuple[tuple[str, tuple[Note, ...]], ...]
    lines: frozenset[int]
    count: int


def warnings_of(
    content: Mapping[str, Any],
    found: Difference,
    undone: Sequence[Change],
    results: ResultsView | None,
) -> Warnings:
    """Collect the warnings of a rewriting and of a training."""
    changes = list(dict.fromkeys(c for _, own in found.hunks for c in own))
    hunks = {c: n for n, (_, own) in reversed(list(enumerate(found.hunks, 1))) for c in own}
    # The manifest repeats what changes do among its warnings, for readers of it alone.
    said = {(c.first_line, c.behaviour) for c in changes if c.behaviour}
    warned = [
        w
        for w in sorted(content["warnings"], key=lambda w: w["line"] or 0)
        if (w["line"], w["message"]) not in said
    ]
    script = tuple(
        Note(f"line {w['line']}", w["message"], f"line-{w['line']}")
        if w["line"]
        else Note("script", w["message"])
        for w in warned
    )
    arguments = tuple(_note(c, hunks[c]) for c in changes if c.rule == _ARGUMENTS)
    different = tuple(_note(c, hunks[c]) for c in changes if c.rule != _ARGUMENTS and c.behaviour)
    lost = tuple(
        Note(c.rule, f"Line {c.first_line}: train.py no longer has this edit.") for c in undone
    )
    training = tuple(Note(what, why) for what, why in (results.notes if results else ()))
    groups = (
        ("What this script does", script),
        ("Replaced arguments", arguments),
        ("What is different afterwards", different),
        ("Edits taken back by hand", lost),
        ("How to read the importances", training),
    )
    behaving = sum(c.rule == _ARGUMENTS and bool(c.behaviour) for c in changes)
    grave = results.grave if results else 0
    return Warnings(
        tuple(group for group in groups if group[1]),
        frozenset(w["line"] for w in warned if w["line"]),
        len(script) + behaving + len(different) + len(lost) + grave,
    )


def _note(change: Change, hunk: int) -> Note:
    text = f"{change.why} {change.behaviour}" if change.behaviour else change.why
    return Note(f"line {change.first_line}", text, f"hunk-{hunk}", change.source)
