"""Print the rules: all in a table, or one with its examples."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from codegen_fi.cli import _console
from codegen_fi.model.options import RUNTIMES

if TYPE_CHECKING:
    from codegen_fi.rewrite.examples import Example
    from codegen_fi.workflow.rules import ListedRule

_STYLES = {"-": "red", "+": "green"}


def print_rules(listed: Sequence[ListedRule]) -> None:
    """Print a line for each rule, in the order they are applied."""
    table = _console.new_table(("rule", {"no_wrap": True}), ("applied", {}), ("why", {}))
    for rule in listed:
        table.add_row(rule.id, _applied(rule), rule.why)
    _console.out().print(table)


def print_rule(rule: ListedRule) -> None:
    """Print one rule: when it is applied, why, and its examples as changed lines."""
    from rich.text import Text

    out = _console.out()
    out.print(Text(rule.id, style="bold"))
    out.print(rule.why)
    out.print(f"Applied: {_applied(rule)}")
    if rule.needs:
        out.print(f"Builds on: {', '.join(rule.needs)}")
    for example in rule.examples:
        out.print()
        out.print(Text(example.why, style="cyan"))
        out.print()
        for line in _lines(example):
            out.print(Text(line, style=_STYLES.get(line[0], "")), soft_wrap=True)


def _applied(rule: ListedRule) -> str:
    if rule.fix is not None:
        when = f"with --fix {rule.fix}"
    else:
        when = "always" if rule.required else "by default"
    return when if rule.runtimes == RUNTIMES else f"{when} ({', '.join(rule.runtimes)})"


def _lines(example: Example) -> Iterator[str]:
    """Yield the lines of an example, each behind a mark: kept, taken out, put in."""
    for line in difflib.ndiff(example.before.splitlines(), example.after.splitlines()):
        if not line.startswith("?"):
            yield line
