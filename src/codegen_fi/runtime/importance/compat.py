"""What newer Pythons and libraries offer and older ones lack, each with what ends it."""

from __future__ import annotations

import inspect
import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

A = TypeVar("A")
B = TypeVar("B")

_PACKAGES = (
    "numpy",
    "pandas",
    "scipy",
    "sklearn",
    "joblib",
    "lightgbm",
    "xgboost",
    "shap",
    "matplotlib",
)


def pairs(left: Sequence[A], right: Sequence[B]) -> Iterator[tuple[A, B]]:
    """Pair two sequences of one length; `zip(strict=True)` replaces it from Python 3.10 on.

    Raises
    ------
    ValueError
        When the lengths differ.
    """
    if len(left) != len(right):
        raise ValueError(f"{len(left)} values on one side, {len(right)} on the other")
    return zip(left, right)  # noqa: B905


def scorer_names() -> list[str]:
    """All names scikit-learn scores by; `get_scorer_names` is there from scikit-learn 1.0 on."""
    metrics = import_module("sklearn.metrics")
    if hasattr(metrics, "get_scorer_names"):
        return sorted(metrics.get_scorer_names())
    return sorted(metrics.SCORERS)


def as_they_come() -> dict[str, str]:
    """Ask joblib to hand results over one by one, which it can from 1.3 on."""
    from joblib import Parallel

    known = "return_as" in inspect.signature(Parallel.__init__).parameters
    return {"return_as": "generator"} if known else {}


def booster_width(booster: Any) -> int:
    """Count the columns of an XGBoost booster; `num_features` is there from XGBoost 1.4 on."""
    if hasattr(booster, "num_features"):
        return int(booster.num_features())
    learner = json.loads(booster.save_config())["learner"]
    return int(learner["learner_model_param"]["num_feature"])


def package_versions() -> dict[str, str]:
    """Versions of Python and of the packages that took part, as far as they are loaded."""
    versions = {"python": ".".join(str(part) for part in sys.version_info[:3])}
    for name in _PACKAGES:
        module: Any = sys.modules.get(name)
        if module is not None and hasattr(module, "__version__"):
            versions[name] = str(module.__version__)
    return versions
