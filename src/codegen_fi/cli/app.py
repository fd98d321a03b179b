"""The commands by name, each loaded when it is used, and what each kind of failure ends with."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from codegen_fi import __version__
from codegen_fi.cli._help import ABOUT, ASKS_HELP, COMMANDS
from codegen_fi.errors import BUG, DONE, CodegenFiError

INTERRUPTED = 130
_PIPE_CLOSED = 141


class _Lazy(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"codegen_fi.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Lazy, help=ABOUT, context_settings={"help_option_names": list(ASKS_HELP)})
@click.version_option(__version__, "--version", prog_name="codegen-fi")
def app() -> None:
    """Hold the commands together."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        code = app.main(list(arguments), prog_name="codegen-fi", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CodegenFiError as error:
        click.echo(f"error: {error}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough; the interpreter must not flush it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except Exception:  # noqa: BLE001 - whatever else it is, it is a bug
        return _bug()
    return code if isinstance(code, int) else DONE


def _bug() -> int:
    import traceback

    traceback.print_exc()
    click.echo(
        f"\nThis is a bug in codegen-fi {__version__}: please report it with the lines above.",
        err=True,
    )
    return BUG
