"""Calls and class dictionaries to pipeline components."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from codegen_fi.model.pipeline import Component
from codegen_fi.model.values import Value
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, dotted, items, keywords, named, value_of
from codegen_fi.parse.script import FunctionSite, Source


def required(source: Source, name: str) -> FunctionSite:
    """Return a function every generated script has, or refuse."""
    site = source.functions.get(name)
    if site is None:
        raise refusal(
            source.name,
            None,
            f"there is no function {name}(), which every script of the Azure AutoML generator for "
            "classification and regression has. Put it back, or download the script again.",
        )
    return site


def config_of(source: Source, function: str) -> Component:
    """Read the object a config function builds."""
    site = required(source, function)
    return component_of(source, site, assigned_call(source, site))


def assigned_call(source: Source, site: FunctionSite) -> ast.Call:
    """Return the call whose result a config function returns.

    Raises
    ------
    ScriptNotUnderstoodError
        When the function doesn't end with ``return name`` of an assigned call.
    """
    result = value_behind(source, site, returned(site))
    if isinstance(result, ast.Call):
        return result
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should build one object and return it, but doesn't. "
        "Restore the generated form of this function.",
    )


def returned(site: FunctionSite) -> ast.expr | None:
    """Return what the last statement of a function returns, None when it isn't a return."""
    last = site.syntax.body[-1]
    return last.value if isinstance(last, ast.Return) else None


def assignments(site: FunctionSite) -> dict[str, ast.expr]:
    """Return the last value assigned to each plain name in a function, annotated ones included.

    What a branch or a loop assigns isn't certain, so it doesn't count.
    """
    found: dict[str, ast.expr] = {}
    for statement in site.body:
        syntax = statement.syntax
        targets: list[ast.expr] = []
        if isinstance(syntax, ast.Assign):
            targets = syntax.targets
        elif isinstance(syntax, ast.AnnAssign) and syntax.value is not None:
            targets = [syntax.target]
        for target in targets:
            if isinstance(target, ast.Name):
                found[target.id] = syntax.value  # type: ignore[attr-defined]
    return found


def value_behind(source: Source, site: FunctionSite, node: ast.expr | None) -> ast.expr | None:
    """Return what a name stands for, of the function or of the top of the script."""
    if isinstance(node, ast.Name):
        return assignments(site).get(node.id) or source.constants.get(node.id) or node
    return node


def component_of(source: Source, site: FunctionSite, call: ast.Call) -> Component:
    """Read ``SomeClass(argument=value, ...)``, nested pipelines included."""
    name = called(call)
    if name is None:
        raise refusal(
            source.name, call.lineno, f"expected a class to be called, found {ast.unparse(call)}."
        )
    arguments = keywords(call)
    return Component(
        name=name.rpartition(".")[2],
        module=module_of(source, site.name, name),
        arguments={key: value_of(value) for key, value in arguments.items() if key != "steps"},
        line=call.lineno,
        steps=_steps(source, site, arguments.get("steps")),
    )


def _steps(
    source: Source, site: FunctionSite, steps: ast.expr | None
) -> tuple[tuple[str, Component], ...]:
    pairs = [pair for item in items(steps) if (pair := named(item))]
    return tuple(
        (name, component_of(source, site, call))
        for name, call in pairs
        if isinstance(call, ast.Call)
    )


def transformers_of(source: Source, site: FunctionSite, classes: ast.expr) -> tuple[Component, ...]:
    """Read the list of class dictionaries that ``gen_features`` is given."""
    if not isinstance(classes, ast.List):
        raise refusal(source.name, classes.lineno, "expected a list of transformers here.")
    return tuple(_transformer(source, site, item) for item in classes.elts)


def _transformer(source: Source, site: FunctionSite, item: ast.expr) -> Component:
    entries = _entries(item)
    name = dotted(entries.pop("class")) if "class" in entries else dotted(item)
    if name is None:
        raise refusal(
            source.name,
            item.lineno,
            f"{site.name}() names a transformer in a form this tool doesn't know: "
            f"{ast.unparse(item)[:80]}.",
        )
    arguments: Mapping[str, Value] = {key: value_of(value) for key, value in entries.items()}
    return Component(
        name=name.rpartition(".")[2],
        module=module_of(source, site.name, name),
        arguments=arguments,
        line=item.lineno,
    )


def _entries(item: ast.expr) -> dict[str, ast.expr]:
    if not isinstance(item, ast.Dict):
        return {}
    return {
        key.value: value
        for key, value in zip(item.keys, item.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def module_of(source: Source, function: str, name: str) -> str | None:
    """Return the module a dotted name comes from, None when nothing imports it."""
    head, _, rest = name.partition(".")
    found = source.visible_imports(function).get(head)
    if found is None:
        return None
    module, original = found
    parts = [module, original if rest else "", *rest.split(".")[:-1]]
    return ".".join(p for p in parts if p)
