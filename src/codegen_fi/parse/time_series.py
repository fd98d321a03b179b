"""The featurizer of a forecaster: its columns, its horizon, its steps."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from codegen_fi.model.pipeline import TimeSeries
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assigned_call, component_of, required, value_behind
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, items, keywords, named
from codegen_fi.parse.script import FunctionSite, Source

_Call = tuple[str, ast.Call]


def time_series_of(source: Source) -> TimeSeries:
    """Read the function that builds the time series featurizer.

    Raises
    ------
    ScriptNotUnderstoodError
        When it builds something else, or doesn't name the column of the time.
    """
    site = required(source, dialects.FEATURIZER)
    call = assigned_call(source, site)
    given = keywords(call)
    time = constant_of(given["time_column_name"]) if "time_column_name" in given else None
    if not (called(call) or "").endswith(dialects.TIME_SERIES_FEATURIZER) or not isinstance(
        time, str
    ):
        raise refusal(
            source.name,
            call.lineno,
            f"{site.name}() should build a {dialects.TIME_SERIES_FEATURIZER} with a "
            "time_column_name. Restore the generated form of this function.",
        )
    steps = tuple(_steps(source, site, given.get("pipeline")))
    by_class = {(called(step) or "").rpartition(".")[2]: keywords(step) for _, step in steps}
    dropped = _texts(source, site, given.get("drop_column_names"))
    return TimeSeries(
        time_column=time,
        series_columns=_texts(source, site, given.get("grain_column_names")),
        features=tuple(name for name in _features(by_class) if name not in dropped),
        dropped=dropped,
        horizon=_whole(given.get("max_horizon")),
        frequency=_text(given.get("freq")),
        seasonality=_whole(given.get("seasonality")),
        lags=_lags(by_class.get(dialects.LAGS, {}).get("lags")),
        window=_whole(by_class.get(dialects.ROLLING_WINDOW, {}).get("window_size")),
        country=_text(given.get("country_or_region")),
        steps=tuple((name, component_of(source, site, step)) for name, step in steps),
        line=site.statement.line,
    )


def _steps(source: Source, site: FunctionSite, pipeline: ast.expr | None) -> Iterator[_Call]:
    """Yield the steps of the inner pipeline: those of a list, and those appended to it."""
    built = value_behind(source, site, pipeline)
    listed = keywords(built).get("steps") if isinstance(built, ast.Call) else None
    found = [*items(value_behind(source, site, listed))]
    if isinstance(listed, ast.Name):
        found.extend(_appended(site, listed.id))
    for item in found:
        pair = named(item)
        call = value_behind(source, site, pair[1]) if pair is not None else None
        if pair is None or not isinstance(call, ast.Call):
            raise refusal(
                source.name,
                item.lineno,
                f"expected ('name', transformer) here, found {ast.unparse(item)[:80]}.",
            )
        yield pair[0], call


def _appended(site: FunctionSite, name: str) -> Iterator[ast.expr]:
    for statement in site.body:
        call = statement.syntax.value if isinstance(statement.syntax, ast.Expr) else None
        if isinstance(call, ast.Call) and called(call) == f"{name}.append":
            yield from call.args


def _features(by_class: Mapping[str, Mapping[str, ast.expr]]) -> Iterator[str]:
    """Yield the columns whose types are kept, which are all but those AutoML makes itself."""
    types = by_class.get(dialects.COLUMN_TYPES, {}).get("dtypes")
    for name in _keys(types):
        if not name.startswith(dialects.OWN_COLUMNS):
            yield name


def _keys(node: ast.expr | None) -> Iterator[str]:
    for key in node.keys if isinstance(node, ast.Dict) else ():
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def _lags(node: ast.expr | None) -> tuple[tuple[str | None, tuple[int, ...]], ...]:
    if not isinstance(node, ast.Dict):
        return ()
    values = ([value] if not isinstance(value, ast.List) else value.elts for value in node.values)
    names = (None if name == dialects.TARGET_INSIDE else name for name in _keys(node))
    return tuple(
        (name, tuple(number for value in given if (number := _whole(value)) is not None))
        for name, given in zip(names, values, strict=True)
    )


def _texts(source: Source, site: FunctionSite, node: ast.expr | None) -> tuple[str, ...]:
    found: Iterable[ast.expr] = items(value_behind(source, site, node)) or ([node] if node else [])
    return tuple(text for item in found if (text := _text(item)) is not None)


def _text(node: ast.expr | None) -> str | None:
    value = constant_of(node) if node is not None else None
    return value if isinstance(value, str) else None


def _whole(node: ast.expr | None) -> int | None:
    value = constant_of(node) if node is not None else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
