"""Keep models that live in a worker process to one thread.

Environment variables don't reach LightGBM and XGBoost, which carry their own thread count.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

_DEPTH = 12


def single_threaded(thing: Any) -> None:
    """Set every thread count inside an object to 1, in place; only for a process's own copy."""
    _walk(thing, set(), _DEPTH)


def _walk(thing: Any, seen: set[int], depth: int) -> None:
    if depth == 0 or id(thing) in seen:
        return
    seen.add(id(thing))
    for part in _parts(thing):
        _walk(part, seen, depth - 1)
    if isinstance(getattr(thing, "n_jobs", None), int):
        thing.n_jobs = 1
    if hasattr(thing, "get_booster"):
        # XGBoost keeps the count in the booster too. An ensemble also holds the estimators it
        # cloned, which have none; both errors that say so are ValueErrors.
        with suppress(ValueError):
            thing.get_booster().set_param({"nthread": 1})


def _parts(thing: Any) -> list[Any]:
    if isinstance(thing, (list, tuple)):
        return list(thing)
    if isinstance(thing, dict):
        return list(thing.values())
    state = getattr(thing, "__dict__", None)
    return list(state.values()) if isinstance(state, dict) and not isinstance(thing, type) else []
