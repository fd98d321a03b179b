"""Damage and edits of a script, one at a time, as a person or a bad download makes them."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from random import Random

Block = Sequence[ast.stmt]
Mutation = Callable[[str, Random], str]

ODD = (*"'\"\\#%{}()[]:;,=@\t \x00\x0c\u2028\ufeffé🙂", "\n", "\r\n", "\r", "'''", "\n\n")
OFTEN = 0.5
_CALL = re.compile(r"\b(\w+)\(([^()\n]+,[^()\n]+)\)")
_NAME = re.compile(r"\b[A-Za-z_]\w*\b")


def mutated(text: str, random: Random, times: int) -> str:
    """Return the text after some mutations; one that doesn't fit changes nothing."""
    for _ in range(times):
        text = random.choice(MUTATIONS)(text, random)
    return text


def blocks(text: str) -> list[Block]:
    """Every block of statements; none for what isn't Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return []
    return [block for node in ast.walk(tree) for block in _blocks(node) if block]


def _blocks(node: ast.AST) -> Iterator[Block]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list):
            yield block


def span(statement: ast.stmt) -> tuple[int, int]:
    """First and last line of a statement, decorators included, as a slice of the lines."""
    decorators = [d.lineno for d in getattr(statement, "decorator_list", ())]
    return min([statement.lineno, *decorators]) - 1, statement.end_lineno or statement.lineno


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _some(text: str, random: Random) -> tuple[list[str], Block, int] | None:
    """A block, and the place of a statement in it: every other time in the end of the script."""
    found = blocks(text)
    end = text.count("\n", 0, text.find("\ndef main(")) + 1 if "\ndef main(" in text else 0
    last = [block for block in found if block[0].lineno > end]
    if last and random.random() < OFTEN:
        found = last
    if not found:
        return None
    block = random.choice(found)
    return text.split("\n"), block, random.randrange(len(block))


def _one(pattern: re.Pattern[str], text: str, random: Random) -> re.Match[str] | None:
    """A match: every other time in the end of the script, which is what rewriting changes most."""
    found = list(pattern.finditer(text))
    last = [one for one in found if one.start() > text.find("\ndef main(")]
    if last and random.random() < OFTEN:
        found = last
    return random.choice(found) if found else None


def delete(text: str, random: Random) -> str:
    if (some := _some(text, random)) is None:
        return text
    lines, block, at = some
    start, stop = span(block[at])
    return "\n".join([*lines[:start], *lines[stop:]])


def duplicate(text: str, random: Random) -> str:
    if (some := _some(text, random)) is None:
        return text
    lines, block, at = some
    start, stop = span(block[at])
    return "\n".join([*lines[:stop], *lines[start:stop], *lines[stop:]])


def swap(text: str, random: Random) -> str:
    if (some := _some(text, random)) is None or len(some[1]) == 1:
        return text
    lines, block, _ = some
    one, other = sorted(random.sample(range(len(block)), 2))
    (a, b), (c, d) = span(block[one]), span(block[other])
    return "\n".join([*lines[:a], *lines[c:d], *lines[b:c], *lines[a:b], *lines[d:]])


def move(text: str, random: Random) -> str:
    """Put a statement somewhere else, at the indent of its new place."""
    if (some := _some(text, random)) is None:
        return text
    lines, block, at = some
    start, stop = span(block[at])
    target = random.choice(random.choice(blocks(text)))
    place = span(target)[0]
    if start <= place < stop:
        return text
    old, new = _indent(lines[start]), _indent(lines[place])
    moved = [new + line.removeprefix(old) for line in lines[start:stop]]
    without = {*range(start, stop)}
    result: list[str] = []
    for number, line in enumerate(lines):
        if number == place:
            result += moved
        if number not in without:
            result.append(line)
    return "\n".join(result)


def _before(template: str) -> Mutation:
    def insert(text: str, random: Random) -> str:
        if (some := _some(text, random)) is None:
            return text
        lines, block, at = some
        place = span(block[at])[0]
        new = [_indent(lines[place]) + line for line in template.split("\n")]
        return "\n".join([*lines[:place], *new, *lines[place:]])

    return insert


def _around(head: str, tail: str = "") -> Mutation:
    """Put a statement and some of those behind it into a block."""

    def wrap(text: str, random: Random) -> str:
        if (some := _some(text, random)) is None:
            return text
        lines, block, at = some
        last = random.randrange(at, len(block))
        start, stop = span(block[at])[0], span(block[last])[1]
        indent = _indent(lines[start])
        inside = [f"    {line}" if line.strip() else line for line in lines[start:stop]]
        behind = [indent + line for line in tail.split("\n")] if tail else []
        return "\n".join([*lines[:start], indent + head, *inside, *behind, *lines[stop:]])

    return wrap


def join(text: str, random: Random) -> str:
    """Put two statements on one line, with a semicolon."""
    if (some := _some(text, random)) is None:
        return text
    lines, block, at = some
    if at + 1 == len(block):
        return text
    stop, start = span(block[at])[1], span(block[at + 1])[0]
    joined = f"{lines[stop - 1]}; {lines[start].lstrip()}"
    return "\n".join([*lines[: stop - 1], joined, *lines[start + 1 :]])


def _on_line(pattern: str, becomes: str) -> Mutation:
    """Replace one match of a pattern."""
    compiled = re.compile(pattern, re.MULTILINE)

    def change(text: str, random: Random) -> str:
        one = _one(compiled, text, random)
        if one is None:
            return text
        return text[: one.start()] + one.expand(becomes) + text[one.end() :]

    return change


def swap_arguments(text: str, random: Random) -> str:
    one = _one(_CALL, text, random)
    if one is None:
        return text
    arguments = one[2].split(",")
    a, b = random.sample(range(len(arguments)), 2)
    arguments[a], arguments[b] = arguments[b], arguments[a]
    return f"{text[: one.start()]}{one[1]}({','.join(arguments)}){text[one.end() :]}"


def drop_argument(text: str, random: Random) -> str:
    one = _one(_CALL, text, random)
    if one is None:
        return text
    arguments = one[2].split(",")
    del arguments[random.randrange(len(arguments))]
    return f"{text[: one.start()]}{one[1]}({','.join(arguments)}){text[one.end() :]}"


def rename_everywhere(text: str, random: Random) -> str:
    found = _one(_NAME, text, random)
    name = found[0] if found else "x"
    return re.sub(rf"\b{name}\b", f"{name}_2", text)


def rename_one(text: str, random: Random) -> str:
    one, other = _one(_NAME, text, random), _one(_NAME, text, random)
    if one is None or other is None:
        return text
    return text[: one.start()] + other[0] + text[one.end() :]


def truncate(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def behead(text: str, random: Random) -> str:
    return text[random.randrange(len(text) + 1) :]


def truncate_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: random.randrange(len(lines) + 1)])


def double(text: str, random: Random) -> str:
    return text + random.choice(["", "\n", "\n\n"]) + text


def insert_odd(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(ODD) + text[place + random.randrange(3) :]


def indent_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    if random.random() < 0.5:
        lines[at] = random.choice(["    ", " ", "\t"]) + lines[at]
    else:
        lines[at] = lines[at][random.choice([1, 4]) :]
    return "\n".join(lines)


def with_tabs(text: str, _: Random) -> str:
    return re.sub(r"^( {4})+", lambda m: "\t" * (len(m[0]) // 4), text, flags=re.MULTILINE)


def line_endings(text: str, random: Random) -> str:
    if random.random() < 0.8:
        return text.replace("\n", "\r\n")
    lines = text.split("\n")
    lines[random.randrange(len(lines))] += "\r"
    return "\n".join(lines)


MUTATIONS: tuple[Mutation, ...] = (
    delete,
    duplicate,
    swap,
    move,
    join,
    swap_arguments,
    drop_argument,
    rename_everywhere,
    rename_one,
    truncate,
    truncate_line,
    behead,
    double,
    insert_odd,
    indent_line,
    with_tabs,
    line_endings,
    _before("return None"),
    _before("pass"),
    _before("def inner(x):\n    return x"),
    _before("if len('ab') > 1:\n    pass\nelse:\n    raise ValueError"),
    _before("import azureml.core"),
    _before("import mlflow, os"),
    _before("from azureml.core import Run, Dataset"),
    _before("model = None"),
    _before("run = None"),
    _before("with open('note.txt') as stream: text = stream.read()"),
    _before("'''a text'''"),
    _before("# a note with 'quotes\n\n"),
    _around("if True:"),
    _around("for _ in range(1):"),
    _around("with open('note.txt') as stream:"),
    _around("try:", "except ValueError:\n    raise"),
    _around("try:", "finally:\n    pass"),
    _around("def inner():"),
    _around("class Inner:"),
    _on_line(r"^def (\w+)\(", r"async def \1("),
    _on_line(r"^def (\w+)\(", r"@staticmethod\ndef \1("),
    _on_line(r"^def (\w+)\((\w*)", r"def \1(*, \2"),
    _on_line(r"^def (\w+)\(", r"def \1_old("),
    _on_line(r"^(\s+)(\w+) = ", r"\1\2: object = "),
    _on_line(r"^(\s+)(\w+) = ", r"\1\2 = other = "),
    _on_line(r"^(\s+)(\w+) = ", r"\1\2, = "),
    _on_line(r"^(\s+)(\w+) = ", r"\1\2 += "),
    _on_line(r"^(\s+)(\w+) = (.*)$", r"\1(\2 := \3)"),
    _on_line(r"^(\s+)(\w+) = (\w+)\(", r"\1\2 = 1 and \3("),
    _on_line(r"import (\w+)$", r"import \1 as renamed"),
    _on_line(r"import (\w+)$", r"import (\n    \1,\n)"),
    _on_line(r"import (\w+)$", r"import \1, Other"),
    _on_line(r"import (\w+)$", r"import *"),
    _on_line(r"from (\w+)\.", r"from .\1."),
    _on_line(r"(\w+)\((\w+)", r"\1(*\2"),
    _on_line(r"(\w+)=(\w+)", r"**{'\1': \2}"),
    _on_line(r"(\w+)=([\w.]+)", r"\1=(\2)"),
    _on_line(r", ", ",  # here\n        "),
    _on_line(r" = ", r" = \\\n        "),
    _on_line(r"'(\w+)'", r"f'\1'"),
    _on_line(r"'(\w+)'", r"b'\1'"),
    _on_line(r"'(\w+)'", r"'\1' 'x'"),
    _on_line(r"\n\n", r"\n"),
)
