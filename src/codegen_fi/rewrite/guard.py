"""The end of a script: where it parses its arguments and calls ``main``."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import libcst as cst

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, dotted, keywords
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.calls import calls_of
from codegen_fi.rewrite.handover import Handover

# What the runtime's add_local_arguments adds.
LOCAL_OPTIONS: Final = frozenset(
    [
        "--training-data",
        "--validation-data",
        "--outputs",
        "--importance",
        "--scoring",
        "--repeats",
        "--top",
        "--seed",
        "--max-rows",
        "--group",
        "--jobs",
        "--no-plot",
    ]
)
_GENERATED = re.compile(r"(training|validation)_dataset_(?:id|uri)$")
_UNKNOWN = "This is a shape of script the tool doesn't know."


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """The ``if __name__ == '__main__'`` block.

    Attributes
    ----------
    statement
        The block.
    parse, parser, args
        The line that parses the arguments, and the names of its parser and of its result; None
        and empty where there is none.
    options
        The lines that add an argument.
    call_statement, call
        Where ``main`` is called.
    """

    statement: Statement
    parse: Statement | None
    parser: str
    args: str
    options: tuple[Statement, ...]
    call_statement: Statement
    call: ast.Call

    def value_for(self, way: Handover) -> ast.expr | None:
        """Return what the call of ``main`` gives for a dataset, None when it gives nothing."""
        if way.position is None:
            return None
        for keyword in self.call.keywords:
            if keyword.arg == way.parameter:
                return keyword.value
        return self.call.args[way.position] if way.position < len(self.call.args) else None

    def values(self, ways: Sequence[Handover]) -> Mapping[ast.expr, str]:
        """Return the arguments that name datasets, each with the option in its place."""
        if ways:
            return {v: way.option for way in ways if (v := self.value_for(way)) is not None}
        given = [*self.call.args, *(keyword.value for keyword in self.call.keywords)]
        names = {value: _GENERATED.match(_attribute(value, self.args)) for value in given}
        return {value: f"{name[1]}_data" for value, name in names.items() if name}

    def options_for(self, values: Mapping[ast.expr, str]) -> list[Statement]:
        """Return the lines that add the options of these arguments."""
        names = {_attribute(value, self.args) for value in values}
        return [s for s in self.options if _destination(_option(s)) in names]

    def refuse_unknown(self, script: Script, values: Mapping[ast.expr, str]) -> None:
        """Refuse what would no longer work with other options.

        Raises
        ------
        ScriptNotUnderstoodError
            An option that goes is read elsewhere, one that stays has the name of a new one, or
            the arguments come from another place.
        """
        gone = {name for value in values if (name := _attribute(value, self.args))}
        for statement in self.statement.walk():
            for node in ast.walk(statement.syntax):
                if isinstance(node, ast.expr) and node not in values:
                    name = _attribute(node, self.args)
                    if name in gone:
                        raise refusal(
                            script.name,
                            node.lineno,
                            f"{self.args}.{name} is read here as well, but a file takes the place "
                            f"of the dataset. Take this use of it out of the script.",
                        )
        kept = [s for s in self.options if s not in self.options_for(values)]
        for statement in kept:
            if _option(statement)[0] in LOCAL_OPTIONS:
                raise refusal(
                    script.name,
                    statement.line,
                    f"the option {_option(statement)[0]} is one of the options the rewritten "
                    "script has. Give yours another name.",
                )
        if self.parse is None and any(not isinstance(v, ast.Constant) for v in values):
            raise refusal(
                script.name,
                self.statement.line,
                f"this block should add arguments and parse them once. {_UNKNOWN}",
            )


def guard_of(script: Script) -> Guard:
    """Read the block at the end.

    Raises
    ------
    ScriptNotUnderstoodError
        There is none, or it doesn't parse at most once and call ``main`` once.
    """
    statement = script.main_guard
    if statement is None:
        raise refusal(
            script.name,
            None,
            "there is no \"if __name__ == '__main__'\" block to take arguments in. "
            "Restore the generated end of the script.",
        )
    inside = [s for s in statement.walk() if isinstance(s.node, cst.SimpleStatementLine)]
    calls = calls_of(dialects.MAIN, inside)
    options = tuple(s for s in inside if _calls(s).endswith(".add_argument"))
    parses = [s for s in inside if _parser(s)]
    if len(calls) != 1 or len(parses) > 1 or (options and not parses):
        raise refusal(
            script.name,
            statement.line,
            "this block should add arguments, parse them once and call main() once. " + _UNKNOWN,
        )
    parse = parses[0] if parses else None
    args = ast.unparse(parse.syntax.targets[0]) if parse else ""  # type: ignore[attr-defined]
    parser = _parser(parse) if parse else ""
    return Guard(statement, parse, parser, args, options, *calls[0])


def _calls(statement: Statement) -> str:
    syntax = statement.syntax
    return (called(syntax.value) or "") if isinstance(syntax, ast.Expr) else ""


def _parser(statement: Statement) -> str:
    """Return the parser of ``args = parser.parse_args()``, nothing for another line."""
    syntax = statement.syntax
    name = (called(syntax.value) or "") if isinstance(syntax, ast.Assign) else ""
    parser, _, method = name.rpartition(".")
    return parser if method == "parse_args" else ""


def _attribute(node: ast.expr, args: str) -> str:
    """Return ``x`` of ``args.x``, nothing for another expression."""
    owner, _, name = (dotted(node) or "").rpartition(".")
    return name if owner and owner == args else ""


def _option(statement: Statement) -> tuple[str, str]:
    """Return the name of an option and the name of its value."""
    syntax = statement.syntax
    call = syntax.value if isinstance(syntax, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return "", ""
    names = [str(constant_of(argument)) for argument in call.args]
    name = next((n for n in names if n.startswith("--")), names[0] if names else "")
    chosen = keywords(call).get("dest")
    destination = constant_of(chosen) if chosen is not None else None
    return name, str(destination or name.lstrip("-").replace("-", "_"))


def _destination(option: tuple[str, str]) -> str:
    return option[1]
