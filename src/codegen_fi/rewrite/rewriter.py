"""Script in, rewritten text out: plan, apply, prove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from codegen_fi.model.changes import Change, Rewritten, Warned
from codegen_fi.model.options import Options
from codegen_fi.parse.script import Script
from codegen_fi.rewrite import proof
from codegen_fi.rewrite.engine import apply, plan
from codegen_fi.rewrite.leftovers import refuse_leftovers
from codegen_fi.rewrite.requirements import requirements_of
from codegen_fi.rewrite.rules import RULES
from codegen_fi.rewrite.warn import warnings_of


def rewrite(script: Script, options: Options | None = None) -> Rewritten:
    """Rewrite a generated script so that it trains anywhere and explains itself.

    Parameters
    ----------
    script
        A script that was understood; a script that this tool wrote comes back unchanged, with
        ``already`` set.
    options
        What to rewrite it for; None for the portable runtime with all rules that are on by
        default.

    Raises
    ------
    ScriptNotUnderstoodError
        When a rule doesn't fit the script, or it uses something without an open-source stand-in.
    ProofError
        When the result differs outside the edits, which is a bug.
    """
    if script.rewritten_by is not None:
        return Rewritten(script.text, script.text, (), (), requirements_of(script), already=True)
    options = options or Options()
    script = replace(script, options=options)
    edits = plan(script, [rule for rule in RULES if rule.is_wanted(options)])
    after = apply(script, edits).code
    changes = _sorted(change for edit in edits for change in edit.changes)
    proof.untouched_functions_are_equal(script.text, after, {c.function for c in changes})
    blocks = proof.blocks(proof.lines_of(script.text), proof.lines_of(after), changes)
    refuse_leftovers(script, after)
    return Rewritten(
        before=script.text,
        after=after,
        changes=changes,
        warnings=(*warnings_of(script), *_behaviours(changes)),
        requirements=requirements_of(script),
        blocks=blocks,
    )


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda c: (c.first_line, c.last_line)))


def _behaviours(changes: Iterable[Change]) -> tuple[Warned, ...]:
    return tuple(Warned(c.first_line, c.behaviour) for c in changes if c.behaviour)
