"""What rewriting can change: the rules, and what a training needs of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi.errors import UsageError
from codegen_fi.model.options import Options

if TYPE_CHECKING:
    from codegen_fi.rewrite.examples import Example

# Without it train.py takes dataset ids, and nothing here can start it.
_STARTS: Final = "local-arguments"


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule as the user chooses it.

    Attributes
    ----------
    id
        What ``--rules`` and ``--skip`` call it.
    why
        The reason, in one sentence.
    fix
        What ``--fix`` calls it; None for a rule that is on by default.
    runtimes
        The runtimes it is for.
    needs
        Ids of the rules it builds on.
    required
        True for a rule that can't be left out.
    examples
        Small sources before and after it.
    """

    id: str
    why: str
    fix: str | None
    runtimes: tuple[str, ...]
    needs: tuple[str, ...]
    required: bool
    examples: tuple[Example, ...]


def rules(name: str | None = None) -> tuple[ListedRule, ...]:
    """Return all rules in the order they are applied, or the one with an id.

    Raises
    ------
    UsageError
        There is no rule with this id.
    """
    from codegen_fi.rewrite.examples import examples_of
    from codegen_fi.rewrite.rules import RULES

    listed = [rule for rule in RULES if name in {None, rule.name}]
    if not listed:
        known = ", ".join(rule.name for rule in RULES)
        raise UsageError(f"There is no rule {name!r}. Choose from: {known}.")
    return tuple(
        ListedRule(
            rule.name,
            rule.why,
            rule.fix,
            rule.runtimes,
            rule.needs,
            rule.required,
            examples_of(rule.name),
        )
        for rule in listed
    )


def refuse_unstartable(options: Options) -> None:
    """Refuse options whose result could be written but not trained.

    Raises
    ------
    UsageError
        Names the rule that is missing, or what is wrong with the options.
    """
    if options.rules is None and not options.skip and not options.fixes:
        return
    from codegen_fi.rewrite.selection import rules_for

    if _STARTS not in {rule.name for rule in rules_for(options)}:
        raise UsageError(
            f"A training is started through what the rule {_STARTS} writes: don't leave it out, "
            "or use codegen-fi rewrite and start train.py yourself."
        )


def refuse_started_otherwise(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse a folder whose ``train.py`` takes no table.

    Raises
    ------
    UsageError
        It was rewritten without the rule that lets it take one.
    """
    if _STARTS not in {change.get("rule") for change in manifest.get("changes", ())}:
        raise UsageError(
            f"{folder} was rewritten without the rule {_STARTS}, so its train.py takes no table. "
            "Rewrite the script with it, or start train.py yourself."
        )
