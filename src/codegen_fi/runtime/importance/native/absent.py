"""Models that say nothing of their inputs, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from .reading import Inputs

_REASONS = {
    "NeighborsBase": "it compares rows and learns no weight per column",
    "_BaseNB": "it learns a distribution per class, not a weight per column",
    "BaseHistGradientBoosting": "scikit-learn keeps no gain for it",
    "BaseMultilayerPerceptron": "its weights don't belong to single columns",
    "DummyClassifier": "it looks at no column",
    "DummyRegressor": "it looks at no column",
}


def _because(reason: str) -> Callable[..., Reading]:
    def read(model: Any, _inputs: Inputs | None, _read: Any) -> Reading:
        return Reading(None, f"{type(model).__name__} has no native importances: {reason}")

    return read


READERS = {("sklearn", name): _because(reason) for name, reason in _REASONS.items()}
