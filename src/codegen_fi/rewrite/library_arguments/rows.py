"""What a row of the tables says: one fact about one argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codegen_fi.model.values import Expression, Value

Fits = Callable[[Value], bool]


def is_set(value: Value) -> bool:
    """Fit a value that is certainly another one than None."""
    return value is not None and not isinstance(value, Expression)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact about one argument.

    Attributes
    ----------
    package, classes, argument
        What it is an argument of; an empty ``classes`` means every class of the package.
    fits
        Tells by the value whether this row speaks of it.
    becomes
        ``name=value`` texts that stand in its place; empty to leave it out.  ``name={}`` keeps
        the value, ``name=tuple`` makes a tuple of a list.
    since
        The release that deprecated, removed or renamed it.
    why
        One sentence for the reviewer.
    source
        Where the fact is documented.
    behaviour
        What is different afterwards; None when nothing is.
    wrap
        ``module:Class`` that the estimator is put into; None to leave it bare.
    instead
        ``module:Class`` that is called in place of the estimator's; None to leave it.
    beside
        Another argument that has to be given as well; None for no condition.
    beside_fits
        Tells by the value of that other argument whether the row holds.
    is_new
        True for an argument or a value that releases before ``since`` don't know.
    """

    package: str
    classes: frozenset[str]
    argument: str
    fits: Fits
    becomes: tuple[str, ...]
    since: str
    why: str
    source: str
    behaviour: str | None = None
    wrap: str | None = None
    instead: str | None = None
    beside: str | None = None
    beside_fits: Fits = is_set
    is_new: bool = False

    @property
    def release(self) -> tuple[int, int]:
        """The release of ``since``, for comparing."""
        major, minor = self.since.split()[-1].split(".")[:2]
        return int(major), int(minor)


def is_one_of(*values: object) -> Fits:
    """Return a test for these values and no others: True isn't 1."""
    return lambda value: any(value is v or (type(value) is type(v) and value == v) for v in values)


def is_anything(_: Value) -> bool:
    """Fit every value."""
    return True


def is_list(value: Value) -> bool:
    """Fit a list display."""
    return isinstance(value, tuple)
