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
_TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=1),
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


def connection(**options: Any) -> Connection:
    """Turn the options of the command line into a record."""
    return Connection(**options)


def _add(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command
