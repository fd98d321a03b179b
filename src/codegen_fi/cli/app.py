"""The commands by name, each loaded when it is used, and what each kind of failure ends with."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from codegen_fi import __version__
from codegen_fi.cli._help import ABOUT, ASKS_HELP, COMMANDS
from codegen_fi.errors import BUG, DONE, CodegenFiError

INTERRUPTED = 130
_PIPE_CLOSED = 141
_TERMINATED = 143


class _Terminated(KeyboardInterrupt):
    """SIGTERM, to be left by in the same way as Ctrl-C."""


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
        with _tidy_end():
            code = app.main(list(arguments), prog_name="codegen-fi", standalone_mode=False)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        click.echo(_shown(said.getvalue()), nl=False, err=True)
        return error.exit_code
    except CodegenFiError as error:
        click.echo(f"error: {_shown(str(error))}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        return _interrupted(error)
    except BrokenPipeError:
        # Whoever read the output has enough; the interpreter must not flush it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except Exception:  # noqa: BLE001 - whatever else it is, it is a bug
        return _bug()
    return code if isinstance(code, int) else DONE


@contextmanager
def _tidy_end() -> Iterator[None]:
    """Let SIGTERM in the ``with`` block unwind it, so that no file or process is left behind."""
    ours = threading.current_thread() is threading.main_thread() and os.name != "nt"
    # Whoever started the tool may have other plans for the signal.
    if not ours or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(number: int, frame: object) -> NoReturn:
    # A supervisor sends it to the process and to its group: the second must not stop the clean-up.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise _Terminated


def _interrupted(error: BaseException) -> int:
    # The command line library raises an error of its own from the interrupt.
    terminated = isinstance(error.__cause__ or error, _Terminated)
    click.echo("terminated" if terminated else "interrupted", err=True)
    return _TERMINATED if terminated else INTERRUPTED


def _shown(text: str) -> str:
    """Write out what a name would do to the terminal."""
    from codegen_fi.cli._console import clean_lines

    return clean_lines(text)


def _bug() -> int:
    import traceback

    click.echo(_shown(traceback.format_exc()), nl=False, err=True)
    click.echo(
        f"\nThis is a bug in codegen-fi {__version__}: please report it with the lines above.",
        err=True,
    )
    return BUG
