"""Which score an importance is a drop of."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from .compat import scorer_names

if TYPE_CHECKING:
    from collections.abc import Callable

CLASSIFICATION = "classification"
REGRESSION = "regression"
DEFAULTS = {CLASSIFICATION: "accuracy", REGRESSION: "r2"}

# Primary metrics of Azure AutoML whose scikit-learn name shares few letters with them.
_AZURE_NAMES = {
    "auc_weighted": "roc_auc_ovr_weighted",
    "auc_macro": "roc_auc_ovr",
    "average_precision_score_weighted": "average_precision",
    "norm_macro_recall": "balanced_accuracy",
    "precision_score_weighted": "precision_weighted",
    "log_loss": "neg_log_loss",
    "r2_score": "r2",
    "normalized_root_mean_squared_error": "neg_root_mean_squared_error",
    "normalized_mean_absolute_error": "neg_mean_absolute_error",
    "root_mean_squared_error": "neg_root_mean_squared_error",
}


def task_of(model: Any, task: str | None = None) -> str:
    """Tell classification from regression by what the caller says, else by the fitted model.

    Raises
    ------
    ValueError
        When `task` is neither of the two.
    """
    if task is not None:
        if task not in DEFAULTS:
            raise ValueError(f"task must be one of {', '.join(DEFAULTS)}, got {task!r}")
        return task
    if getattr(model, "classes_", None) is not None:
        return CLASSIFICATION
    from sklearn.base import is_classifier

    return CLASSIFICATION if is_classifier(model) else REGRESSION


def scorer_for(scoring: str | None, task: str) -> tuple[str, Callable[..., float]]:
    """Find scikit-learn's scorer of a name; accuracy or R2 when none is named.

    Raises
    ------
    ValueError
        When scikit-learn has no scorer of that name; the message offers near ones.
    """
    from sklearn.metrics import get_scorer

    name = DEFAULTS[task] if scoring is None else scoring
    known = scorer_names()
    if name not in known:
        raise ValueError(_unknown(name, known))
    scorer: Callable[..., float] = get_scorer(name)
    return name, scorer


def _unknown(name: str, known: list[str]) -> str:
    azure = _AZURE_NAMES.get(str(name).lower())
    near = [azure] if azure else difflib.get_close_matches(str(name), known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(known)}"
    return f"scikit-learn has no scorer named {name!r}; {hint}"
