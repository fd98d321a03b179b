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

# Metrics of Azure AutoML, in lower case, and the scorer of scikit-learn that ranks models alike.
# Some are the same up to a factor (normalized errors, norm_macro_recall), so that shares agree.
AZURE_NAMES = {
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced_accuracy",
    "auc_weighted": "roc_auc_ovr_weighted",
    "auc_macro": "roc_auc_ovr",
    "average_precision_score_weighted": "average_precision",
    "average_precision_score_macro": "average_precision",
    "norm_macro_recall": "balanced_accuracy",
    "precision_score_weighted": "precision_weighted",
    "precision_score_macro": "precision_macro",
    "recall_score_weighted": "recall_weighted",
    "recall_score_macro": "recall_macro",
    "f1_score_weighted": "f1_weighted",
    "f1_score_macro": "f1_macro",
    "log_loss": "neg_log_loss",
    "r2_score": "r2",
    "normalized_root_mean_squared_error": "neg_root_mean_squared_error",
    "normalized_mean_absolute_error": "neg_mean_absolute_error",
    "normalized_root_mean_squared_log_error": "neg_root_mean_squared_log_error",
    "root_mean_squared_error": "neg_root_mean_squared_error",
    "root_mean_squared_log_error": "neg_root_mean_squared_log_error",
    "mean_absolute_error": "neg_mean_absolute_error",
    "explained_variance": "explained_variance",
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
    """Find scikit-learn's scorer of a name, its own or AutoML's; accuracy or R2 without a name.

    Raises
    ------
    ValueError
        When scikit-learn has no scorer of that name; the message offers near ones.
    """
    from sklearn.metrics import get_scorer

    name = DEFAULTS[task] if scoring is None else scoring
    known = scorer_names()
    if name not in known:
        name = AZURE_NAMES.get(name.lower(), name)
    if name not in known:
        raise ValueError(_unknown(name, known))
    scorer: Callable[..., float] = get_scorer(name)
    return name, scorer


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(known)}"
    return f"scikit-learn has no scorer named {name!r}; {hint}"
