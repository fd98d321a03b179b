"""Options that say where a run is and how to get there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import click

from codegen_fi.cli import _options
from codegen_fi.workflow import Connection

F = TypeVar("F", bound=Callable[..., Any])

_CREDENTIALS = (
    "default",
    "cli",
    "service-principal",
    "managed-identity",
    "device-code",
    "interactive",
)
_SHORTEST, _LONGEST = 1.0, 86_400.0


def _seconds(value: str | float) -> float:
    """Return a time to wait that ends; click's own range lets NaN pass and lengthens the help."""
    try:
        seconds = float(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a number of seconds.") from None
    if not _SHORTEST <= seconds <= _LONGEST:
        raise click.BadParameter(f"{value} is not from {_SHORTEST:g} to {_LONGEST:g} seconds.")
    return seconds


_TIMEOUT = click.option(
    "--timeout",
    type=_seconds,
    default=60.0,
    metavar="SECONDS",
    help="Longest wait for an answer.  [default: 60]",
)
_WORKSPACE = (
    click.option(
        "--workspace",
        metavar="NAME",
        help="Azure ML workspace, or its whole resource id.  [default: config.json]",
    ),
    click.option("--resource-group", metavar="NAME", help="Resource group of the workspace."),
    click.option("--subscription-id", metavar="ID", help="Subscription of the workspace."),
    click.option(
        "--config",
        type=_options.PATH,
        metavar="FILE",
        help="config.json of the workspace.  [default: searched from here upwards]",
    ),
    click.option(
        "--credential",
        type=click.Choice(_CREDENTIALS),
        default="default",
        show_default=True,
        help="How to sign in to Azure.",
    ),
    click.option("--tenant", metavar="ID", help="Azure tenant to sign in to."),
)
_SDK = click.option(
    "--sdk",
    type=click.Choice(["v2", "v1"]),
    default=None,
    help="Client of azureml: runs: azure-ai-ml (v2) or azureml-core (v1).  [default: v2]",
)
_TRACKING = click.option(
    "--tracking-uri",
    metavar="URI",
    help="Store of mlflow: runs: a folder, sqlite:///FILE, http://HOST, azureml://...",
)
_NAMES = {f.name for f in fields(Connection)}


def azure(command: F) -> F:
    """Add the options of a workspace."""
    return _add(command, (*_WORKSPACE, _TIMEOUT))


def service(command: F) -> F:
    """Add the options of a run, whichever service it is in."""
    return _add(command, (_TRACKING, *_WORKSPACE, _SDK, _TIMEOUT))


def taken(options: dict[str, Any]) -> Connection:
    """Take the options of a connection out of all options of a command."""
    return Connection(**{name: options.pop(name) for name in tuple(options) if name in _NAMES})


def _add(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command
