"""Text to syntax trees, and a helpful sentence where it isn't Python."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable

import libcst as cst

from codegen_fi.parse.broken import likely_cause
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.statements import nested

_BARE_RETURN = re.compile(r"\r(?!\n)")
_LONG_CHAIN = re.compile(r"(?:\.\s*\w+\s*){1000}")


def syntax_of(text: str, name: str) -> ast.Module:
    """Parse with the standard library; the refusal names the line and the likely cause."""
    try:
        with warnings.catch_warnings():
            # Generated regular expressions may hold escapes that Python only frowns upon.
            warnings.simplefilter("ignore", SyntaxWarning)
            tree = ast.parse(text)
            # The parser alone takes a return outside a function and a parameter named twice.
            compile(tree, name, "exec", dont_inherit=True)
            return tree
    except SyntaxError as error:
        raise refusal(name, error.lineno, likely_cause(text, error)) from None
    except ValueError as error:
        raise refusal(name, None, f"this isn't Python source ({error}).") from None


def refuse_bare_returns(text: str, name: str) -> None:
    """Refuse carriage returns that no line feed follows: Python ends a line there, diffs don't."""
    found = _BARE_RETURN.search(text)
    if found:
        raise refusal(
            name,
            text.count("\n", 0, found.start()) + 1,
            "a carriage return without a line feed stands on this line. "
            "Save the file with the line endings of this system and run the command again.",
        )


def refuse_relative_imports(body: Iterable[ast.stmt], name: str) -> None:
    """Refuse an import that only works in a package: a script runs by itself."""
    for node in nested(body):
        if isinstance(node, ast.ImportFrom) and node.level:
            raise refusal(
                name,
                node.lineno,
                "a relative import only works inside a package, but this script runs by itself. "
                "Import the module by its full name.",
            )


def tree_of(text: str, name: str) -> cst.Module:
    """Parse with libcst, which keeps every blank and comment."""
    if _LONG_CHAIN.search(text):
        # libcst's parser ends the process over some five thousand attributes in a row.
        raise RecursionError
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise refusal(
            name, error.raw_line, f"libcst can't parse this line ({error.message})."
        ) from None
