"""Print what a rewriting changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from codegen_fi.cli import _console
from codegen_fi.workflow import Written

_MOST_FILES = 12
_RUNTIME_FOLDER = "codegen_fi_runtime/"


def print_outcome(script: str, written: Written, check: bool) -> None:
    """Print what was written, or what would be."""
    if written.rewritten.already:
        _console.say(
            f"{script} was rewritten before: nothing to change, nothing written. "
            "To write it anew, rewrite the original script.py."
        )
        return
    if check and written.folder is not None:
        _print_state(written)
        return
    _print_rules(written)
    print_warnings(written)
    if check:
        changes = written.rewritten.changes
        rules = len({change.rule for change in changes})
        _console.say(f"{script} would change: {len(changes)} edits by {rules} rules.")
    else:
        text = f"Wrote {len(written.files)} files to {_console.clean(written.folder)}"
        _console.out().print(text, soft_wrap=True)


def _print_state(written: Written) -> None:
    """Say whether a folder is what would be written."""
    print_warnings(written)
    if written.written_with is not None:
        given = ", ".join(f"{k} {_words(v)}" for k, v in written.written_with.items())
        _console.say(f"{written.folder} was written with other options: {given}")
    if len(written.stale) == len(written.files):
        _console.say(f"{written.folder} holds none of the {len(written.files)} files to be written")
    elif written.stale:
        # A new version of the tool changes many files of the runtime; those of the script count.
        named = sorted(written.stale, key=lambda name: name.startswith(_RUNTIME_FOLDER))
        more = len(named) - _MOST_FILES
        listed = ", ".join(named[:_MOST_FILES]) + (f" and {more} more" if more > 0 else "")
        _console.say(f"{written.folder} differs in: {listed}")
    else:
        _console.say(f"{written.folder} is up to date")


def _print_rules(written: Written) -> None:
    """Print a row for each rule and reason; a person reads the rule once, a program in each row."""
    counts: dict[str, Counter[str]] = {}
    for change in written.rewritten.changes:
        counts.setdefault(change.rule, Counter())[change.why] += 1
    table = _console.new_table(
        ("rule", {"no_wrap": True}), ("edits", {"justify": "right"}), ("why", {})
    )
    for rule, reasons in counts.items():
        for number, (why, count) in enumerate(reasons.items()):
            is_repeated = number > 0 and _console.out().is_terminal
            table.add_row("" if is_repeated else rule, str(count), _console.clean(why))
    _console.out().print(table)


def print_warnings(written: Written) -> None:
    """Print what the user should know about the script."""
    for warning in written.rewritten.warnings:
        _console.warn((f"line {warning.line}: " if warning.line else "") + warning.message)


def record(script: str, written: Written, check: bool) -> dict[str, Any]:
    """Return the outcome for programs."""
    rewritten = written.rewritten
    return {
        "script": script,
        "folder": None if written.folder is None else str(written.folder),
        "checked_only": check,
        "already_rewritten": rewritten.already,
        "would_change": written.would_change,
        "changes": rewritten.changes,
        "warnings": rewritten.warnings,
        "requirements": rewritten.requirements,
        "files": written.files,
        "differing_files": written.stale,
    }


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) and value else str(value or "none")
