"""Values, names and modules of single expressions."""

import ast
from typing import Any

import pytest

from codegen_fi.model.plain import to_plain
from codegen_fi.model.values import Expression, shown
from codegen_fi.parse.components import module_of
from codegen_fi.parse.literals import called, constant_of, dotted, items, keywords, named, value_of
from codegen_fi.parse.reader import read_source


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


VALUES: dict[str, Any] = {
    "1": 1,
    "-1": -1,
    "0.001": 0.001,
    "-2.5": -2.5,
    "-0.0": -0.0,
    "True": True,
    "None": None,
    "'text'": "text",
    "'größe\\n\"'": 'größe\n"',
    "'a' 'b'": "ab",
    "[]": (),
    "[1, [None, 'x']]": (1, (None, "x")),
    "[a, 1]": (Expression("a"), 1),
    "(1, 1)": Expression("(1, 1)"),
    "{'a': 1}": Expression("{'a': 1}"),
    "{1, 2}": Expression("{1, 2}"),
    "numpy.nan": Expression("numpy.nan"),
    "numpy.array([0, 1])": Expression("numpy.array([0, 1])"),
    "1e999": Expression("1e309"),
    "-1e999": Expression("-1e309"),
    "--1": Expression("--1"),
    "-True": Expression("-True"),
    "-None": Expression("-None"),
    "-'a'": Expression("-'a'"),
    "1 + 1": Expression("1 + 1"),
    "2j": Expression("2j"),
    "b'x'": Expression("b'x'"),
    "...": Expression("..."),
    "f'{x}'": Expression("f'{x}'"),
    "__import__('os').system('true')": Expression("__import__('os').system('true')"),
}


@pytest.mark.parametrize("text", VALUES)
def test_literals_become_values_and_all_else_stays_text(text: str) -> None:
    found = value_of(expression(text))
    assert found == VALUES[text]
    assert type(found) is type(VALUES[text])


def test_none_and_anything_but_a_constant_are_both_no_constant() -> None:
    assert constant_of(expression("None")) is None
    assert constant_of(expression("a")) is None
    assert constant_of(expression("1 + 1")) is None


@pytest.mark.parametrize("text", ["1", "-2.5", "True", "None", "'it\\'s'", "numpy.nan"])
def test_a_value_is_shown_as_source_that_means_the_same(text: str) -> None:
    value = value_of(expression(text))
    assert ast.dump(expression(shown(value))) == ast.dump(expression(text))


def test_lists_are_shown_as_lists() -> None:
    assert shown(value_of(expression("[1, ['a', numpy.nan]]"))) == "[1, ['a', numpy.nan]]"


def test_an_expression_and_the_same_text_differ_in_json() -> None:
    assert to_plain({"a": Expression("nan"), "b": "nan"}) == {"a": {"code": "nan"}, "b": "nan"}


@pytest.mark.parametrize(
    ("text", "name"),
    [("a", "a"), ("a.b.c", "a.b.c"), ("a().b", None), ("a[0].b", None), ("'a'.b", None)],
)
def test_a_dotted_name_is_names_and_dots_only(text: str, name: str | None) -> None:
    assert dotted(expression(text)) == name
    assert called(expression(f"{text}(1)")) == name
    assert called(expression(text)) is None or text == "a().b"


def test_keywords_leave_out_stars() -> None:
    call = expression("f(1, *x, a=1, **y, b=2)")
    assert isinstance(call, ast.Call)
    assert {key: ast.unparse(value) for key, value in keywords(call).items()} == {
        "a": "1",
        "b": "2",
    }


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("('model', f())", ("model", "f()")),
        ("('model',)", None),
        ("('a', b, c)", None),
        ("(a, b)", None),
        ("['a', b]", None),
        ("(1, b)", None),
    ],
)
def test_a_named_pair_is_a_text_and_something(text: str, pair: tuple[str, str] | None) -> None:
    found = named(expression(text))
    assert (found and (found[0], ast.unparse(found[1]))) == pair


def test_only_a_list_has_items() -> None:
    assert [ast.unparse(item) for item in items(expression("[a, 1]"))] == ["a", "1"]
    assert items(expression("(a, 1)")) == []
    assert items(None) == []


IMPORTS = """
import numpy
import numpy as np
import sklearn.svm
import xgboost.sklearn as boost
from sklearn import linear_model
from sklearn.impute import SimpleImputer
from .here import Relative

def f():
    from sklearn.linear_model import Ridge as Model
    from other import SimpleImputer
    if True:
        import scipy.sparse
"""


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("numpy.float32", "numpy"),
        ("np.float32", "numpy"),
        ("sklearn.svm.LinearSVC", "sklearn.svm"),
        ("boost.XGBClassifier", "xgboost.sklearn"),
        ("linear_model.Ridge", "sklearn.linear_model"),
        ("Model", "sklearn.linear_model"),
        ("SimpleImputer", "other"),
        ("scipy.sparse.csr_matrix", "scipy.sparse"),
        ("Relative", None),
        ("Unknown", None),
        ("unknown.Unknown", None),
    ],
)
def test_a_name_comes_from_the_import_that_is_nearest(name: str, module: str | None) -> None:
    assert module_of(read_source(IMPORTS, "s.py"), "f", name) == module
