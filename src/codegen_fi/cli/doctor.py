"""``codegen-fi doctor``."""

from __future__ import annotations

from typing import Any, Final

import click

from codegen_fi.cli import _connection, _console, _options
from codegen_fi.cli._doctor_table import print_diagnosis
from codegen_fi.errors import DONE, CodegenFiError, SourceError
from codegen_fi.workflow import Connection, Steps
from codegen_fi.workflow.doctor import doctor

# Alone it means the workspace of config.json.
_WORKSPACE: Final = click.Option(
    ["--workspace"],
    is_flag=False,
    flag_value="",
    metavar="[NAME]",
    help="Sign in to this workspace and look it up.  [without NAME: the one of config.json]",
)


@click.command("doctor")
@_options.form
@_connection.service
def command(form: str, workspace: str | None, **options: Any) -> int:
    """Tell what will work here, and how to repair what won't.

    Nothing is asked of the network unless a workspace or a store is named.

    \b
    Examples:
      codegen-fi doctor
      codegen-fi doctor --workspace
      codegen-fi doctor --tracking-uri http://127.0.0.1:5000

    Ends with 1 when a package of the core is missing, with 4 when the service isn't reached.
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    connection = Connection(workspace=workspace or None, **options)
    if connection.tracking_uri and workspace is not None:
        raise click.UsageError("Give --workspace or --tracking-uri, not both.")
    asked = workspace is not None or connection != Connection(timeout=connection.timeout)
    diagnosis = doctor(connection if asked else None, Steps(tell=_tell))
    if form == "json":
        _console.print_json(
            {
                "core_works": diagnosis.core_works,
                "reached": diagnosis.reached if asked else None,
                "checks": diagnosis.checks,
            }
        )
    else:
        print_diagnosis(diagnosis)
    if not diagnosis.core_works:
        return CodegenFiError.exit_code
    return DONE if diagnosis.reached else SourceError.exit_code


def _tell(line: str) -> None:
    # Not through rich, which may be the package that is missing.
    click.echo(_console.clean(line), err=True)


command.params = [_WORKSPACE if p.name == _WORKSPACE.name else p for p in command.params]
