"""An example of each rule, before and after; the tests run the same files as cases."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Final

from codegen_fi import __version__

BECOMES: Final = "# --- becomes\n"
WITH: Final = "# --- with "


@dataclass(frozen=True, slots=True)
class Example:
    """A small source that a rule changes, and why it is shown."""

    why: str
    before: str
    after: str


def examples_of(rule: str) -> tuple[Example, ...]:
    """Return the examples of a rule: ``<id>.txt``, then ``<id>.<word>.txt`` by name."""
    files = sorted(
        (file for file in resources.files(__name__).iterdir() if _rule_of(file.name) == rule),
        key=lambda file: (file.name != f"{rule}.txt", file.name),
    )
    return tuple(_example(file.read_text(encoding="utf-8")) for file in files)


def _rule_of(name: str) -> str | None:
    return name.partition(".")[0] if name.endswith(".txt") else None


def _example(text: str) -> Example:
    why, _, rest = text.partition("\n")
    if rest.startswith(WITH):
        rest = rest.partition("\n")[2]
    before, _, after = rest.partition(BECOMES)
    return Example(why.removeprefix("# "), before, after.replace("{version}", __version__))
