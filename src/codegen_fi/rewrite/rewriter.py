"""Script in, rewritten text out: plan, apply, prove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from codegen_fi.model.changes import Change, Rewritten, Warned
from codegen_fi.model.options import Options
from codegen_fi.parse.errors_at import refusal, refusing_depth
from codegen_fi.parse.script import Script
from codegen_fi.rewrite import proof
from codegen_fi.rewrite.engine import apply, plan
from codegen_fi.rewrite.forecasting import refuse_portable_forecaster
from codegen_fi.rewrite.leftovers import leftovers_of
from codegen_fi.rewrite.partial import planned, warnings_about
from codegen_fi.rewrite.requirements import requirements_of
from codegen_fi.rewrite.selection import left_out, rules_for
from codegen_fi.rewrite.stand_ins import RUNTIME
from codegen_fi.rewrite.targets import target_of
from codegen_fi.rewrite.warn import warnings_of
from codegen_fi.rewrite.weights import weights_of_scored


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
    UsageError
        When the options name what there isn't, or what can't be together.
    ScriptNotUnderstoodError
        When a rule doesn't fit the script, or it uses something without an open-source stand-in.
    ProofError
        When the result differs outside the edits, which is a bug.
    """
    if script.rewritten_by is not None:
        python = target_of(script).requires_python
        needed = requirements_of(script)
        return Rewritten(script.text, script.text, (), (), needed, python, already=True)
    _refuse_unmarked(script)
    with refusing_depth(script.name):
        return _rewritten(replace(script, options=options or Options()))


def _rewritten(script: Script) -> Rewritten:
    refuse_portable_forecaster(script)
    edits = plan(script, rules_for(script.options))
    after = apply(script, edits).code
    changes = _sorted(change for edit in edits for change in edit.changes)
    old = proof.Code(proof.lines_of(script.text), [s.syntax for s in script.source.statements])
    new = proof.code_of(after)
    proof.untouched_functions_are_equal(old, new, {c.function for c in changes})
    return Rewritten(
        before=script.text,
        after=after,
        changes=changes,
        warnings=(*warnings_of(script), *_behaviours(changes), *_missing(script, new)),
        requirements=requirements_of(script),
        requires_python=target_of(script).requires_python,
        blocks=proof.blocks(old.lines, new.lines, changes),
        scored_with=weights_of_scored(script),
    )


def _refuse_unmarked(script: Script) -> None:
    line = script.source.packages.get(RUNTIME)
    if line is not None:
        raise refusal(
            script.name,
            line,
            f"this script imports {RUNTIME}, so it was rewritten before, but its line '# Rewritten "
            "by codegen-fi' is gone. Rewrite the original script.py, which lies beside it.",
        )


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda c: (c.first_line, c.last_line)))


def _behaviours(changes: Iterable[Change]) -> tuple[Warned, ...]:
    return tuple(Warned(c.first_line, c.behaviour) for c in changes if c.behaviour)


def _missing(script: Script, after: proof.Code) -> Iterable[Warned]:
    """Return what is to be said about imports that stay and rules that were left out."""
    options = script.options
    leftovers = leftovers_of(script, after.body) if options.runtime == "portable" else ()
    return warnings_about(script, planned(script, left_out(options)), leftovers)
