"""What the doctor finds, as records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

State: TypeAlias = Literal["ok", "no", "warning"]
PACKAGES: Final = "packages"
LIVE: Final = "live check"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    area
        What it belongs to.
    found
        What is there, in words.
    fix
        What to do about it; empty when nothing is to be done or `found` says it.
    """

    area: str
    name: str
    state: State
    found: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All checks, in the order to show them."""

    checks: tuple[Check, ...]

    @property
    def core_works(self) -> bool:
        """Whether all that is needed without a service is there."""
        return not self._fails(PACKAGES)

    @property
    def reached(self) -> bool:
        """Whether the service answered, or wasn't asked."""
        return not self._fails(LIVE)

    def _fails(self, area: str) -> bool:
        return any(check.area == area and check.state == "no" for check in self.checks)
