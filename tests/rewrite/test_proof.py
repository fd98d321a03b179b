"""The proof must see every change that no edit names."""

import ast
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from codegen_fi.model.changes import Block, Change
from codegen_fi.rewrite.proof import (
    ProofError,
    blocks,
    code_of,
    lines_of,
    untouched_functions_are_equal,
)

Ranges = list[tuple[int, int]]


def change(first: int, last: int, rule: str = "rule") -> Change:
    return Change(rule, "why", None, first, last)


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[str], list[Change]]:
    """Distinct lines, random ranges of them, and the text with other lines in their place."""
    length = draw(st.integers(1, 20))
    before = [f"line {number}\n" for number in range(1, length + 1)]
    after: list[str] = []
    changes: list[Change] = []
    position = 0
    while position <= length:
        keep = draw(st.integers(0, 6))
        after += before[position : position + keep]
        position += keep
        if position > length:
            break
        take = min(draw(st.integers(0, 3)), length - position)
        new = [f"new {len(after)} {n}\n" for n in range(draw(st.integers(0, 3)))]
        if take or new:
            changes.append(change(position + 1, position + take, draw(st.sampled_from("abc"))))
            after += new
        position += take
        if not take and position == length:
            break
        if not keep and not take:
            after += before[position : position + 1]
            position += 1
    return before, after, changes


def rebuilt(before: list[str], after: list[str], found: tuple[Block, ...]) -> list[str]:
    """The new text out of the old one and the blocks' new lines alone."""
    result: list[str] = []
    position = 0
    for block in found:
        result += before[position : block.first_line - 1]
        result += after[block.new_first_line - 1 : block.new_last_line]
        position = block.last_line
    return result + before[position:]


@given(edited())
def test_the_blocks_and_the_old_text_make_the_new_text(
    case: tuple[list[str], list[str], list[Change]],
) -> None:
    before, after, changes = case
    found = blocks(before, after, changes)
    assert rebuilt(before, after, found) == after
    assert {rule for block in found for rule in block.rules} == {c.rule for c in changes}
    ends = [(b.last_line, b.new_last_line) for b in found]
    starts = [(b.first_line, b.new_first_line) for b in found]
    for (end, new_end), (start, new_start) in zip(ends, starts[1:], strict=False):
        assert start - end == new_start - new_end > 1


@given(edited(), st.data())
def test_a_line_changed_outside_the_edits_is_seen(
    case: tuple[list[str], list[str], list[Change]], data: st.DataObject
) -> None:
    before, after, changes = case
    kept = [n for n, line in enumerate(after) if line.startswith("line ")]
    assume(kept)
    victim = data.draw(st.sampled_from(kept))
    tampered = [*after]
    tampered[victim] = data.draw(st.sampled_from(["tampered\n", after[victim].rstrip("\n")]))
    with pytest.raises(ProofError, match="did not stay as they were"):
        blocks(before, tampered, changes)


@given(edited(), st.data())
def test_a_line_lost_outside_the_edits_is_seen(
    case: tuple[list[str], list[str], list[Change]], data: st.DataObject
) -> None:
    before, after, changes = case
    kept = [n for n, line in enumerate(after) if line.startswith("line ")]
    assume(kept)
    victim = data.draw(st.sampled_from(kept))
    with pytest.raises(ProofError):
        blocks(before, [*after[:victim], *after[victim + 1 :]], changes)


def test_a_line_added_between_two_that_stay_is_seen() -> None:
    with pytest.raises(ProofError, match="lines 2 to 4 did not stay"):
        blocks(["a", "b", "c", "d"], ["A", "b", "x", "c", "d"], [change(1, 1)])


def test_lines_that_change_places_are_seen() -> None:
    with pytest.raises(ProofError):
        blocks(["a", "b", "c", "d"], ["A", "c", "b", "d"], [change(1, 1)])


def test_without_edits_nothing_may_change() -> None:
    assert blocks(["a", "b"], ["a", "b"], []) == ()
    with pytest.raises(ProofError):
        blocks(["a", "b"], ["a", "B"], [])
    with pytest.raises(ProofError):
        blocks(["a", "b"], ["a", "b", "c"], [])


def test_ranges_that_touch_are_one_block_with_both_rules() -> None:
    found = blocks(
        ["a", "b", "c", "d"],
        ["a", "B", "C", "new", "d"],
        [change(3, 3, "second"), change(2, 2, "first"), change(4, 3, "third")],
    )
    assert found == (Block(2, 3, 2, 4, ("first", "second", "third")),)


def test_insertions_and_removals_have_an_empty_side() -> None:
    assert blocks(["a", "b"], ["a", "x", "b"], [change(2, 1)]) == (Block(2, 1, 2, 2, ("rule",)),)
    assert blocks(["a", "b", "c"], ["a", "c"], [change(2, 2)]) == (Block(2, 2, 2, 1, ("rule",)),)


def test_only_line_feeds_end_lines() -> None:
    text = "a\r\nb\x0cc\u2028d\ne\x85f"
    assert lines_of(text) == ["a\r\n", "b\x0cc\u2028d\n", "e\x85f"]
    assert len(lines_of(text)) == len(text.split("\n"))


@given(st.text(alphabet="ab\n\r\x0c\u2028"))
def test_the_lines_are_the_text(text: str) -> None:
    assert "".join(lines_of(text)) == text


FUNCTIONS = """
x = 1
def f(a):
    '''Doc.'''
    return a + 1
async def g():
    return 2
class C:
    def m(self):
        return 3
"""


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("a + 1", "a + 2", "f"),
        ("'''Doc.'''", "'''Other.'''", "f"),
        ("def f(a)", "def f(a, b=1)", "f"),
        ("return 2", "return", "g"),
        ("return 3", "return 4", "C"),
    ],
)
def test_a_function_that_no_edit_names_may_not_change(old: str, new: str, name: str) -> None:
    after = FUNCTIONS.replace(old, new)
    with pytest.raises(ProofError, match=rf"{name}\(\) changed although no edit names it"):
        untouched_functions_are_equal(code_of(FUNCTIONS), code_of(after), {"h", None})
    untouched_functions_are_equal(code_of(FUNCTIONS), code_of(after), {name})


@pytest.mark.parametrize(
    "after",
    [
        FUNCTIONS + "def h():\n    pass\n",
        FUNCTIONS.replace("def f(", "def e("),
        FUNCTIONS.partition("class")[0],
    ],
)
def test_functions_may_not_come_or_go(after: str) -> None:
    touched = {"f", "g", "C", "h", None}
    with pytest.raises(ProofError, match="has other functions"):
        untouched_functions_are_equal(code_of(FUNCTIONS), code_of(after), touched)


def test_a_text_that_does_not_parse_is_a_bug() -> None:
    with pytest.raises(ProofError, match="doesn't parse"):
        code_of("def (")


def test_layout_and_comments_are_no_change() -> None:
    after = FUNCTIONS.replace("a + 1", "(a  +  1)  # sum").replace("x = 1", "x = 2")
    assert any(isinstance(node, ast.FunctionDef) for node in ast.parse(after).body)
    untouched_functions_are_equal(code_of(FUNCTIONS), code_of(after), set())


def test_a_proof_error_says_what_it_found() -> None:
    error: Any = ProofError("lines 1 to 2")
    assert error.message == "lines 1 to 2"
    assert "lines 1 to 2" in str(error)
