"""What an explanation of single predictions is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..native.reading import Inputs

MARGIN = "margin"
PROBABILITY = "probability"
VALUE = "value"
"""Units of a model's output. Margins are what a link turns into the prediction: they can't be
added up over the members of an ensemble, which adds probabilities or values."""


class NeedsPackageError(Exception):
    """A model whose contributions only the package shap can compute, which is not installed."""


class NoContributionsError(Exception):
    """A model whose contributions can't be had, with the reason."""


@dataclass(frozen=True)
class Given:
    """The rows to explain and the training rows, as they enter a model."""

    rows: Inputs
    training: Inputs

    def through(self, step: Any) -> Given:
        """Return what comes out of a fitted step."""
        rows = self.rows.through(step)
        return Given(rows, rows if self.training is self.rows else self.training.through(step))


@dataclass(frozen=True)
class Contributions:
    """What each column adds to each output of each row.

    Attributes
    ----------
    values : ndarray of shape (rows, columns, outputs)
    expected : ndarray of shape (outputs,)
        The output when nothing is known of the row.
    output : ndarray of shape (rows, outputs)
        What `expected` and a row's `values` add up to.
    unit : str
        `margin`, `probability` or `value`.
    note : str
        What is explained, and how.
    classes : tuple of tuple of int
        The positions of the class or pair of classes that each output tells; empty when the
        model has one output.
    coefficients : ndarray of shape (outputs, columns) or None
        Linear models only; with them contributions pass through linear steps.
    """

    values: NDArray[np.float64]
    expected: NDArray[np.float64]
    output: NDArray[np.float64]
    unit: str
    note: str
    classes: tuple[tuple[int, ...], ...] = ()
    coefficients: NDArray[np.float64] | None = None

    def deviation(self) -> float:
        """Return the largest difference between an output and the sum that explains it."""
        gap = np.abs(self.values.sum(axis=1) + self.expected - self.output)
        return float(gap.max(initial=0.0))


@dataclass(frozen=True)
class Explained:
    """The contributions of a model, or why there are none; then the same for its members."""

    found: Contributions | None
    reason: str = ""
    members: tuple[Member, ...] = ()
    lacks_package: bool = False


@dataclass(frozen=True)
class Member:
    """One model of an ensemble; the weights of all members add up to 1.

    A meta-learner takes the members' answers in place of the columns: `columns` names them.
    """

    label: str
    weight: float
    explained: Explained
    columns: tuple[str, ...] = ()


def three_dimensional(values: Any) -> NDArray[np.float64]:
    """Bring contributions of one output to shape (rows, columns, 1)."""
    array = np.asarray(values, dtype=np.float64)
    return array[:, :, None] if array.ndim == 2 else array  # noqa: PLR2004


def two_dimensional(output: Any) -> NDArray[np.float64]:
    """Bring the values of one output to shape (rows, 1)."""
    array = np.asarray(output, dtype=np.float64)
    return array.reshape(len(array), -1)


def is_classifier(model: Any) -> bool:
    """Tell whether a model predicts classes, as it says itself."""
    return getattr(model, "classes_", None) is not None
