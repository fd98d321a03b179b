"""Say what is about to be loaded, and ask for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from codegen_fi.cli import _console
from codegen_fi.errors import UsageError

if TYPE_CHECKING:
    from codegen_fi.sources.models import Model

_MOST_SHOWN = 12
_MEBIBYTE = 2**20


def agreed(model: Model, environment: str, *, yes: bool) -> bool:
    """Show what is about to be loaded and return whether to load it.

    Raises
    ------
    UsageError
        Nobody is there to ask, and `yes` isn't set.
    """
    for line in _lines(model, environment):
        _console.say(line)
    for line in _warnings(model):
        _console.warn(line)
    if yes:
        return True
    if sys.stdin.isatty() and sys.stderr.isatty():
        return click.confirm("Load it?", default=False, err=True)
    raise UsageError(
        "Loading a model runs the code that its file names, so nothing was loaded. If you trust "
        f"where {_console.clean(model.place.path.name)} comes from, say so with --yes."
    )


def _lines(model: Model, environment: str) -> list[str]:
    size = f"{model.size:,} bytes"
    if model.size > _MEBIBYTE:
        size += f" ({model.size / _MEBIBYTE:,.1f} MB)"
    packages = ", ".join(f"{name} ({count})" for name, count in model.packages.items())
    written = ", ".join(model.names.sklearn)
    return [
        "About to load a model, which runs the code that its file names:",
        f"  from    {model.where}",
        f"  size    {size}, sha256 {model.sha256}",
        f"  format  {model.kind}" + (f", with scikit-learn {written}" if written else ""),
        f"  names   {packages or 'none'}",
        f"  where   a process of its own, {environment}",
    ]


def _warnings(model: Model) -> list[str]:
    found = []
    unusual = model.unusual
    if unusual:
        rest = len(unusual) - _MOST_SHOWN
        more = f" and {rest} more" if rest > 0 else ""
        found.append(
            f"it names what ordinary models don't: {', '.join(unusual[:_MOST_SHOWN])}{more}"
        )
    if model.names.unread:
        found.append(f"the names may not be all: {model.names.unread}")
    return [*found, *model.doubts]
