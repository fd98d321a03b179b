"""Blanks and comments between statements mean nothing."""

import ast
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from specimens import SCRIPTS, examples, without_lines

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.plain import to_plain
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.proof import lines_of

TEXTS = list(SCRIPTS.values())
QUICK = examples(25)
NOTES = ["{indent}'''a text'''\n", "{indent}# 'half\n", '{indent}"""two\nlines"""\n']
BLANKS = ["\n", "    \n", "{indent}# a comment\n", "# at the left\n", "\x0c\n"]
# One draw for all that is random: hypothesis sometimes loses count of lists of many draws.
CHANCE = st.randoms(use_true_random=True)


def starts(text: str) -> list[int]:
    """Lines on which a statement starts and that may get a line above them."""
    lines = text.split("\n")
    found = {
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt) and not lines[node.lineno - 1].lstrip().startswith("elif")
    }
    return sorted(found)


def loosened(text: str, kinds: list[str], random: Random) -> str:
    """The text with lines put in front of some statements, at their indent."""
    found = starts(text)
    places = random.sample(found, random.randint(0, min(8, len(found))))
    lines = lines_of(text)
    for place in sorted(places, reverse=True):
        line = lines[place - 1]
        indent = line[: len(line) - len(line.lstrip(" "))]
        lines.insert(place - 1, random.choice(kinds).format(indent=indent))
    return "".join(lines)


@QUICK
@given(st.sampled_from(TEXTS), CHANCE)
def test_blanks_and_comments_between_statements_change_nothing(text: str, random: Random) -> None:
    looser = loosened(text, BLANKS, random)
    before, after = parse_script(text), parse_script(looser)
    assert without_lines(to_plain(after.model)) == without_lines(to_plain(before.model))
    rewritten = rewrite(after)
    assert ast.dump(ast.parse(rewritten.after)) == ast.dump(ast.parse(rewrite(before).after))


@QUICK
@given(st.sampled_from(TEXTS), CHANCE)
def test_texts_between_statements_change_nothing(text: str, random: Random) -> None:
    same_model_and_changes(text, loosened(text, NOTES, random))


@pytest.mark.corpus
@QUICK
@given(random=CHANCE)
def test_nothing_between_the_statements_of_generated_scripts_matters(
    generated: list[str], random: Random
) -> None:
    text = random.choice(generated)
    same_model_and_changes(text, loosened(text, BLANKS + NOTES, random))


def same_model_and_changes(text: str, other: str) -> None:
    one, two = parse_script(text), parse_script(other)
    assert without_lines(to_plain(two.model)) == without_lines(to_plain(one.model))
    try:
        wanted = rewrite(one)
    except ScriptNotUnderstoodError:
        with pytest.raises(ScriptNotUnderstoodError):
            rewrite(two)
        return
    changes = rewrite(two).changes
    assert [(c.rule, c.function) for c in changes] == [(c.rule, c.function) for c in wanted.changes]


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
