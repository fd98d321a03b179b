"""The folds of AutoML, row for row, so that scores per fold can be compared."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import KFold, StratifiedKFold

from ...errors import DataError

_Fold = tuple[NDArray[np.intp], NDArray[np.intp]]


class _CVSplits:
    """Plan the training and validation rows of each fold.

    k-fold cross-validation when only ``CV`` is given: the rows are shuffled once, and for
    classification stratified. Monte Carlo when ``frac_valid`` is given too: for each fold the
    order of the one before is shuffled again, and its last rows validate.

    The stratification pairs the shuffled rows with the labels in their unshuffled order, as
    AutoML does, so the folds are not truly stratified; they are kept for the sake of comparison.

    Parameters
    ----------
    X : table, (n, columns)
    y : ndarray, (n,)
    seed : int
    frac_valid : float in [0, 1), optional; 0 is none, as the scripts of SDK 1.52 say
    CV : int
        Number of folds.
    n_step : ignored
    is_time_series : bool
        Not supported.
    task : {"classification", "regression"}

    Raises
    ------
    ValueError
        The folds asked for don't exist: no ``CV``, a share outside (0, 1), a time series.
    DataError
        Fewer rows than folds.
    """

    def __init__(
        self,
        X: Any,
        y: Any,
        seed: int = 123,
        frac_valid: float | None = None,
        CV: int | None = None,
        n_step: int | None = None,
        is_time_series: bool = False,
        task: str = "classification",
    ) -> None:
        self._k = _checked_folds(CV, frac_valid, is_time_series, np.shape(X)[0])
        self._fraction = frac_valid
        order = np.random.RandomState(seed).permutation(np.shape(X)[0])
        if frac_valid:
            self._folds = _monte_carlo(order, self._k, frac_valid, seed)
        else:
            self._folds = _k_fold(order, self._k, y if task == "classification" else None)

    def apply_CV_splits(  # noqa: N802
        self, X: Any, y: Any, sample_weight: Any
    ) -> Iterator[tuple[Any, Any, Any, Any, Any, Any]]:
        """Cut the data fold by fold.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)
        sample_weight : ndarray, (n,), optional

        Yields
        ------
        X_train, y_train, weights_train, X_valid, y_valid, weights_valid
            The weights are None where there are none.
        """
        for train, valid in self._folds:
            yield tuple(  # type: ignore[misc]
                None if part is None else _rows(part, positions)
                for positions in (train, valid)
                for part in (X, y, sample_weight)
            )

    def get_fraction_validation_size(self) -> float | None:
        """Give the share of rows that validate in a Monte Carlo fold, None for k-fold."""
        return self._fraction

    def get_num_k_folds(self) -> int:
        """Give the number of folds."""
        return self._k


def _checked_folds(k: int | None, fraction: float | None, time_series: bool, n: int) -> int:
    if time_series:
        raise ValueError("Folds of a time series have no portable stand-in.")
    if k is None:
        raise ValueError("CV, the number of folds, is missing.")
    if fraction and not 0 < fraction < 1:
        raise ValueError(f"frac_valid must lie between 0 and 1, got {fraction}.")
    if not fraction and n < k:
        raise DataError(f"{n} rows can't be cut into {k} folds. Use more rows or fewer folds.")
    return k


def _monte_carlo(order: NDArray[np.intp], k: int, fraction: float, seed: int) -> list[_Fold]:
    folds = []
    n_train = int(len(order) * (1 - fraction))
    random = np.random.RandomState(seed)
    for _ in range(k):
        random.shuffle(order)
        folds.append((order[:n_train].copy(), order[n_train:].copy()))
    return folds


def _k_fold(order: NDArray[np.intp], k: int, y: Any) -> list[_Fold]:
    if y is not None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                return _cut(order, StratifiedKFold(k).split(order, np.asarray(y)))
        except (ValueError, TypeError):
            # No class has k rows, or the labels are continuous or of several types.
            return _cut(order, KFold(k).split(order))
    return _cut(order, KFold(k).split(order))


def _cut(order: NDArray[np.intp], splits: Any) -> list[_Fold]:
    return [(order[train], order[valid]) for train, valid in splits]


def _rows(part: Any, positions: NDArray[np.intp]) -> Any:
    if hasattr(part, "iloc"):
        return part.iloc[positions]
    return part.tocsr()[positions] if sparse.issparse(part) else np.asarray(part)[positions]
