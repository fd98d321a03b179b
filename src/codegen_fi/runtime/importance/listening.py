"""Hear what the estimators inside a model say while the model predicts."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from .responses import RESPONSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Heard = dict[int, dict[str, Any]]


@contextmanager
def listening(estimators: Sequence[Any], methods: Sequence[str] = RESPONSES) -> Iterator[Heard]:
    """Keep the answers of estimators for as long as this is open.

    Parameters
    ----------
    estimators : sequence of fitted estimators
        Each gets functions of its own in front of its methods, which go again.
    methods : sequence of str

    Yields
    ------
    dict of int to dict of str to array
        The last answers by the estimator's `id` and the name of the method.
    """
    heard: Heard = {id(estimator): {} for estimator in estimators}
    placed: list[tuple[Any, str]] = []
    try:
        for estimator in estimators:
            for name in methods:
                if name in getattr(estimator, "__dict__", ()) or not hasattr(estimator, name):
                    continue
                with suppress(AttributeError):
                    setattr(estimator, name, _kept(getattr(estimator, name), heard, estimator))
                    placed.append((estimator, name))
        yield heard
    finally:
        for estimator, name in placed:
            delattr(estimator, name)


def _kept(method: Callable[..., Any], heard: Heard, estimator: Any) -> Callable[..., Any]:
    name, answers = method.__name__, heard[id(estimator)]

    def answer(*given: Any, **options: Any) -> Any:
        answers[name] = method(*given, **options)
        return answers[name]

    # Scorers know a response by its name.
    answer.__name__ = name
    return answer
