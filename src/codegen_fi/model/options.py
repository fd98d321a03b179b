"""What the user asks of a rewriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Runtime: TypeAlias = Literal["portable", "azureml"]
RUNTIMES: Final[tuple[Runtime, ...]] = ("portable", "azureml")


@dataclass(frozen=True, slots=True)
class Options:
    """What a script is rewritten for.

    Attributes
    ----------
    runtime
        ``portable``: open-source packages only.  ``azureml``: the official packages stay.
    scoring
        Metric the importances are drops of unless the user says otherwise; None for the default
        of the task.  The script doesn't say: its run does.
    rules
        Ids of the only rules to apply; None for all that are on by default.
    skip
        Ids of rules to leave out.
    fixes
        Names of repairs that change the model; off unless asked for.
    """

    runtime: Runtime = "portable"
    scoring: str | None = None
    rules: frozenset[str] | None = None
    skip: frozenset[str] = frozenset()
    fixes: frozenset[str] = frozenset()
