"""Names from a script are data: they never become code, markup or file names."""

from __future__ import annotations

import ast
import dataclasses
import html
import re

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen_fi.demo import script_bytes
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.render.templates import markdown
from codegen_fi.rewrite import rewrite

SCRIPT = parse_script(script_bytes().decode())
REWRITTEN = rewrite(SCRIPT)
NASTY = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        [
            "'); import os; ('",
            '"""',
            "a\n# %%\nb",
            "{{ 7 * 7 }}",
            "{% raw %}",
            "<script>alert(1)</script>",
            "`x` | y",
            "[x](javascript:alert(1))",
            "../../etc/passwd",
            "\\",
            "\ud800",
            "\u202egnp.exe",
            "1. x",
            "# x",
            "$x$",
        ]
    ),
)


def _named(label, column):
    pipeline = SCRIPT.model.pipeline
    mappers = tuple(
        dataclasses.replace(m, columns=((column,), *m.columns)) for m in pipeline.mappers
    )
    return dataclasses.replace(
        SCRIPT.model, label=label, pipeline=dataclasses.replace(pipeline, mappers=mappers)
    )


def _cells():
    emission = Emission(script_bytes(), SCRIPT.model, REWRITTEN, {"kind": "test"}, "data.csv")
    book = nbformat.reads(render_files(emission)["train.ipynb"].decode("utf-8"), 4)
    return [cell.id for cell in book.cells]


CELLS = _cells()


@settings(max_examples=60, deadline=None)
@given(label=NASTY, column=NASTY, data=NASTY)
def test_any_name_leaves_code_that_parses_and_says_it(label, column, data):
    emission = Emission(script_bytes(), _named(label, column), REWRITTEN, {"kind": "test"}, data)
    files = render_files(emission)
    assert all(re.fullmatch(r"[\w./-]+", name) and ".." not in name for name in files)
    book = nbformat.reads(files["train.ipynb"].decode("utf-8"), 4)
    nbformat.validate(book)
    assert [cell.id for cell in book.cells] == CELLS
    values = {}
    for cell in book.cells:
        if cell.cell_type != "code":
            continue
        for node in ast.parse(cell.source).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                values[node.targets[0].id] = node.value.value
    assert values["LABEL"] == label
    assert values["TRAINING_DATA"] == data
    files["README.md"].decode("utf-8")


@given(st.text(max_size=40))
def test_markdown_shows_the_text_itself(text):
    shown = markdown(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(\\\\)*[`*_\[\]|~$]", shown)
    assert "<" not in shown
    assert not re.match(r"[#+=:-]|\d+[.)](\s|$)", shown)
    if text.isprintable():
        assert html.unescape(re.sub(r"\\([\\`*_\[\]|~$#+=:.)-])", r"\1", shown)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("größe", "größe"),
        ("client's region", "client's region"),
        ("a_b*c", r"a\_b\*c"),
        ("<b>", "&lt;b&gt;"),
        ("1. x", r"1\. x"),
        ("12 x", "12 x"),
        ("- x", r"\- x"),
        ("a\nb", "a b"),
        ("\x1b[0m", r"\\x1b\[0m"),
    ],
)
def test_markdown_escapes_what_would_be_markup_only(text, shown):
    assert markdown(text) == shown
