"""AutoML's metrics, in the shape scikit-learn's searches ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, is_regressor

from ..score.scoring import LOWER_IS_BETTER, score_classification, score_regression


class Scorer(BaseEstimator):  # type: ignore[misc]
    """Score a fitted model by a metric of AutoML; higher is better.

    Metrics of error (log loss, root mean squared error ...) are negated, as scikit-learn does,
    because a search maximises.

    Parameters
    ----------
    metric : str
        A scalar metric, for instance ``"AUC_weighted"`` or ``"r2_score"``.
    """

    def __init__(self, metric: str) -> None:
        self.metric = metric

    def __call__(self, estimator: Any, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Score.

        Parameters
        ----------
        estimator : fitted classifier with predict_proba, or regressor
        X : table, (n, columns)
        y : array, (n,)
        sample_weight : array, (n,), optional

        Returns
        -------
        float
            NaN where the metric is undefined, such as an AUC over rows of one class.
        """
        measure = _regression if is_regressor(estimator) else _classification
        value = measure(self.metric, estimator, X, np.asarray(y), sample_weight)
        return -value if self.metric in LOWER_IS_BETTER else value


def _classification(metric: str, model: Any, X: Any, y: Any, weight: Any) -> float:
    labels = model.classes_
    probabilities = np.asarray(model.predict_proba(X))
    scores = score_classification(y, probabilities, [metric], labels, labels, sample_weight=weight)
    return float(scores[metric])


def _regression(metric: str, model: Any, X: Any, y: Any, weight: Any) -> float:
    scores = score_regression(y, model.predict(X), [metric], sample_weight=weight)
    return float(scores[metric])
