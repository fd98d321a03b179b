"""Which score an importance is a drop of; higher is better for every one of them."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from . import azure_classification, azure_regression
from .compat import scorer_names
from .responses import Answering

if TYPE_CHECKING:
    from collections.abc import Callable

CLASSIFICATION = "classification"
REGRESSION = "regression"
DEFAULTS = {CLASSIFICATION: "accuracy", REGRESSION: "r2"}

AZURE_NAMES = (*azure_classification.METRICS, *azure_regression.METRICS)
"""Metrics of Azure AutoML, in lower case."""

_LOWER_IS_BETTER = (*azure_classification.LOWER_IS_BETTER, *azure_regression.LOWER_IS_BETTER)


class AzureScorer:
    """Scores by a metric of AutoML, its sign turned where lower is better.

    Parameters
    ----------
    name : str
        One of `AZURE_NAMES`.
    bounds : (float, float), optional
        Lowest and highest value of the whole target, for normalized errors; of the scored rows
        when missing.
    tells : bool
        Whether to raise `ValueError` with the reason, where the labels give one, instead of NaN.
    """

    def __init__(
        self, name: str, bounds: tuple[float, float] | None = None, tells: bool = False
    ) -> None:
        self.name = name
        self.bounds = bounds
        self.tells = tells

    def __call__(self, model: Any, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Score a fitted model."""
        if self.name in azure_classification.METRICS:
            judged = azure_classification.judged(model, X, y, sample_weight, self.name)
            return self._told(azure_classification, judged)
        errors = azure_regression.errors(model, X, y, sample_weight, self.bounds, self.name)
        return self._told(azure_regression, errors)

    def _told(self, metrics: Any, of: Any) -> float:
        score = float(metrics.METRICS[self.name](of))
        why = metrics.undefined(self.name, of) if self.tells and np.isnan(score) else ""
        if why:
            raise ValueError(why)
        return -score if self.name in _LOWER_IS_BETTER else score


class Weighted:
    """Scores rows that don't count alike.

    Parameters
    ----------
    scorer : callable(model, X, y, sample_weight) -> float
    weights : array of shape (rows,)
    """

    def __init__(self, scorer: Callable[..., float], weights: Any) -> None:
        self.scorer = scorer
        self.weights = weights

    def __call__(self, model: Any, X: Any, y: Any) -> float:
        """Score a fitted model."""
        return self.scorer(model, X, y, sample_weight=self.weights)


class OnArrays:
    """Scores a model whose probabilities come as a table, which scikit-learn's scorers don't take.

    Parameters
    ----------
    scorer : callable(model, X, y, **options) -> float
    """

    def __init__(self, scorer: Callable[..., float]) -> None:
        self._scorer = scorer

    def __call__(self, model: Any, X: Any, y: Any, **options: Any) -> float:
        """Score a fitted model."""

        def said(name: str, rows: Any, **more: Any) -> Any:
            return np.asarray(getattr(model, name)(rows, **more))

        return self._scorer(Answering(model, said), X, y, **options)


def fitting(scorer: Callable[..., float], model: Any, X: Any) -> Callable[..., float]:
    """Hand arrays to the scorer of a model that gives tables, as official pipelines do."""
    if _of_predictions(scorer):
        return scorer
    try:
        tables = hasattr(model.predict_proba(X[:1]), "iloc")
    except Exception:  # noqa: BLE001 - whatever it is, the scorer will say so if it matters
        return scorer
    return OnArrays(scorer) if tables else scorer


def _of_predictions(scorer: Any) -> bool:
    """Tell whether a scorer asks for no probabilities; older scikit-learn says so by its class."""
    asks = getattr(scorer, "_response_method", None)
    return asks == "predict" or (asks is None and type(scorer).__name__ == "_PredictScorer")


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


def scorer_for(
    scoring: str | None, task: str, targets: tuple[Any, ...] = ()
) -> tuple[str, Callable[..., float]]:
    """Find the scorer of a name, scikit-learn's or AutoML's; accuracy or R2 without a name.

    A name that both have is scikit-learn's.

    Parameters
    ----------
    scoring : str or None
    task : {"classification", "regression"}
    targets : tuple of arrays
        All labels there are; normalized errors are divided by their range.

    Raises
    ------
    ValueError
        When nobody has a scorer of that name; the message offers near ones.
    """
    from sklearn.metrics import get_scorer

    name = DEFAULTS[task] if scoring is None else scoring
    known = scorer_names()
    if name in known:
        scorer: Callable[..., float] = get_scorer(name)
        return name, scorer
    if str(name).lower() in AZURE_NAMES:
        return name, AzureScorer(str(name).lower(), _bounds(name, targets), tells=True)
    raise ValueError(_unknown(name, [*known, *AZURE_NAMES]))


def direction(name: str) -> str:
    """Say which way a score goes; it is always better when higher."""
    azure = name not in scorer_names() and name.lower() in _LOWER_IS_BETTER
    turned = name.startswith("neg_") or azure
    return "higher is better: the error with its sign turned" if turned else "higher is better"


def _bounds(name: str, targets: tuple[Any, ...]) -> tuple[float, float] | None:
    if not targets or not str(name).lower().startswith("normalized_"):
        return None
    try:
        values = np.concatenate([np.asarray(each, dtype=float).ravel() for each in targets])
    except ValueError:
        # Labels that are no numbers; scoring them says so.
        return None
    return float(values.min()), float(values.max())


def _unknown(name: str, known: list[str]) -> str:
    # AutoML writes AUC_weighted, and takes any case.
    spelled = [re.sub("^auc_", "AUC_", each) for each in known]
    by_case = {each.lower(): each for each in spelled}
    found = difflib.get_close_matches(str(name).lower(), by_case, n=3, cutoff=0.5)
    near = " or ".join(by_case[each] for each in found)
    hint = f"did you mean {near}?" if near else f"known are: {', '.join(spelled)}"
    return f"there is no scorer named {name!r}; {hint}"
