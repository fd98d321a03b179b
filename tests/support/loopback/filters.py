"""The two filter languages that clients send; what they don't cover is refused, never ignored."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from loopback.state import Run, State

Test: TypeAlias = Callable[[Run], bool]
_TOKEN = re.compile(r"""\(|\)|"[^"]*"|'[^']*'|[^\s()]+""")
_ODATA_OPS = ("eq", "ne", "ge", "gt")


class UnknownFilterError(ValueError):
    """A filter that the loopback service can't read."""


def odata(text: str, state: State) -> Test:
    """Return the test that a run history filter means."""
    tokens = _TOKEN.findall(text)
    test, rest = _any(tokens, state)
    if rest:
        raise UnknownFilterError(text)
    return test


def _any(tokens: Sequence[str], state: State) -> tuple[Test, Sequence[str]]:
    test, rest = _all(tokens, state)
    tests = [test]
    while rest and rest[0].lower() == "or":
        test, rest = _all(rest[1:], state)
        tests.append(test)
    return (lambda run: any(test(run) for test in tests)), rest


def _all(tokens: Sequence[str], state: State) -> tuple[Test, Sequence[str]]:
    test, rest = _one(tokens, state)
    tests = [test]
    while rest and rest[0].lower() == "and":
        test, rest = _one(rest[1:], state)
        tests.append(test)
    return (lambda run: all(test(run) for test in tests)), rest


def _one(tokens: Sequence[str], state: State) -> tuple[Test, Sequence[str]]:
    if tokens and tokens[0] == "(":
        test, rest = _any(tokens[1:], state)
        if not rest or rest[0] != ")":
            raise UnknownFilterError(" ".join(tokens))
        return test, rest[1:]
    if len(tokens) < 3 or tokens[1].lower() not in _ODATA_OPS:
        raise UnknownFilterError(" ".join(tokens))
    return _comparison(tokens[0], tokens[1].lower(), tokens[2].strip("\"'"), state), tokens[3:]


def _comparison(name: str, op: str, wanted: str, state: State) -> Test:
    value = _field(name, state)
    want = None if wanted == "null" else wanted
    if op in {"eq", "ne"}:
        return lambda run: (value(run) == want) is (op == "eq")
    return lambda run: (value(run) or "") >= wanted


def _field(name: str, state: State) -> Callable[[Run], str | None]:
    kind, _, key = name.partition("/")
    fields: dict[str, Callable[[Run], str | None]] = {
        "tags": lambda run: run.tags.get(key),
        "properties": lambda run: run.properties.get(key),
        "status": lambda run: run.status,
        "runtype": lambda run: run.run_type,
        "runid": lambda run: run.run_id,
        "parentrunid": lambda run: run.parent,
        "rootrunid": lambda run: run.parent or run.run_id,
        "createdutc": lambda run: run.created.isoformat(),
        "experimentid": lambda run: state.experiment_id(run.experiment),
    }
    if kind.lower() not in fields:
        raise UnknownFilterError(name)
    return fields[kind.lower()]


_MLFLOW = re.compile(
    r"""\s*(?:(?P<kind>\w+)\.)?(?P<quote>[`"]?)(?P<key>[^`"=!]+?)(?P=quote)\s*"""
    r"""(?P<op>=|!=)\s*(?P<mark>['"])(?P<value>.*?)(?P=mark)\s*""",
    re.DOTALL,
)


def mlflow(text: str, shown: Callable[[Run], dict[str, str]]) -> Test:
    """Return the test that an MLflow filter means; `shown` gives the tags MLflow sees."""
    parts = [part for part in re.split(r"\s+and\s+", text, flags=re.IGNORECASE) if part.strip()]
    tests = [_mlflow_part(part, shown) for part in parts]
    return lambda run: all(test(run) for test in tests)


def _mlflow_part(text: str, shown: Callable[[Run], dict[str, str]]) -> Test:
    match = _MLFLOW.fullmatch(text)
    if match is None:
        raise UnknownFilterError(text)
    kind, key, equal = match["kind"] or "attributes", match["key"], match["op"] == "="
    if kind in {"tags", "tag"}:
        return lambda run: (shown(run).get(key) == match["value"]) is equal
    if key in {"run_id", "status"}:
        return lambda run: (_attribute(run, key) == match["value"]) is equal
    raise UnknownFilterError(text)


def _attribute(run: Run, key: str) -> str:
    return run.run_id if key == "run_id" else MLFLOW_STATUS.get(run.status, "RUNNING")


MLFLOW_STATUS = {"Completed": "FINISHED", "Failed": "FAILED", "Canceled": "KILLED"}
