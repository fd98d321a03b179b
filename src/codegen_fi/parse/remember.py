"""Facts about a script that several rules ask for, found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Key = TypeVar("Key")
Fact = TypeVar("Fact")


def remembered(find: Callable[[Key], Fact]) -> Callable[[Key], Fact]:
    """Keep what a function of a script returns for as long as the script is in use."""
    facts: WeakKeyDictionary[Key, Fact] = WeakKeyDictionary()

    @wraps(find)
    def look_up(key: Key) -> Fact:
        if key not in facts:
            facts[key] = find(key)
        return facts[key]

    return look_up
