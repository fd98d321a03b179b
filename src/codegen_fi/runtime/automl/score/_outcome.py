"""The truth and the prediction of a classifier, coded against one list of classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import DataError


@dataclass(frozen=True)
class Outcome:
    """What every classification metric reads.

    Attributes
    ----------
    y : ndarray of int, (n,)
        Positions in ``names``.
    probabilities : ndarray of float, (n, classes)
        Zero for classes the model has not learnt.
    predicted : ndarray of int, (n,)
    names : list of str, (classes,)
        Sorted by label.
    learnt : int
        Number of classes the model has learnt.
    positive : int or None
        The positive class where there is one.
    one_column : bool
        Rank by the positive class alone.
    weights : ndarray of float, (n,) or None
    """

    y: NDArray[np.intp]
    probabilities: NDArray[np.float64]
    predicted: NDArray[np.intp]
    names: list[str]
    learnt: int
    positive: int | None
    one_column: bool
    weights: NDArray[np.float64] | None

    @property
    def indicator(self) -> NDArray[np.int_]:
        """One column per class, one where a row is of it; (n, classes)."""
        return np.asarray(self.y[:, None] == np.arange(len(self.names)), dtype=int)

    @property
    def ranked(self) -> tuple[NDArray[np.int_], NDArray[np.float64]]:
        """Truth and scores for metrics of ranking, (n, classes), or (n, 1) if binary."""
        if self.one_column and len(self.names) == 2:  # noqa: PLR2004
            return self.indicator[:, 1:], self.probabilities[:, 1:]
        return self.indicator, self.probabilities


def outcome(
    y_test: Any,
    y_pred_probs: Any,
    class_labels: Any,
    train_labels: Any,
    weights: NDArray[np.float64] | None,
    y_transformer: Any,
    use_binary: bool,
    positive_label: Any,
) -> Outcome:
    """Code labels and spread probabilities over all classes.

    Parameters
    ----------
    y_test : array, (n,)
    y_pred_probs : array of float, (n, train_labels)
    class_labels : array, (classes,)
        Every label there is.
    train_labels : array
        The labels the model has learnt, in the order of the columns.
    weights : ndarray, (n,) or None
    y_transformer : LabelEncoder, optional
        Turns the labels back into names.
    use_binary : bool
    positive_label : label, optional

    Returns
    -------
    Outcome

    Raises
    ------
    ValueError
        Shapes or labels don't fit together, or a probability is NaN.
    DataError
        The target has a single class.
    """
    y, labels = np.asarray(y_test).ravel(), np.unique(np.asarray(class_labels))
    learnt, scores = np.asarray(train_labels), np.asarray(y_pred_probs, dtype=float)
    _check(y, scores, labels, learnt)
    spread = np.zeros((len(y), len(labels)))
    spread[:, np.searchsorted(labels, learnt)] = scores
    shown = labels if y_transformer is None else y_transformer.inverse_transform(labels)
    # AutoML's choice: the second label, as soon as the model knows two.
    positive = 1 if len(learnt) == 2 else None  # noqa: PLR2004
    if positive_label is not None:
        positive = int(np.searchsorted(labels, positive_label))
    return Outcome(
        y=np.searchsorted(labels, y),
        probabilities=spread,
        predicted=np.searchsorted(labels, learnt[scores.argmax(axis=1)]),
        names=[str(label) for label in shown],
        learnt=len(learnt),
        positive=positive,
        one_column=use_binary,
        weights=weights,
    )


def _check(y: Any, scores: Any, labels: Any, learnt: Any) -> None:
    if len(y) == 0:
        raise ValueError("There are no rows to score.")
    if scores.shape != (len(y), len(learnt)):
        raise ValueError(
            f"{len(y)} rows and {len(learnt)} classes need probabilities of that shape, "
            f"got {scores.shape}."
        )
    if np.isnan(scores).any():
        raise ValueError("The model predicted NaN as a probability, so it can't be scored.")
    if len(labels) < 2:  # noqa: PLR2004
        raise DataError(
            f"The target has a single class, {labels[0]!r}. A classifier needs two or more: check "
            "the label column and whether the rows were filtered."
        )
    for name, found in (("the rows to score", y), ("the model", learnt)):
        unknown = np.setdiff1d(found, labels)
        if len(unknown):
            raise ValueError(f"Labels of {name} are missing from class_labels: {unknown.tolist()}")
