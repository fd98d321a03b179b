"""Earlier SDKs' own names for scikit-learn's classifiers, all with probabilities."""

from __future__ import annotations

import warnings
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import BernoulliNB, MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.svm import SVC, LinearSVC, NuSVC

from ._wrapper import _ClassifierWrapper
from .calibrated_model import CalibratedModel
from .sparse_scale_zero_one import SparseScaleZeroOne

_NAIVE_BAYES = {"Bernoulli": BernoulliNB, "Multinomial": MultinomialNB}
_WITH_PROBABILITIES = {"log_loss", "modified_huber"}
_LOSS_NOW = {"log": "log_loss"}


class _SupportVectors(_ClassifierWrapper):
    _defaults: ClassVar[dict[str, Any]] = {"random_state": None}
    _estimator: ClassVar[Any]

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        return self._estimator(**{**params, "probability": True})

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Build the estimator and fit it, with probabilities.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)
        sample_weight : ndarray, (n,), optional

        Returns
        -------
        Itself.
        """
        with warnings.catch_warnings():
            # The replacement that scikit-learn 1.9 recommends gives other probabilities.
            warnings.filterwarnings("ignore", "The `probability` parameter", FutureWarning)
            return super().fit(X, y, sample_weight)


class SVCWrapper(_SupportVectors):
    """``sklearn.svm.SVC`` with probabilities.

    Parameters
    ----------
    **params : any
        As of ``SVC``.

    Attributes
    ----------
    model : SVC, fitted
    classes_ : ndarray, (classes,)
    """

    _estimator = SVC


class NuSVCWrapper(_SupportVectors):
    """``sklearn.svm.NuSVC`` with probabilities.

    Parameters
    ----------
    **params : any
        As of ``NuSVC``.

    Attributes
    ----------
    model : NuSVC, fitted
    classes_ : ndarray, (classes,)
    """

    _estimator = NuSVC


class LinearSVMWrapper(_ClassifierWrapper):
    """``sklearn.svm.LinearSVC``, calibrated.

    Parameters
    ----------
    **params : any
        As of ``LinearSVC``; ``random_state`` also seeds the split of the calibration. The official
        class passes it on to neither.

    Attributes
    ----------
    model : CalibratedModel, fitted
    classes_ : ndarray, (classes,)
    """

    _defaults: ClassVar[dict[str, Any]] = {"random_state": None}

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        return CalibratedModel(LinearSVC(**params), params["random_state"])


class SGDClassifierWrapper(_ClassifierWrapper):
    """``sklearn.linear_model.SGDClassifier``, calibrated when its loss gives no probabilities.

    Parameters
    ----------
    **params : any
        As of ``SGDClassifier``; the loss may have its former name ``"log"``. ``random_state``
        also seeds the split of the calibration.

    Attributes
    ----------
    model : SGDClassifier or CalibratedModel, fitted
    classes_ : ndarray, (classes,)
    """

    _defaults: ClassVar[dict[str, Any]] = {"random_state": None, "n_jobs": 1}

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        loss = params.get("loss", "hinge")
        loss = _LOSS_NOW.get(loss, loss)
        plain = SGDClassifier(**{**params, "loss": loss})
        if loss in _WITH_PROBABILITIES:
            return plain
        return CalibratedModel(plain, params["random_state"])


class NBWrapper(_ClassifierWrapper):
    """One of scikit-learn's naive Bayes classifiers, behind a scaler where a number is negative.

    The scaler takes each column from zero up to the largest number of all, in a sparse matrix up
    to one. The official class refuses sample weights there; here they are the classifier's.

    Parameters
    ----------
    model : {"Bernoulli", "Multinomial"}
    **params : any
        As of ``BernoulliNB`` or ``MultinomialNB``.

    Attributes
    ----------
    model : BernoulliNB, MultinomialNB or a Pipeline with one, fitted
    classes_ : ndarray, (classes,)

    Raises
    ------
    ValueError
        ``model`` has another name.
    """

    def __init__(self, model: str, **params: Any) -> None:
        super().__init__(**params)
        if model not in _NAIVE_BAYES:
            raise ValueError(f"NBWrapper knows the models {', '.join(_NAIVE_BAYES)}, not {model}.")
        self._params = {"model": model, **self._params}

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        own = {name: value for name, value in params.items() if name != "model"}
        bayes = _NAIVE_BAYES[params["model"]](**own)
        stored = _numbers(X)
        if not (stored < 0).any():
            return bayes
        largest = stored.max(initial=0.0)
        scaler = SparseScaleZeroOne() if issparse(X) else MinMaxScaler(feature_range=(0, largest))
        return Pipeline([("MinMax scaler", scaler), (type(bayes).__name__, bayes)])


def _numbers(X: Any) -> NDArray[np.float64]:
    """Give the numbers of a table; none where it holds anything else, which the model refuses."""
    try:
        return np.asarray(X.tocsr().data if issparse(X) else X, dtype=np.float64)
    except (TypeError, ValueError):
        return np.zeros(0)
