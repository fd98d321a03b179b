"""What the target encoders share: counting the label over each value of a column."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, input_names
from .._repeats import told_apart


class ValueStatistics(NamedTuple):
    """How one target spreads over the distinct values of a column.

    Attributes
    ----------
    counts, sums : ndarray, (values,)
        Rows with each value, and the target summed over them.
    rows, total : float
        Rows in all, and the target summed over all.
    """

    counts: NDArray[np.float64]
    sums: NDArray[np.float64]
    rows: float
    total: float


class TargetEncoder(Featurizer):
    """Replace a value by a number that says how the label behaves where the value occurs.

    A value seen once, an unseen one and a missing one all get the overall mean.

    Attributes
    ----------
    values_ : Index, (values,)
        The values seen in training.
    classes_ : ndarray, (targets,)
        The classes that have a column; empty for regression.
    encodings_ : ndarray of float64, (values, targets)
    priors_ : ndarray of float64, (targets,)
        The overall means.
    """

    task: str
    classes: Any
    meaning = "target"

    @abstractmethod
    def encode(self, statistics: ValueStatistics) -> NDArray[np.float64]:
        """Turn the statistics of one target into a number per value.

        Parameters
        ----------
        statistics : ValueStatistics

        Returns
        -------
        ndarray of float64, (values,)
        """

    def fit(self, X: Any, y: Any = None) -> TargetEncoder:
        """Learn a number per value and target.

        Parameters
        ----------
        X : Series or ndarray, (n,)
        y : Series or ndarray, (n,)
            The label.

        Returns
        -------
        TargetEncoder
            Itself.

        Raises
        ------
        ValueError
            Without a label or rows, or for a task that is neither classification nor regression.
        """
        if y is None:
            raise ValueError("target encoding needs the label; fit was called without y")
        codes, values = told_apart(np.asarray(X, dtype=object), missing_too=False)
        if not len(codes):
            raise ValueError("there are no rows to learn from")
        self.values_ = pd.Index(values, dtype=object)
        self.classes_ = self._classes(y)
        targets = self._targets(np.asarray(y))
        self.priors_ = np.array([target.mean() for target in targets])
        columns = [self._column(codes, target) for target in targets]
        self.encodings_ = np.column_stack(columns) if columns else np.empty((len(values), 0))
        return self

    def _classes(self, y: Any) -> NDArray[Any]:
        if self.task == "regression":
            return np.empty(0)
        if self.task != "classification":
            raise ValueError(f"task is {self.task!r}; expected 'classification' or 'regression'")
        return leading_classes(y) if self.classes is None else np.asarray(self.classes)

    def _targets(self, y: NDArray[Any]) -> list[NDArray[np.float64]]:
        if self.task == "regression":
            return [y.astype(np.float64)]
        return [np.asarray(y == label, dtype=np.float64) for label in self.classes_]

    def _column(self, codes: NDArray[np.intp], target: NDArray[np.float64]) -> NDArray[np.float64]:
        known = codes >= 0
        size = len(self.values_)
        counts = np.bincount(codes[known], minlength=size).astype(np.float64)
        sums = np.bincount(codes[known], weights=target[known], minlength=size)
        statistics = ValueStatistics(counts, sums, float(len(target)), float(target.sum()))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            encoded = self.encode(statistics)
        return np.where(counts == 1, target.mean(), encoded)

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Replace the values.

        Parameters
        ----------
        X : Series or ndarray, (n,)

        Returns
        -------
        ndarray of float64, (n, targets)
        """
        check_is_fitted(self)
        places = self.values_.get_indexer(pd.Index(np.asarray(X, dtype=object), dtype=object))
        # A place of -1 reads the last row.
        return np.asarray(np.vstack([self.encodings_, self.priors_])[places])

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``workclass (target mean)``, with the class where there are several.

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (targets,)
        """
        column = ", ".join(map(str, input_names(input_features)))
        if not len(self.classes_):
            return np.array([f"{column} ({self.meaning})"], dtype=object)
        names = [f"{column} ({self.meaning} of {label})" for label in self.classes_]
        return np.array(names, dtype=object)


def leading_classes(y: Any) -> NDArray[Any]:
    """Give the classes in order of appearance without the last, which follows from the others."""
    return np.asarray(pd.unique(pd.Series(y)))[:-1]
