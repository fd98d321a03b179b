"""Blanks and comments between statements mean nothing."""

import ast
import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen_fi.model.plain import to_plain
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.proof import lines_of

TESTS = Path(__file__).resolve().parents[1]
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("cases/scripts", "fixtures/scripts")
    for path in sorted((TESTS / folder).glob("*.py"))
]
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BLANKS = st.sampled_from(["\n", "    \n", "{indent}# a comment\n", "# at the left\n", "\x0c\n"])


def starts(text: str) -> list[int]:
    """Lines on which a statement starts and that may get a line above them."""
    lines = text.split("\n")
    found = {
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt) and not lines[node.lineno - 1].lstrip().startswith("elif")
    }
    return sorted(found)


def without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not re.fullmatch(r"(\w+_)?line", k)}
        return {key: without_lines(item) for key, item in kept.items()}
    if isinstance(value, list):
        return [without_lines(item) for item in value]
    return value


@QUICK
@given(st.sampled_from(TEXTS), st.data())
def test_blanks_and_comments_between_statements_change_nothing(
    text: str, data: st.DataObject
) -> None:
    places = data.draw(st.lists(st.sampled_from(starts(text)), max_size=8, unique=True))
    lines = lines_of(text)
    for place in sorted(places, reverse=True):
        line = lines[place - 1]
        indent = line[: len(line) - len(line.lstrip(" "))]
        lines.insert(place - 1, data.draw(BLANKS).format(indent=indent))
    looser = "".join(lines)
    before, after = parse_script(text), parse_script(looser)
    assert without_lines(to_plain(after.model)) == without_lines(to_plain(before.model))
    rewritten = rewrite(after)
    assert ast.dump(ast.parse(rewritten.after)) == ast.dump(ast.parse(rewrite(before).after))


@QUICK
@given(st.sampled_from(TEXTS), st.data())
def test_the_place_of_a_function_does_not_matter(text: str, data: st.DataObject) -> None:
    lines = lines_of(text)
    functions = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
    function = data.draw(st.sampled_from(functions))
    start, stop = function.lineno - 1, function.end_lineno or 0
    guard = next(n for n, line in enumerate(lines) if line.startswith("if __name__"))
    if function.name == "setup_instrumentation":
        return
    moved = [*lines[:start], *lines[stop:guard], *lines[start:stop], "\n\n", *lines[guard:]]
    old, new = parse_script(text).model, parse_script("".join(moved)).model
    ours, theirs = (without_lines(to_plain(model)) for model in (old, new))
    assert {f["name"] for f in ours.pop("functions")} == {
        f["name"] for f in theirs.pop("functions")
    }
    assert ours == theirs
