"""Text to syntax trees, and a helpful sentence where it isn't Python.

The generator pastes the label and the weight column between quotes without escaping them, so
a column called ``class's`` makes a script that no parser accepts.
"""

from __future__ import annotations

import ast
import re
import warnings

import libcst as cst

from codegen_fi.parse.errors_at import refusal

_PASTED_NAME = re.compile(
    r"""^\s*(label_column_name|class_weights_column_name|weight_column_name)\s*=\s*['"]"""
)
_BARE_RETURN = re.compile(r"\r(?!\n)")


def syntax_of(text: str, name: str) -> ast.Module:
    """Parse with the standard library; the refusal names the line and the likely cause."""
    try:
        with warnings.catch_warnings():
            # Generated regular expressions may hold escapes that Python only frowns upon.
            warnings.simplefilter("ignore", SyntaxWarning)
            return ast.parse(text)
    except SyntaxError as error:
        raise refusal(name, error.lineno, _likely_cause(text, error)) from None
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


def tree_of(text: str, name: str) -> cst.Module:
    """Parse with libcst, which keeps every blank and comment."""
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        raise refusal(
            name, error.raw_line, f"libcst can't parse this line ({error.message})."
        ) from None


def _likely_cause(text: str, error: SyntaxError) -> str:
    lines = text.splitlines()
    line = lines[error.lineno - 1] if error.lineno and error.lineno <= len(lines) else ""
    pasted = _PASTED_NAME.match(line)
    if pasted:
        what = "label" if pasted[1].startswith("label") else "sample weight column"
        return (
            f"the script isn't valid Python ({error.msg}). The likely cause: the name of the "
            f"{what} has a quote in it, which the generator doesn't escape. Escape it on this line "
            f"({line.strip()}) and run the command again."
        )
    shown = line.strip()[:120]
    return (
        f"the script isn't valid Python ({error.msg}): {shown}. "
        "Check that the file was downloaded whole, or mend this line and run the command again."
    )
