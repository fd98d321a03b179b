"""The featurizer: which columns go through which transformers."""

from __future__ import annotations

import ast

from codegen_fi.model.pipeline import Mapper
from codegen_fi.parse import dialects
from codegen_fi.parse.components import (
    component_of,
    required,
    returned,
    transformers_of,
    value_behind,
)
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, items, keywords, named
from codegen_fi.parse.script import FunctionSite, Source

Columns = tuple[tuple[tuple[str, ...], ...], bool]


def mappers_of(source: Source) -> tuple[Mapper, ...]:
    """Read the featurizer function: a union of mappers, or one mapper alone."""
    site = required(source, dialects.FEATURIZER)
    _refuse_preview(source, site)
    result = value_behind(source, site, returned(site))
    if isinstance(result, ast.Call):
        if called(result) == "FeatureUnion":
            entries = items(value_behind(source, site, _transformer_list(result)))
            return tuple(_member(source, site, item) for item in entries)
        return (_mapper(source, site, result, called(result) or "mapper"),)
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should return a FeatureUnion or a mapper. "
        "Restore the generated form of this function.",
    )


def _refuse_preview(source: Source, site: FunctionSite) -> None:
    for statement in site.walk():
        syntax = statement.syntax
        names = syntax.names if isinstance(syntax, ast.ImportFrom) else []
        found = [alias.name for alias in names if alias.name in dialects.PREVIEW_FEATURIZERS]
        if found:
            raise refusal(
                source.name,
                statement.line,
                f"this script has the form of the preview of 2022: its featurizer is a {found[0]}, "
                "which hides what it does to which column. Run the experiment again with a newer "
                "SDK, and take the script of that run.",
            )


def _transformer_list(call: ast.Call) -> ast.expr | None:
    return call.args[0] if call.args else keywords(call).get("transformer_list")


def _member(source: Source, site: FunctionSite, item: ast.expr) -> Mapper:
    pair = named(item)
    call = value_behind(source, site, pair[1]) if pair is not None else None
    if pair is not None and isinstance(call, ast.Call):
        return _mapper(source, site, call, pair[0])
    raise refusal(
        source.name, item.lineno, f"expected ('name', mapper) here, found {ast.unparse(item)[:80]}."
    )


def _mapper(source: Source, site: FunctionSite, call: ast.Call, name: str) -> Mapper:
    function = source.functions.get(called(call) or "")
    if function is None:
        return _foreign(source, site, call, name)
    given = [*call.args, *keywords(call).values()]
    if len(given) != 1:
        raise _unknown_mapper(source, call)
    columns, as_frame = _columns(source, value_behind(source, site, given[0]) or given[0])
    return Mapper(
        name=name,
        function=function.name,
        columns=columns,
        as_frame=as_frame,
        transformers=transformers_of(source, function, _classes(source, function)),
        line=function.statement.line,
    )


def _foreign(source: Source, site: FunctionSite, call: ast.Call, name: str) -> Mapper:
    """Read a transformer of the user's own; which columns it takes isn't known."""
    component = component_of(source, site, call)
    if component.module is None:
        raise _unknown_mapper(source, call)
    return Mapper(name, component.name, (), True, (component,), call.lineno)


def _unknown_mapper(source: Source, call: ast.Call) -> Exception:
    return refusal(
        source.name,
        call.lineno,
        f"expected a call of a mapper function of this script, found {ast.unparse(call)[:80]}.",
    )


def _classes(source: Source, site: FunctionSite) -> ast.expr:
    for value in _calls(site):
        if called(value) == "gen_features":
            classes = value_behind(source, site, keywords(value).get("classes"))
            if classes is not None:
                return classes
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should describe its transformers with gen_features(classes=[...]). "
        "Restore the generated form of this function.",
    )


def _calls(site: FunctionSite) -> list[ast.Call]:
    return [n for s in site.body for n in ast.walk(s.syntax) if isinstance(n, ast.Call)]


def _columns(source: Source, group: ast.expr) -> Columns:
    try:
        value = ast.literal_eval(group)
    except (TypeError, ValueError):
        value = None
    if isinstance(value, list) and value:
        if all(isinstance(entry, str) for entry in value):
            return tuple((entry,) for entry in value), False
        if all(isinstance(entry, list) and _texts(entry) for entry in value):
            return tuple(tuple(entry) for entry in value), True
    raise refusal(
        source.name,
        group.lineno,
        f"expected a list of column names, found {ast.unparse(group)[:80]}.",
    )


def _texts(entry: list[object]) -> bool:
    return all(isinstance(name, str) for name in entry)
