"""Which rules a rewriting applies, from what the user asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codegen_fi.errors import UsageError
from codegen_fi.model.options import Options
from codegen_fi.rewrite.engine import Rule
from codegen_fi.rewrite.rules import RULES


def rules_for(options: Options, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Return the rules to apply, in the order of the table.

    Rules that the named ones build on come along, and so does a rule that can't be left out.

    Raises
    ------
    UsageError
        An id or a repair isn't known, or a rule would be left without one it builds on.
    """
    _refuse_unknown("--rules", options.rules or (), [r.name for r in rules])
    _refuse_unknown("--skip", options.skip, [r.name for r in rules])
    _refuse_unknown("--fix", options.fixes, [r.fix for r in rules if r.fix])
    _refuse_what_cannot_be(options, rules)
    wanted = {rule.name for rule in rules if rule.is_wanted(options)}
    while missing := {n for r in rules if r.name in wanted for n in r.needs} - wanted:
        _refuse_skipped_needs(options, rules, missing)
        wanted |= missing
    return tuple(rule for rule in rules if rule.name in wanted)


def left_out(options: Options, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Return the rules that a rewriting without `rules` and `skip` would apply as well."""
    applied = {rule.name for rule in rules_for(options, rules)}
    everything = Options(options.runtime, fixes=options.fixes)
    return tuple(r for r in rules if r.is_wanted(everything) and r.name not in applied)


def _refuse_unknown(option: str, names: Iterable[str], known: Sequence[str]) -> None:
    strange = sorted(set(names) - set(known))
    if strange:
        raise UsageError(
            f"{option}: there is no {', '.join(map(repr, strange))}. "
            f"Choose from: {', '.join(known) or 'none in this version'}."
        )


def _refuse_what_cannot_be(options: Options, rules: Sequence[Rule]) -> None:
    for rule in rules:
        if rule.required and rule.name in options.skip:
            raise UsageError(
                f"--skip: {rule.name} can't be left out, because the lines it writes are how a "
                "rewritten script is known. Skip another rule."
            )
        if rule.name not in (options.rules or ()):
            continue
        if rule.name in options.skip:
            raise UsageError(f"{rule.name} is named by --rules and by --skip: leave one out.")
        if rule.fix is not None and rule.fix not in options.fixes:
            raise UsageError(
                f"--rules: {rule.name} changes the model, so it is asked for by its repair: "
                f"--fix {rule.fix}"
            )
        if options.runtime not in rule.runtimes:
            raise UsageError(
                f"--rules: {rule.name} is only for --runtime {' or '.join(rule.runtimes)}."
            )


def _refuse_skipped_needs(options: Options, rules: Sequence[Rule], missing: set[str]) -> None:
    skipped = sorted(missing & options.skip)
    if not skipped:
        return
    without = set(options.skip)
    while more := {r.name for r in rules if without & set(r.needs)} - without:
        without |= more
    asked = [r for r in rules if r.name in without and r.is_wanted(options)]
    repairs = sorted(r.fix for r in asked if r.fix)
    named = ", ".join(r.name for r in asked)
    instead = [
        f"use --skip {','.join(sorted(without - {r.name for r in asked if r.fix}))}",
        *(f"leave out --fix {fix}" for fix in repairs),
    ]
    raise UsageError(
        f"--skip: without {' and '.join(skipped)}, {named} can't work. "
        f"To leave out all of them, {' and '.join(instead)}."
    )
