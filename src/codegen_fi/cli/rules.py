"""``codegen-fi rules``."""

from __future__ import annotations

import click

from codegen_fi.cli import _console, _options
from codegen_fi.cli._rules_table import print_rule, print_rules
from codegen_fi.workflow.rules import rules


@click.command("rules")
@click.argument("rule", metavar="[ID]", required=False)
@_options.form
def command(rule: str | None, form: str) -> None:
    """List what rewriting changes, each rule with examples.

    With ID: what the rule is for, and an example before and after it.

    \b
    Examples:
      codegen-fi rules
      codegen-fi rules portable-imports
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    listed = rules(rule)
    if form == "json":
        _console.print_json(listed if rule is None else listed[0])
    elif rule is None:
        print_rules(listed)
    else:
        print_rule(listed[0])
