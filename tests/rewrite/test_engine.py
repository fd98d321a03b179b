"""Planning and applying edits, with rules made for the purpose."""

import ast
from collections.abc import Iterator
from typing import Any

import libcst as cst
import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.pipeline import Pipeline
from codegen_fi.model.script import TrainingScript, Validation
from codegen_fi.parse.reader import read_source
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite import proof
from codegen_fi.rewrite.edits import insert_after, insert_before, note, remove, replace
from codegen_fi.rewrite.engine import Arity, Edit, Rule, apply, plan

TEXT = """\
a = 1


def f():
    # about b
    b = 2  # two
    c = g(h(3))
    return c


def k():
    return 0
"""
MODEL = TrainingScript(
    None, None, "regression", "y", None, (), Pipeline((), False, (), None, None, None),
    Validation("split"), (), (),
)  # fmt: skip


def script(text: str = TEXT) -> Script:
    return Script(read_source(text, "s.py"), MODEL)


def statement(of: Script, text: str) -> tuple[Statement, Statement]:
    """The top-level statement that holds a statement, and that statement."""
    for owner in of.source.statements:
        for inner in owner.walk():
            if ast.unparse(inner.syntax) == text:
                return owner, inner
    raise LookupError(text)


def rule(name: str, *edits: Edit, arity: Arity | None = None) -> Rule:
    return Rule(name, f"places of {name}", arity or Arity(), lambda _: edits, why="for the test")


def test_edits_do_what_they_are_called() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    _, c = statement(of, "c = g(h(3))")
    _, end = statement(of, "return c")
    edits = plan(
        of,
        [
            rule("one", replace(of, f, b, ["b = 3", "bb = 4"], "why")),
            rule("two", insert_before(of, f, end, ["d = 5"], "why")),
            rule("three", remove(f, c, "why")),
        ],
    )
    assert "def f():\n    # about b\n    b = 3\n    bb = 4  # two\n    d = 5\n    return c\n" in (
        apply(of, edits).code
    )


def test_a_removed_statement_takes_the_comment_above_with_it() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    edit = remove(f, b, "why")
    assert (edit.changes[0].first_line, edit.changes[0].last_line) == (5, 6)
    assert "def f():\n    c = g" in apply(of, plan(of, [rule("one", edit)])).code


def test_an_insertion_stands_where_its_record_says() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    after, before = (
        insert_after(of, f, b, ["x = 1"], "why"),
        insert_before(of, f, b, ["y = 1"], "why"),
    )
    assert (after.changes[0].first_line, after.changes[0].last_line) == (7, 6)
    assert (before.changes[0].first_line, before.changes[0].last_line) == (6, 5)
    assert apply(of, [after]).code.split("\n")[6] == "    x = 1"
    assert apply(of, [before]).code.split("\n")[5] == "    y = 1"


def test_an_insertion_behind_an_end_without_newline_names_the_line_that_gets_one() -> None:
    of = script(TEXT.rstrip("\n"))
    k, end = statement(of, "return 0")
    edit = insert_after(of, k, end, ["x = 1"], "why")
    lines = TEXT.count("\n")
    assert (edit.changes[0].first_line, edit.changes[0].last_line) == (lines, lines)
    after = apply(of, [edit]).code
    proof.blocks(proof.lines_of(of.text), proof.lines_of(after), edit.changes)


def test_the_text_outside_the_edits_is_the_same_object_of_the_tree() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    tree = apply(of, plan(of, [rule("one", remove(f, b, "why"))]))
    assert [old is new for old, new in zip(of.source.tree.body, tree.body, strict=True)] == [
        True, False, True,
    ]  # fmt: skip


def test_two_rules_on_one_statement_are_refused() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    with pytest.raises(ScriptNotUnderstoodError, match="rules one and two both change this") as no:
        plan(of, [rule("one", remove(f, b, "why")), rule("two", remove(f, b, "why"))])
    assert str(no.value).startswith("s.py, line 5: ")


def test_one_rule_twice_on_one_statement_is_refused() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    with pytest.raises(ScriptNotUnderstoodError, match="rules one and one both change this"):
        plan(of, [rule("one", remove(f, b, "why"), insert_after(of, f, b, ["x = 1"], "why"))])


@pytest.mark.parametrize(
    ("arity", "words"),
    [
        (Arity(2, 2), "exactly 2"),
        (Arity(2), "at least 2"),
        (Arity(0, 0), "exactly 0"),
        (Arity(2, 4), "2 to 4"),
    ],
)
def test_a_rule_that_finds_another_number_of_places_is_refused(arity: Arity, words: str) -> None:
    of = script()
    f, b = statement(of, "b = 2")
    with pytest.raises(ScriptNotUnderstoodError) as no:
        plan(of, [rule("one", remove(f, b, "why"), arity=arity)])
    assert str(no.value).startswith(
        f"s.py: rule one expects {words} places of one, found 1 (lines: 5)."
    )


def test_a_rule_that_finds_nothing_says_so() -> None:
    with pytest.raises(ScriptNotUnderstoodError, match=r"found 0 \(lines: none\)"):
        plan(script(), [rule("one", arity=Arity(1))])


@pytest.mark.parametrize(
    ("arity", "allowed"),
    [
        (Arity(), [0, 1, 9]),
        (Arity(1), [1, 9]),
        (Arity(1, 1), [1]),
        (Arity(0, 1), [0, 1]),
    ],
)
def test_an_arity_is_two_bounds(arity: Arity, allowed: list[int]) -> None:
    assert [count for count in (0, 1, 9) if arity.allows(count)] == allowed


def test_an_edit_that_finds_no_node_is_a_bug() -> None:
    of, other = script(), script()
    f, _ = statement(of, "b = 2")
    _, foreign = statement(other, "b = 2")
    with pytest.raises(AssertionError, match="1 planned edits found no node"):
        apply(of, [remove(f, foreign, "why")])


def calls(of: Script) -> Iterator[tuple[str, cst.Call]]:
    found: list[cst.Call] = []

    class Finder(cst.CSTVisitor):
        def visit_Call(self, node: cst.Call) -> None:  # noqa: N802
            found.append(node)

    of.source.tree.visit(Finder())
    return ((cst.ensure_type(node.func, cst.Name).value, node) for node in found)


def test_an_edit_inside_another_edit_is_made_first() -> None:
    of = script()
    f, c = statement(of, "c = g(h(3))")
    nodes = dict(calls(of))

    def renamed(node: Any) -> Any:
        return node.with_changes(func=cst.Name(node.func.value.upper()))

    def wrapped(node: Any) -> Any:
        return cst.Call(cst.Name("outer"), [cst.Arg(node)])

    where = (note("why", "f", c.line, c.line),)
    edits = plan(
        of,
        [
            rule("outer", Edit(f, nodes["g"], wrapped, where, c.node)),
            rule("inner", Edit(f, nodes["h"], renamed, where, c.node)),
        ],
    )
    assert "    c = outer(g(H(3)))\n" in apply(of, edits).code


def test_an_edit_of_the_module_comes_after_those_inside() -> None:
    of = script()
    f, b = statement(of, "b = 2")

    def headed(module: Any) -> Any:
        assert "b = 2" not in module.code
        return module.with_changes(header=[cst.EmptyLine(comment=cst.Comment("# head"))])

    edits = [
        Edit(None, of.source.tree, headed, (note("why", None, 1, 0),)),
        remove(f, b, "why"),
    ]
    assert apply(of, edits).code.startswith("# head\na = 1\n")


def test_the_engine_signs_the_changes() -> None:
    of = script()
    f, b = statement(of, "b = 2")
    (edit,) = plan(of, [rule("one", remove(f, b, "because"))])
    assert [(c.rule, c.why, c.function) for c in edit.changes] == [("one", "because", "f")]


def test_a_statement_that_shares_its_line_is_not_edited() -> None:
    of = script("def f():\n    a = 1; b = 2\n")
    f, a = statement(of, "a = 1")
    with pytest.raises(ScriptNotUnderstoodError, match=r"s\.py, line 2: several statements"):
        plan(of, [rule("one", remove(f, a, "why"))])
