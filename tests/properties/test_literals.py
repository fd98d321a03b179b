"""Values survive being written into a script and read again."""

import ast
import math

from hypothesis import given
from hypothesis import strategies as st

from codegen_fi.model.plain import to_plain
from codegen_fi.model.values import Expression, Value, shown
from codegen_fi.parse.literals import value_of

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=8)


def read(text: str) -> Value:
    return value_of(ast.parse(text, mode="eval").body)


def same(one: Value, other: Value) -> bool:
    """Equal and of the same type; 0.0 and -0.0 differ."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return type(one) is type(other) and one == other


@given(VALUES)
def test_a_value_is_read_as_it_was_written(value: Value) -> None:
    assert same(read(shown(value)), value)


@given(SCALARS)
def test_a_scalar_is_read_from_its_repr(value: Value) -> None:
    assert same(read(repr(value)), value)


@given(st.sampled_from([math.inf, -math.inf, math.nan]))
def test_numbers_json_has_no_word_for_stay_text(value: float) -> None:
    found = read(f"float('{value}')")
    assert isinstance(found, Expression)
    assert to_plain(found) == {"code": found.code}


@given(VALUES)
def test_tuples_and_dicts_are_never_read_as_lists(value: Value) -> None:
    assert isinstance(read(f"({shown(value)},)"), Expression)
    assert isinstance(read(f"{{'a': {shown(value)}}}"), Expression)
