"""The model learns codes; whoever asks it gets labels."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier
from sklearn.metrics import accuracy_score, r2_score
from sklearn.pipeline import Pipeline

_ARGUMENTS = ("pipeline", "y_trans_name", "y_trans_obj")


class PipelineWithYTransformations(Pipeline):  # type: ignore[misc]
    """A pipeline that fits on a transformed target and answers in the original one.

    ``steps`` are those of the inner pipeline and share its objects, so that after ``fit`` the
    model is ``steps[-1][1]`` here and there; that model's own ``classes_`` are codes.

    Parameters
    ----------
    pipeline : Pipeline
    y_trans_name : str
        Name of the transformer, for the record.
    y_trans_obj : transformer of a target, such as LabelEncoder
    """

    def __init__(self, pipeline: Pipeline, y_trans_name: str, y_trans_obj: Any) -> None:
        super().__init__(pipeline.steps, memory=pipeline.memory, verbose=pipeline.verbose)
        self.pipeline = pipeline
        self.y_trans_name = y_trans_name
        self.y_trans_obj = y_trans_obj

    @property
    def y_transformer(self) -> Any:
        """The transformer of the target."""
        return self.y_trans_obj

    @property
    def y_transformer_name(self) -> str:
        """The transformer's name."""
        return self.y_trans_name

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the three arguments, and with ``deep`` what lies in them.

        Parameters
        ----------
        deep : bool

        Returns
        -------
        dict
        """
        own = {name: getattr(self, name) for name in _ARGUMENTS}
        if not deep:
            return own
        inner = {
            f"{name}__{key}": value
            for name in ("pipeline", "y_trans_obj")
            for key, value in own[name].get_params(deep=True).items()
        }
        return own | inner

    def set_params(self, **params: Any) -> PipelineWithYTransformations:
        """Set arguments by the names ``get_params`` gives.

        Parameters
        ----------
        **params : any

        Returns
        -------
        PipelineWithYTransformations
            Itself.
        """
        for key, value in params.items():
            name, _, rest = key.partition("__")
            if rest:
                getattr(self, name).set_params(**{rest: value})
            else:
                setattr(self, name, value)
        self.steps = self.pipeline.steps
        return self

    def fit(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, X: Any, y: Any, y_min: Any = None, **params: Any
    ) -> PipelineWithYTransformations:
        """Transform the target, then fit the steps.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)
        y_min : float, optional
            A value that the target may fall to, for transformers that ask for it.
        **params : any
            Handed to the inner pipeline.

        Returns
        -------
        PipelineWithYTransformations
            Itself.
        """
        self.pipeline.fit(X, self._coded(y, y_min), **params)
        self.steps = self.pipeline.steps
        return self

    def predict(  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride]
        self, X: Any, **params: Any
    ) -> NDArray[Any]:
        """Predict in the original target.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        **params : any
            Handed to the inner pipeline.

        Returns
        -------
        ndarray, (n,)
        """
        return self._original(self.pipeline.predict(X, **params))

    def fit_predict(  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride]
        self, X: Any, y: Any, y_min: Any = None, **params: Any
    ) -> NDArray[Any]:
        """Fit, then predict the same rows.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)
        y_min : float, optional
            As of ``fit``.
        **params : any
            Handed to ``fit``.

        Returns
        -------
        ndarray, (n,)
        """
        return self.fit(X, y, y_min, **params).predict(X)

    def score(  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride]
        self, X: Any, y: Any, sample_weight: Any = None
    ) -> float:
        """Give the accuracy of a classifier, the coefficient of determination of a regressor.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)
            In the original target.
        sample_weight : array, (n,), optional

        Returns
        -------
        float
        """
        measure = accuracy_score if is_classifier(self.pipeline) else r2_score
        return float(measure(y, self.predict(X), sample_weight=sample_weight))

    def __getitem__(self, index: Any) -> Any:
        """Give a step, or a plain pipeline of some of them."""
        return self.pipeline[index]

    @property
    def classes_(self) -> NDArray[Any]:
        """The labels as given to ``fit``, (classes,)."""
        return self._original(self.pipeline.classes_)

    def _coded(self, y: Any, y_min: Any) -> Any:
        code = self.y_trans_obj.fit_transform
        return code(y, y_min=y_min) if y_min is not None and _takes(code, "y_min") else code(y)

    def _original(self, coded: Any) -> NDArray[Any]:
        undo = self.y_trans_obj.inverse_transform
        typed = _takes(undo, "convert_type")
        return np.asarray(undo(coded, convert_type=True) if typed else undo(coded))


def _takes(function: Any, argument: str) -> bool:
    return argument in inspect.signature(function).parameters
