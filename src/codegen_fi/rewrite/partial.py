"""What the user should know about rules that were left out on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.changes import Warned
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.engine import Rule
from codegen_fi.rewrite.leftovers import Leftover

_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that was left out, and the original lines it would have changed.

    ``whole`` is False when the rule would have refused the script further down.
    """

    rule: Rule
    lines: frozenset[int]
    whole: bool


def planned(script: Script, rules: Iterable[Rule]) -> tuple[LeftOut, ...]:
    """Find out what the rules would have done."""
    return tuple(_planned(script, rule) for rule in rules)


def _planned(script: Script, rule: Rule) -> LeftOut:
    lines: set[int] = set()
    try:
        for edit in rule.plan(script):
            for change in edit.changes:
                lines.update(range(change.first_line, change.last_line + 1))
                lines.add(change.first_line)
    except ScriptNotUnderstoodError:
        return LeftOut(rule, frozenset(lines), whole=False)
    return LeftOut(rule, frozenset(lines), whole=True)


def warnings_about(
    script: Script, left: Sequence[LeftOut], leftovers: Iterable[Leftover]
) -> Iterator[Warned]:
    """Yield what is missing now that these rules were left out.

    Raises
    ------
    ScriptNotUnderstoodError
        An import would stay that none of them handles.
    """
    stays: Mapping[str, list[Leftover]] = {item.rule.name: [] for item in left}
    for leftover in leftovers:
        name = _handler(left, leftover)
        if name is None:
            raise refusal(script.name, leftover.line, leftover.message)
        stays[name].append(leftover)
    for item in left:
        yield from _warnings(item, stays[item.rule.name])


def _handler(left: Sequence[LeftOut], leftover: Leftover) -> str | None:
    for item in left:
        if leftover.line in item.lines:
            return item.rule.name
    return next((item.rule.name for item in left if not item.whole), None)


def _warnings(item: LeftOut, stays: Sequence[Leftover]) -> Iterator[Warned]:
    said = f"Rule {item.rule.name} was left out"
    if item.rule.without is not None and (item.lines or not item.whole):
        yield Warned(min(item.lines, default=None), f"{said}: {item.rule.without}")
    if stays:
        packages = sorted({package for leftover in stays for package in leftover.packages})
        yield Warned(
            stays[0].line,
            f"{said}: the script still imports {', '.join(packages)} (line{_lines(stays)}) and "
            "only works where that is installed.",
        )


def _lines(stays: Sequence[Leftover]) -> str:
    lines = [str(leftover.line) for leftover in stays]
    more = len(lines) - _MOST_LINES
    listed = ", ".join(lines[:_MOST_LINES])
    return f"{'s' * (len(lines) > 1)} {listed}{f' and {more} more' if more > 0 else ''}"
