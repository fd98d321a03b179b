"""Take files and importance options on the command line instead of dataset ids."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from codegen_fi.parse import dialects
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.arguments import given
from codegen_fi.rewrite.edits import insert_after, insert_around, insert_before, remove, replace
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.guard import Guard, guard_of
from codegen_fi.rewrite.handover import Handover, handovers
from codegen_fi.rewrite.parameters import add_parameter
from codegen_fi.rewrite.stand_ins import LOCAL_RUN

_WHY = "The command line names data files and the options of the importances, not dataset ids."
_START = "Tells the local run where to write and what to explain."
_PARAMETER = "The file to read comes from the command line."
_PARSER = "parser"
_ARGS = "args"


def plan(script: Script) -> Iterator[Edit]:
    """Change the main guard, and ``main`` where it names its datasets itself."""
    guard = guard_of(script)
    ways = handovers(script)
    yield from _parameters(script, [way for way in ways if way.parameter is None])
    values = guard.values(ways)
    guard.refuse_unknown(script, values)
    yield from _parsing(script, guard, values)
    args = guard.args or _ARGS
    changed = {old: f"{args}.{name}" for old, name in values.items()}
    added = {
        way.parameter or way.option: f"{args}.{way.option}"
        for way in ways
        if guard.value_for(way) is None
    }
    if changed or added:
        yield given(
            script, guard.statement, guard.call_statement, guard.call, changed, added, why=_WHY
        )


def _parameters(script: Script, ways: Sequence[Handover]) -> Iterator[Edit]:
    """Give ``main`` a parameter for each dataset that it names itself."""
    if not ways:
        return
    main, names = script.functions[dialects.MAIN], [way.option for way in ways]
    yield add_parameter(script, main, *names, why=_PARAMETER, default="None")
    for way in ways:
        changed = {way.argument: way.option}
        yield given(script, main.statement, way.statement, way.call, changed, why=_WHY)


def _parsing(script: Script, guard: Guard, values: Mapping[ast.expr, str]) -> Iterator[Edit]:
    imports = f"from {LOCAL_RUN} import Run, add_local_arguments"
    first = guard.statement.inner[0]
    if guard.parse is None:
        known = [] if "argparse" in script.source.imports else ["import argparse"]
        lines = [
            *known,
            imports,
            f"{_PARSER} = argparse.ArgumentParser()",
            _added(script, _PARSER),
            f"{_ARGS} = {_PARSER}.parse_args()",
            f"Run.start({_ARGS})",
        ]
        yield insert_before(script, guard.statement, first, lines, _WHY)
        return
    dropped = guard.options_for(values)
    place = dropped[0] if dropped else guard.parse
    lines = [_added(script, guard.parser)]
    if place is first:
        lines.insert(0, imports)
    else:
        yield insert_before(script, guard.statement, first, [imports], _WHY)
    start = [f"Run.start({guard.args})"]
    if dropped:
        yield replace(script, guard.statement, place, lines, _WHY)
        yield insert_after(script, guard.statement, guard.parse, start, _START)
    else:
        yield insert_around(script, guard.statement, place, lines, start, _START)
    for statement in dropped[1:]:
        yield remove(guard.statement, statement, _WHY)


def _added(script: Script, parser: str) -> str:
    items = [parser, *(["validation=True"] if script.model.has_validation_dataset else [])]
    if script.options.scoring is not None:
        items.append(f"scoring={script.options.scoring!r}")
    return f"add_local_arguments({', '.join(items)})"


RULE = Rule(
    "local-arguments",
    "lines of the main guard",
    Arity(at_least=2),
    plan,
    why="Outside Azure ML a training is given files and options, not dataset ids.",
    needs=("load-local-data", "local-run"),
    without="The command line still takes dataset ids, so codegen-fi train can't start the script.",
)
