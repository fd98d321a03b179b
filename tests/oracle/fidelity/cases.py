"""A case on the two sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from packaging.version import Version

from fidelity.store import Kept


@dataclass(frozen=True, slots=True)
class Case:
    """A case on the two sides, with the releases of the libraries there."""

    lane: str
    name: str
    official: Kept
    portable: Kept
    releases: Mapping[str, tuple[Version, Version]]

    @property
    def estimators(self) -> list[str]:
        found = [kept.facts["estimator"] for kept in (self.official, self.portable)]
        return sorted({name for e in found for name in [e["class"], *e["members"]]})

    @property
    def before(self) -> set[str]:
        """Classes of the steps before the estimators."""
        found = (self.official, self.portable)
        return {name for kept in found for name in kept.facts["estimator"]["before"]}

    def members(self, number: int) -> list[str]:
        """Class names of an ensemble's n-th member on the two sides."""
        found = [kept.facts["estimator"]["members"] for kept in (self.official, self.portable)]
        return sorted({names[number] for names in found if number < len(names)})
