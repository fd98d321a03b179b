"""The commands in the README are commands, with options that they take."""

import importlib
import re
import shlex
from pathlib import Path

import click
import pytest

from codegen_fi.cli._help import COMMANDS

README = Path(__file__).resolve().parents[2] / "README.md"
_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"\s{2,}\S.*$|\s#.*$")


def _lines() -> list[str]:
    blocks = _BLOCK.findall(README.read_text(encoding="utf-8"))
    found = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`(codegen-fi [^`\n]+)`", README.read_text(encoding="utf-8"))
    return [_COMMENT.sub("", t) for t in (*found, *inline) if t.startswith("codegen-fi ")]


def _command(name: str) -> click.Command:
    command = importlib.import_module(f"codegen_fi.cli.{name}").command
    assert isinstance(command, click.Command)
    return command


@pytest.mark.parametrize("line", _lines())
def test_a_line_of_the_readme_could_be_typed(line: str) -> None:
    _, name, *rest = shlex.split(line)
    command = _command(name)
    known = {option for parameter in command.params for option in parameter.opts}
    given = {word.partition("=")[0] for word in rest if word.startswith("--")}
    assert given <= known
    needed = {p.opts[0] for p in command.params if p.required and isinstance(p, click.Option)}
    # A bare name is how the text speaks of a command.
    assert not rest or needed <= given


def test_every_command_is_in_the_readme() -> None:
    named = {shlex.split(line)[1] for line in _lines()} | {"demo"}
    text = README.read_text(encoding="utf-8")
    assert {name for name in COMMANDS if name not in named} == set()
    assert "make demo" in text
