"""The readers the corpus tests rely on: a check that cannot fail proves nothing."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import generated

BEFORE = "a\nb\nc\nd\ne\n"


def diff_of(before: str, after: str, context: int = 3) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "a", "b", n=context, lineterm=""
    )
    return "\n".join(lines)


@given(
    before=st.lists(st.sampled_from(["a", "b", "", "- x", "+ y", "-- z"]), max_size=12),
    after=st.lists(st.sampled_from(["a", "b", "", "- x", "+ y", "-- z"]), max_size=12),
    context=st.integers(0, 3),
)
def test_a_true_diff_has_no_differences(before: list[str], after: list[str], context: int) -> None:
    old, new = "\n".join(before), "\n".join(after)
    assert generated.differences(old, new, diff_of(old, new, context)) == []


def test_a_diff_of_another_change_is_found_out() -> None:
    diff = diff_of(BEFORE, "a\nB\nc\nd\ne\n")
    assert generated.differences(BEFORE, "a\nb\nC\nd\ne\n", diff)


@pytest.mark.parametrize(
    ("after", "first_line", "last_line", "named"),
    [
        ("a\nB\nc\nd\ne\n", 2, 2, True),
        ("a\nB\nc\nd\ne\n", 3, 4, False),
        ("a\nB\nC\nd\ne\n", 2, 2, False),
        ("a\nd\ne\n", 2, 3, True),
        ("a\nd\ne\n", 2, 2, False),
        ("a\nnew\nb\nc\nd\ne\n", 2, 1, True),
        ("a\nb\nnew\nc\nd\ne\n", 2, 1, False),
        ("new\na\nb\nc\nd\ne\n", 1, 0, True),
    ],
)
def test_a_change_is_named_only_by_an_edit_in_its_place(
    after: str, first_line: int, last_line: int, named: bool
) -> None:
    edits = [{"first_line": first_line, "last_line": last_line}]
    lines = list(generated.changed_lines(diff_of(BEFORE, after)))
    assert lines
    assert all(generated.is_named(line, edits) for line in lines) is named
    assert generated.is_explained(BEFORE, after, edits) is named


def test_columns_are_read_from_both_forms_of_a_column_group() -> None:
    script = "def f():\n    column_group_0 = [['a'], [\"b's\"]]\n    column_group_1 = ['c']\n"
    assert generated.columns_the_model_sees(script, ["a", "b's", "c", "d"]) == {"a", "b's", "c"}
    assert generated.columns_the_model_sees("x = 1", ["a", "d"]) == {"a", "d"}


@pytest.mark.parametrize(
    ("value", "finite"),
    [(1.5, True), (0, True), (float("nan"), False), (None, False), ("1", False)],
)
def test_only_numbers_are_finite(value: float | str | None, finite: bool) -> None:
    assert generated.is_finite(value) is finite
