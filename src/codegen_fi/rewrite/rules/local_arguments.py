"""Take files and importance options on the command line instead of dataset ids."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.edits import insert_after, insert_before, remove, replace
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.stand_ins import LOCAL_RUN

_WHY = "The command line names data files and the options of the importances, not dataset ids."
_START = "Tells the local run where to write and what to explain."


def plan(script: Script) -> Iterator[Edit]:
    """Change the argument lines and the call of ``main`` in the main guard."""
    guard = script.main_guard
    if guard is None:
        raise refusal(
            script.name,
            None,
            "there is no \"if __name__ == '__main__'\" block to take arguments in. "
            "Restore the generated end of the script.",
        )
    arguments = [s for s in guard.walk() if _calls(s).endswith(".add_argument")]
    parses = [s for s in guard.walk() if _assigns(s).endswith(".parse_args")]
    mains = [s for s in guard.walk() if _calls(s) == dialects.MAIN]
    if not arguments or len(parses) != 1 or len(mains) != 1:
        raise refusal(
            script.name,
            guard.line,
            "this block should add arguments, parse them once and call main() once. "
            "This is a shape of script the tool doesn't know.",
        )
    yield from _edits(script, guard, arguments, parses[0], mains[0])


def _edits(
    script: Script,
    guard: Statement,
    arguments: list[Statement],
    parse: Statement,
    call: Statement,
) -> Iterator[Edit]:
    validation = script.model.has_validation_dataset
    parser = _calls(arguments[0]).removesuffix(".add_argument")
    imports = f"from {LOCAL_RUN} import Run, add_local_arguments"
    yield insert_before(script, guard, guard.inner[0], [imports], _WHY)
    given = [parser, *(["validation=True"] if validation else [])]
    if script.options.scoring is not None:
        given.append(f"scoring={script.options.scoring!r}")
    call_text = f"add_local_arguments({', '.join(given)})"
    yield replace(script, guard, arguments[0], [call_text], _WHY)
    for statement in arguments[1:]:
        yield remove(guard, statement, _WHY)
    args = _target(parse)
    yield insert_after(script, guard, parse, [f"Run.start({args})"], _START)
    given = [f"{args}.training_data", *([f"{args}.validation_data"] if validation else [])]
    yield replace(script, guard, call, [f"{dialects.MAIN}({', '.join(given)})"], _WHY)


def _calls(statement: Statement) -> str:
    syntax = statement.syntax
    return (called(syntax.value) or "") if isinstance(syntax, ast.Expr) else ""


def _assigns(statement: Statement) -> str:
    syntax = statement.syntax
    return (called(syntax.value) or "") if isinstance(syntax, ast.Assign) else ""


def _target(statement: Statement) -> str:
    assert isinstance(statement.syntax, ast.Assign)  # noqa: S101
    return ast.unparse(statement.syntax.targets[0])


RULE = Rule(
    "local-arguments",
    "lines of the main guard",
    Arity(at_least=4),
    plan,
    why="Outside Azure ML a training is given files and options, not dataset ids.",
    needs=("load-local-data", "local-run"),
    without="The command line still takes dataset ids, so codegen-fi train can't start the script.",
)
