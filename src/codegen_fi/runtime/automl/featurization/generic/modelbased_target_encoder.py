"""What a small model says of a few columns, in their place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, input_names


class ModelBasedTargetEncoder(Featurizer):
    """Train a classifier on the columns and give its probabilities, on training rows as well.

    Parameters
    ----------
    model_class : type
        A scikit-learn classifier with `predict_proba`.
    model_params : dict, optional
        Its parameters.

    Attributes
    ----------
    model_ : classifier
    classes_ : ndarray, (classes,)
    """

    mixes_inputs = True

    def __init__(self, model_class: Any, model_params: dict[str, Any] | None = None) -> None:
        self.model_class = model_class
        self.model_params = model_params

    def fit(self, X: Any, y: Any = None) -> ModelBasedTargetEncoder:
        """Train the classifier.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : Series or ndarray, (n,)
            The label.

        Returns
        -------
        ModelBasedTargetEncoder
            Itself.

        Raises
        ------
        ValueError
            Without a label, or with data that the classifier doesn't take.
        TypeError
            When the model gives no probabilities.
        """
        if y is None:
            raise ValueError(f"{type(self).__name__} needs the label; fit was called without y")
        model = self._model()
        if not hasattr(model, "predict_proba"):
            raise TypeError(f"{type(model).__name__} gives no probabilities to encode by")
        self.model_ = model.fit(X, y)
        self.classes_: NDArray[Any] = np.asarray(self.model_.classes_)
        return self

    def _model(self) -> Any:
        return self.model_class(**(self.model_params or {}))

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Ask the classifier.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray of float64, (n, classes)
        """
        check_is_fitted(self)
        return np.asarray(self.model_.predict_proba(X))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``note (probability of yes)``.

        Parameters
        ----------
        input_features : sequence of str, optional

        Returns
        -------
        ndarray of str, (classes,)
        """
        check_is_fitted(self)
        label = ", ".join(map(str, input_names(input_features)))
        return np.array(
            [f"{label} (probability of {each})" for each in self.classes_], dtype=object
        )
