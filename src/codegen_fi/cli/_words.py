"""Options that take one word or several: ``--importance auto,shap`` and ``--importance auto shap``.

``train.py`` takes its methods with blanks between them, lists of rules have commas; nobody should
have to remember which of the commands wants what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

_TOO_MANY = "Got unexpected extra argument"


class Words(click.Option):
    """An option that may be repeated, and whose words may follow each other.

    A word is taken for a value only when it is one of `known`, so that a path behind the option
    stays a path; a path of such a name is written with its folder: ``./shap``.

    Parameters
    ----------
    known
        The words it may be followed by.
    """

    def __init__(self, *names: Any, known: Sequence[str], **settings: Any) -> None:
        super().__init__(*names, **{**settings, "multiple": True})
        self.known = tuple(known)


class Command(click.Command):
    """A command with options of several words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat such an option for each of its words, then read the line as ever."""
        options = {o: p for p in self.params if isinstance(p, Words) for o in p.opts}
        known = {name: option.known for name, option in options.items()}
        try:
            return super().parse_args(ctx, list(_repeated(args, known)))
        except click.UsageError as error:
            named = [arg.partition("=")[0] for arg in args]
            stray = next((name for name in named if name in known), None)
            if stray is None or not error.message.startswith(_TOO_MANY):
                raise
            more = f"{stray} takes {', '.join(known[stray])}."
            raise click.UsageError(f"{error.message}. {more}", ctx) from error


def _repeated(args: Sequence[str], known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    waiting, current = "", ""
    for number, arg in enumerate(args):
        name, equals, value = arg.partition("=")
        if waiting:
            yield from _split(waiting, arg)
            waiting, current = "", waiting
        elif arg == "--":
            yield from args[number:]
            return
        elif arg in known:
            waiting = arg
        elif equals and name in known:
            yield from _split(name, value)
            current = name
        elif current and set(arg.split(",")) <= set(known[current]):
            yield from _split(current, arg)
        else:
            current = ""
            yield arg
    if waiting:
        yield waiting


def _split(name: str, value: str) -> Iterator[str]:
    for word in value.split(","):
        yield from (name, word.strip())
