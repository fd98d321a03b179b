"""Probabilities for classifiers that only have a decision function."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import train_test_split
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse, width
from ._rows import rows

_TRAIN_RATIO = 0.8


class CalibratedModel(ClassifierMixin, TakesSparse, BaseEstimator):  # type: ignore[misc]
    """Fit on 80 % of the rows, learn sigmoids (Platt) on the rest, then refit on all rows.

    The split is stratified. After ``fit``, ``model.estimator`` and
    ``model.calibrated_classifiers_[0].estimator`` are the classifier fitted on all rows, whatever
    the version of scikit-learn.

    Parameters
    ----------
    base_estimator : classifier with decision_function or predict_proba
    random_state : int, optional
        Seed of the split; without one it changes from fit to fit.

    Attributes
    ----------
    model : CalibratedClassifierCV, fitted
    classes_ : ndarray, (classes,)
    """

    def __init__(self, base_estimator: Any, random_state: Any = None) -> None:
        self.base_estimator = base_estimator
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> CalibratedModel:
        """Fit, calibrate, refit.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)

        Returns
        -------
        CalibratedModel
            Itself.

        Raises
        ------
        ValueError
            A class has fewer than two rows, so that it can't be on both sides of the split; or
            the labels are numbers that aren't whole.
        """
        y = np.asarray(y)
        check_classification_targets(y)
        parts: Any = train_test_split(
            np.arange(len(y)),
            train_size=_TRAIN_RATIO,
            stratify=y,
            random_state=self.random_state,
        )
        train, held_out = parts
        estimator: Any = clone(self.base_estimator)
        estimator.fit(rows(X, train), y[train])
        self.model = _calibrated(estimator, X, y, held_out)
        estimator.fit(X, y)
        self.classes_ = self.model.classes_
        self.n_features_in_ = width(X)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether ``fit`` was called."""
        return hasattr(self, "classes_")

    def predict(self, X: Any) -> NDArray[Any]:
        """Give the most probable class.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n,)
        """
        check_is_fitted(self)
        return np.asarray(self.model.predict(X))

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Give the calibrated probabilities.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n, classes)
        """
        check_is_fitted(self)
        return np.asarray(self.model.predict_proba(X))


def _calibrated(
    estimator: Any, X: Any, y: NDArray[Any], held_out: NDArray[np.intp]
) -> CalibratedClassifierCV:
    """Calibrate a fitted classifier on rows it hasn't seen, keeping it reachable unwrapped."""
    used, weights = _with_every_class(held_out, y)
    model: Any = _calibrator(estimator, len(used))
    with warnings.catch_warnings():
        # Only true of classifiers that are still to be fitted.
        warnings.filterwarnings("ignore", "Since .* does not appear to accept sample_weight")
        model.fit(rows(X, used), y[used], sample_weight=weights)
    model.estimator = estimator
    for calibrated in model.calibrated_classifiers_:
        calibrated.estimator = estimator
    return model


def _calibrator(estimator: Any, n: int) -> CalibratedClassifierCV:
    """Set up a calibration of a classifier that is fitted already."""
    try:
        from sklearn.frozen import FrozenEstimator
    except ImportError:  # scikit-learn before 1.6
        return CalibratedClassifierCV(estimator, method="sigmoid", cv="prefit")
    everything = np.arange(n)
    one_split: dict[str, Any] = {"cv": [(everything, everything)], "ensemble": False}
    return CalibratedClassifierCV(FrozenEstimator(estimator), method="sigmoid", **one_split)


def _with_every_class(
    held_out: NDArray[np.intp], y: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[np.float64] | None]:
    """Add a weightless row of each class the held-out rows lack, as scikit-learn needs all."""
    missing = np.setdiff1d(y, y[held_out])
    if len(missing) == 0:
        return held_out, None
    spare = np.array([np.flatnonzero(y == label)[0] for label in missing])
    weights = np.r_[np.ones(len(held_out)), np.zeros(len(spare))]
    return np.r_[held_out, spare], weights
