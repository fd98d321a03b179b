"""Target encoding that doesn't show a row its own label."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, as_series
from .._repeats import told_apart
from ._target_encoder import TargetEncoder, leading_classes

FOLD_SEED = 42
FEWEST_FOLDS = 2


class CrossValidationTargetEncoder(Featurizer):
    """Encode training rows fold by fold, new rows by all of training.

    Parameters
    ----------
    target_encoder_cls : type
        `CountBasedTargetEncoder` or `WoEBasedTargetEncoder`.
    task : {'classification', 'regression'}
    num_folds : int
        Folds for the training rows; below 2 they are encoded like new ones.
    **encoder_params
        For the encoder. ``classes`` is accepted and set aside: the classes are those of the label.

    Attributes
    ----------
    encoder_ : TargetEncoder
        Fitted on all training rows.
    """

    def __init__(
        self,
        target_encoder_cls: type[TargetEncoder],
        task: str = "classification",
        num_folds: int = 5,
        **encoder_params: Any,
    ) -> None:
        self.target_encoder_cls = target_encoder_cls
        self.task = task
        self.num_folds = num_folds
        self.encoder_params = encoder_params

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the parameters, those of the encoder among them.

        Parameters
        ----------
        deep : bool

        Returns
        -------
        dict
        """
        params: dict[str, Any] = super().get_params(deep)
        return {**params, **self.encoder_params}

    def set_params(self, **params: Any) -> CrossValidationTargetEncoder:
        """Set parameters, its own or the encoder's.

        Parameters
        ----------
        **params

        Returns
        -------
        CrossValidationTargetEncoder
            Itself.
        """
        for name, value in params.items():
            if name in {"target_encoder_cls", "task", "num_folds"}:
                setattr(self, name, value)
            else:
                self.encoder_params[name] = value
        return self

    def fit(self, X: Any, y: Any = None) -> CrossValidationTargetEncoder:
        """Fit the encoder on all rows.

        Parameters
        ----------
        X : Series or ndarray, (n,)
        y : Series or ndarray, (n,)
            The label.

        Returns
        -------
        CrossValidationTargetEncoder
            Itself.

        Raises
        ------
        ValueError
            Without a label.
        """
        if y is None:
            raise ValueError("target encoding needs the label; fit was called without y")
        self.encoder_ = self._encoder(y).fit(X, y)
        return self

    def _encoder(self, y: Any) -> TargetEncoder:
        params = dict(self.encoder_params, task=self.task)
        params["classes"] = None if self.task == "regression" else leading_classes(y)
        return self.target_encoder_cls(**params)

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> NDArray[np.float64]:
        """Fit, and encode each training row without its own fold.

        Parameters
        ----------
        X : Series or ndarray, (n,)
        y : Series or ndarray, (n,)
            The label.
        **fit_params
            Ignored.

        Returns
        -------
        ndarray of float64, (n, targets)
        """
        self.fit(X, y)
        if self.num_folds < FEWEST_FOLDS:
            return self.transform(X)
        values, labels = np.asarray(X, dtype=object), np.asarray(y)
        encoded = np.empty((len(values), len(self.encoder_.priors_)))
        for others, fold in self._folds(values, as_series(X).dtype):
            encoder = self._encoder(y).fit(values[others], labels[others])
            encoded[fold] = encoder.transform(values[fold])
        return encoded

    def _folds(
        self, values: NDArray[np.object_], dtype: Any
    ) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        """Spread each value over the folds; where values cannot be told apart, spread rows."""
        codes = told_apart(values)[0]
        enough = bool(len(codes)) and bool(np.bincount(codes).max() >= self.num_folds)
        splitter = StratifiedKFold if enough and _are_classes(values, dtype) else KFold
        with warnings.catch_warnings():
            # Values rarer than the folds are expected in a column of categories.
            warnings.filterwarnings("ignore", message="The least populated class")
            folds = splitter(self.num_folds, shuffle=True, random_state=FOLD_SEED)
            return list(folds.split(codes, codes))

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Encode new rows.

        Parameters
        ----------
        X : Series or ndarray, (n,)

        Returns
        -------
        ndarray of float64, (n, targets)
        """
        check_is_fitted(self)
        return self.encoder_.transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns as the encoder does.

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (targets,)
        """
        return self.encoder_.get_feature_names_out(input_features)


def _are_classes(values: NDArray[np.object_], dtype: Any) -> bool:
    """Follow scikit-learn 1.5: dates with gaps, whole numbers, truth and text are classes."""
    dtype = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "mM":
        return True
    if pd.isna(values).any():
        return False
    if isinstance(values[0], str):
        return pd.api.types.infer_dtype(values, skipna=False) == "string"
    kind = dtype.kind
    whole = kind == "f" and all(float(value).is_integer() for value in values)
    return whole or kind in "biu"
