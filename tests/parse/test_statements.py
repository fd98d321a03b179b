"""Both syntax trees, statement by statement."""

import ast

import libcst as cst
import pytest

from codegen_fi.parse.reader import read_source
from codegen_fi.parse.statements import Statement, statements

BLOCKS = {
    "if, elif, else": """
if a:
    x = 1
elif b:
    x = 2
elif c:
    x = 3
else:
    x = 4
""",
    "if in else": """
if a:
    x = 1
else:
    if b:
        x = 2
    else:
        x = 3
y = 4
""",
    "if and more in else": """
if a:
    x = 1
else:
    if b:
        x = 2
    y = 3
""",
    "try in full": """
try:
    a()
except ValueError as error:
    b()
except (TypeError, OSError):
    c()
else:
    d()
finally:
    e()
""",
    "try, finally": """
try:
    a()
finally:
    b()
""",
    "exception groups": """
try:
    a()
except* ValueError:
    b()
""",
    "match": """
match a:
    case 1:
        x = 1
    case [b, *_] if b:
        x = 2
        y = 3
    case _:
        pass
""",
    "loops": """
for a in b:
    x = 1
    continue
else:
    x = 2
while a:
    x = 3
else:
    x = 4
""",
    "semicolons": "a = 1; b = 2; c(\n    3\n)\nd = 4; e = 5;\n",
    "decorators and classes": """
@one
@two(
    3
)
def f(a: int = 1, *, b) -> int:
    '''Doc.'''
    return a


class C(Base):
    x: int = 1

    @property
    def y(self):
        return self.x

    async def z(self):
        async with a as b, c:
            await b
        async for d in b:
            yield d
""",
    "one line bodies": "if a: x = 1\nelse: x = 2\ndef f(): return 1; x = 2\nclass C: pass\nz = 1\n",
    "comments and blanks": """
# above

a = 1  # beside
# between

def f():

    # first in f

    b = 2

    # last in f

# below
c = 3
# end
""",
    "with": "with a as b:\n    c = 1\nwith (\n    a as b,\n    d,\n):\n    e = 2\n",
    "strings with line breaks": "a = '''\nb = 1\n'''\nc = \\\n    2\nd = 3\n",
    "type parameters": "def f[T](a: T) -> T:\n    return a\n",
}


def listed(text: str) -> list[Statement]:
    return [s for top in read_source(text, "s.py").statements for s in top.walk()]


@pytest.mark.parametrize("name", BLOCKS)
def test_both_sides_of_a_pair_are_the_same_statement(name: str) -> None:
    module = cst.parse_module(BLOCKS[name])
    found = [s for s in listed(BLOCKS[name]) if isinstance(s.node, cst.SimpleStatementLine)]
    assert found
    for statement in found:
        same_line = ast.parse(module.code_for_node(statement.node).strip()).body
        assert ast.dump(statement.syntax) in [ast.dump(s) for s in same_line]


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - {"one line bodies"}))
def test_every_statement_of_the_tree_is_paired_once(name: str) -> None:
    paired = sorted((s.line, s.syntax.col_offset) for s in listed(BLOCKS[name]))
    elifs = {
        (node.orelse[0].lineno, node.orelse[0].col_offset)
        for node in ast.walk(ast.parse(BLOCKS[name]))
        if isinstance(node, ast.If)
        and len(node.orelse) == 1
        and BLOCKS[name].split("\n")[node.orelse[0].lineno - 1].strip().startswith("elif")
    }
    wanted = {
        (node.lineno, node.col_offset)
        for node in ast.walk(ast.parse(BLOCKS[name]))
        if isinstance(node, ast.stmt)
    }
    assert set(paired) == wanted - elifs
    assert len(paired) == len(set(paired))


def test_statements_of_one_line_share_their_node() -> None:
    first, second, third, *_ = listed(BLOCKS["semicolons"])
    assert first.node is second.node is third.node
    assert [ast.unparse(s.syntax) for s in (first, second, third)] == ["a = 1", "b = 2", "c(3)"]
    assert (third.line, third.last_line) == (1, 3)


def test_the_comment_above_belongs_to_the_statement() -> None:
    statement = listed("a = 1\n\n# about b\n# more\nb = 2\n")[1]
    assert (statement.first_line_with_comments, statement.line) == (2, 5)


def test_trees_of_different_texts_are_a_bug() -> None:
    with pytest.raises(ValueError, match="hold different statements"):
        statements(cst.parse_module("a = 1\n").body, ast.parse("a = 1\nb = 2\n").body)
