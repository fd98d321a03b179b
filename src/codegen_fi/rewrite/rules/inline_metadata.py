"""Say in the file itself what it needs to run (PEP 723) and that it was rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from codegen_fi import __version__
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.edits import note
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.requirements import requirements_of
from codegen_fi.rewrite.targets import target_of

_WHY = "Inline script metadata: what a script runner has to install."
_SOURCE = "PEP 723"
_BLOCK = re.compile(r"^# /// script\s*$", re.MULTILINE)
_STAYS_FIRST = re.compile(r"^#!|^#.*?coding[:=]")


def plan(script: Script) -> Iterator[Edit]:
    """Put the metadata above everything but a shebang or a coding line."""
    _refuse_second_block(script)
    tree = script.source.tree
    kept = 0
    for number, line in enumerate(tree.header[:2], 1):
        if line.comment and _STAYS_FIRST.match(line.comment.value):
            kept = number
    comments = [cst.EmptyLine(comment=cst.Comment(text)) for text in header_lines(script)]
    header = [*tree.header[:kept], *comments, *tree.header[kept:]]
    record = note(_WHY, None, kept + 1, kept, source=_SOURCE)
    yield Edit(None, tree, lambda module: module.with_changes(header=header), (record,))


def _refuse_second_block(script: Script) -> None:
    found = _BLOCK.search(script.text)
    if found:
        raise refusal(
            script.name,
            script.text.count("\n", 0, found.start()) + 1,
            "there is a block of inline script metadata here already, and a script can only have "
            "one. Take it out.",
        )


def header_lines(script: Script) -> list[str]:
    """Return the comment lines of the header."""
    return [
        "# /// script",
        f'# requires-python = "{target_of(script).requires_python}"',
        "# dependencies = [",
        *(f"#     {_quoted(line)}," for line in requirements_of(script)),
        "# ]",
        "# ///",
        f"# Rewritten by codegen-fi {__version__}; changes.diff tells each change and its rule.",
    ]


def _quoted(requirement: str) -> str:
    """Return a TOML string; requirements hold single quotes only in markers."""
    return f'"{requirement}"'


RULE = Rule(
    "inline-metadata",
    "header",
    Arity(1, 1),
    plan,
    why="The file itself should say what it needs to run, and that it was rewritten.",
    required=True,
)
