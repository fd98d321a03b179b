"""The command line."""

from __future__ import annotations

import sys

from codegen_fi.cli import _help


def main() -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:]
    if len(arguments) == 1 and arguments[0] in _help.ASKS_HELP:
        sys.stdout.write(_help.text())
        return
    from codegen_fi.cli.app import run

    sys.exit(run(arguments))
