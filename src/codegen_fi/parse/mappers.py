"""The featurizer: which columns go through which transformers."""

from __future__ import annotations

import ast

from codegen_fi.model.pipeline import Mapper
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assignments, required, returned, transformers_of
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, items, keywords, named
from codegen_fi.parse.script import FunctionSite, Source

Columns = tuple[tuple[tuple[str, ...], ...], bool]


def mappers_of(source: Source) -> tuple[Mapper, ...]:
    """Read the featurizer function: a union of mappers, or one mapper alone."""
    site = required(source, dialects.FEATURIZER)
    names = assignments(site)
    result = returned(site)
    if isinstance(result, ast.Name):
        result = names.get(result.id)
    if isinstance(result, ast.Call):
        if called(result) == "FeatureUnion":
            return tuple(_member(source, site, names, item) for item in _transformer_list(result))
        return (_mapper(source, site, names, result, called(result) or "mapper"),)
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should return a FeatureUnion or a mapper. "
        "Restore the generated form of this function.",
    )


def _transformer_list(call: ast.Call) -> list[ast.expr]:
    given = call.args[0] if call.args else keywords(call).get("transformer_list")
    return items(given)


def _member(
    source: Source, site: FunctionSite, names: dict[str, ast.expr], item: ast.expr
) -> Mapper:
    pair = named(item)
    if pair is not None and isinstance(pair[1], ast.Call):
        return _mapper(source, site, names, pair[1], pair[0])
    raise refusal(
        source.name, item.lineno, f"expected ('name', mapper) here, found {ast.unparse(item)[:80]}."
    )


def _mapper(
    source: Source, site: FunctionSite, names: dict[str, ast.expr], call: ast.Call, name: str
) -> Mapper:
    function = source.functions.get(called(call) or "")
    if function is None or len(call.args) != 1:
        raise refusal(
            source.name,
            call.lineno,
            f"expected a call of a mapper function of this script, found {ast.unparse(call)[:80]}.",
        )
    group = call.args[0]
    if isinstance(group, ast.Name):
        group = names.get(group.id, group)
    columns, as_frame = _columns(source, group)
    return Mapper(
        name=name,
        function=function.name,
        columns=columns,
        as_frame=as_frame,
        transformers=transformers_of(source, function, _classes(source, function)),
        line=function.statement.line,
    )


def _classes(source: Source, site: FunctionSite) -> ast.expr:
    for value in assignments(site).values():
        if isinstance(value, ast.Call) and called(value) == "gen_features":
            classes = keywords(value).get("classes")
            if classes is not None:
                return classes
    raise refusal(
        source.name,
        site.statement.line,
        f"{site.name}() should describe its transformers with gen_features(classes=[...]). "
        "Restore the generated form of this function.",
    )


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
