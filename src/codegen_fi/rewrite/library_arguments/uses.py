"""Where a script gives arguments to a class of the libraries."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from codegen_fi.model.values import Value
from codegen_fi.parse.dialects import BUILD_PIPELINE
from codegen_fi.parse.literals import called, value_of
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.rewrite.library_arguments.lookup import row_for
from codegen_fi.rewrite.library_arguments.rows import Row
from codegen_fi.rewrite.library_arguments.signatures import PACKAGES
from codegen_fi.rewrite.targets import Target

# Keys of a transformer's dictionary that are no arguments.
_OF_DICTIONARIES = {"class", "input_df", "prefix", "suffix", "alias"}


@dataclass(frozen=True, slots=True)
class Argument:
    """A named argument: its place among the items, its value, the line of its name."""

    index: int
    name: str
    syntax: ast.expr
    line: int
    value: Value


@dataclass(frozen=True)
class Use:
    """A call or a class dictionary of a library.

    Attributes
    ----------
    module, name
        The class, whatever it is imported as.
    syntax
        The call or the dictionary.
    arguments
        What it is given by name.
    """

    module: str
    name: str
    syntax: ast.Call | ast.Dict
    arguments: tuple[Argument, ...]

    @property
    def package(self) -> str:
        """The library."""
        return self.module.partition(".")[0]

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Value of each named argument."""
        return {argument.name: argument.value for argument in self.arguments}

    def row(self, argument: Argument, target: Target) -> Row | None:
        """Return the row that speaks of an argument, None when it can stay."""
        return row_for(
            self.module,
            self.name,
            argument.name,
            argument.value,
            given=self.values,
            target=target,
        )


def functions_of(script: Script) -> Iterator[FunctionSite]:
    """Yield the functions that build a pipeline's parts."""
    for site in script.functions.values():
        if site.name.startswith(("generate_", "get_mapper")) or site.name == BUILD_PIPELINE:
            yield site


def uses_in(script: Script, site: FunctionSite, syntax: ast.AST) -> Iterator[Use]:
    """Yield the calls and class dictionaries in a part of a function."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Call):
            use = _of_call(script, site, node)
        elif isinstance(node, ast.Dict):
            use = _of_dictionary(script, site, node)
        else:
            continue
        if use is not None:
            yield use


def entries(syntax: ast.Dict) -> tuple[Argument, ...]:
    """Return the entries of a dictionary whose keys are texts."""
    return tuple(
        Argument(i, key.value, value, key.lineno, value_of(value))
        for i, (key, value) in enumerate(zip(syntax.keys, syntax.values, strict=True))
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    )


def _of_call(script: Script, site: FunctionSite, syntax: ast.Call) -> Use | None:
    module, name = _class_of(script, site, called(syntax) or "")
    if module.partition(".")[0] not in PACKAGES:
        return None
    both: list[ast.expr | ast.keyword] = [*syntax.args, *syntax.keywords]
    in_order = sorted(both, key=lambda node: (node.lineno, node.col_offset))
    arguments = tuple(
        Argument(i, k.arg, k.value, k.lineno, value_of(k.value))
        for i, k in enumerate(in_order)
        if isinstance(k, ast.keyword) and k.arg is not None
    )
    return Use(module, name, syntax, arguments)


def _of_dictionary(script: Script, site: FunctionSite, syntax: ast.Dict) -> Use | None:
    given = entries(syntax)
    classes = [entry.syntax for entry in given if entry.name == "class"]
    module, name = _class_of(script, site, ast.unparse(classes[0]) if classes else "")
    if module.partition(".")[0] not in PACKAGES:
        return None
    return Use(module, name, syntax, tuple(e for e in given if e.name not in _OF_DICTIONARIES))


def _class_of(script: Script, site: FunctionSite, name: str) -> tuple[str, str]:
    head, _, rest = name.partition(".")
    module, original = script.source.visible_imports(site.name).get(head, ("", ""))
    return module, rest.rpartition(".")[2] or original
