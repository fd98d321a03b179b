"""Recognise a class without importing its package.

Module paths move between versions, top-level package and class name don't; and an import of
every package that could be meant would make each of them a requirement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Table:
    """What to do with which class.

    Attributes
    ----------
    by_package : mapping of (str, str) to anything
        Keyed by top-level package and class name.
    by_name : mapping of str to anything
        Keyed by class name alone: classes that exist under several packages, the original
        and the stand-ins, which behave alike.
    """

    by_package: Mapping[tuple[str, str], Any]
    by_name: Mapping[str, Any] = field(default_factory=dict)

    def find(self, thing: Any) -> Any:
        """Look a thing's class up, then its bases in the order of inheritance; None if unknown."""
        for cls in type(thing).__mro__:
            package = cls.__module__.partition(".")[0]
            found = self.by_package.get((package, cls.__name__), self.by_name.get(cls.__name__))
            if found is not None:
                return found
        return None

    def of_class(self, thing: Any) -> Any:
        """Look up a thing's own class only, whose methods no other class has replaced."""
        cls = type(thing)
        package = cls.__module__.partition(".")[0]
        return self.by_package.get((package, cls.__name__), self.by_name.get(cls.__name__))
