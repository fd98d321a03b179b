"""Any model at all: the package shap tries out what a model says with some columns replaced."""

from __future__ import annotations

import contextlib
import io
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import hstack, issparse

from ..anatomy import without_featurizer
from ..native.signs import one_each
from .contributions import (
    MARGIN,
    PROBABILITY,
    VALUE,
    Contributions,
    NoContributionsError,
    is_classifier,
    three_dimensional,
    two_dimensional,
)
from .trees import shap_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..anatomy import Anatomy
    from ..lineage import Lineage
    from .contributions import Given

PREDICTIONS = 400_000
"""Most rows that the model is asked to predict."""

BACKGROUND = 50
"""Training rows that stand for what is not known, drawn without replacement."""

MOST_ROWS = 100
FEWEST_ROWS = 20
_ORDERS = 2
"""Orders of the columns tried per row, each forwards and backwards."""


class _Mixed:
    """Predicts rows whose columns come from different rows of one matrix.

    The explainer is given row numbers in place of values, one per raw column: all that the
    featurizer made of a raw column is taken from one row together.
    """

    def __init__(self, model: Any, matrix: Any, blocks: Sequence[Sequence[int]], name: str) -> None:
        self._predict = getattr(model, name)
        self._matrix = matrix
        self._blocks = [] if hasattr(matrix, "iloc") else [matrix[:, list(b)] for b in blocks]
        self._order = np.argsort([column for block in blocks for column in block])

    def __call__(self, numbers: Any) -> Any:
        """Predict one row per row of numbers."""
        rows = np.asarray(numbers, dtype=np.intp)
        if hasattr(self._matrix, "iloc"):
            return two_dimensional(self._predict(self._as_frame(rows)))
        parts = [block[rows[:, i]] for i, block in enumerate(self._blocks)]
        mixed: Any = hstack(parts, format="csr") if issparse(self._matrix) else np.hstack(parts)
        return two_dimensional(self._predict(mixed[:, self._order]))

    def _as_frame(self, rows: Any) -> Any:
        """Keep types and names, which models that were fitted on a table ask for."""
        frame = self._matrix.iloc[rows[:, 0]].reset_index(drop=True)
        for i, name in enumerate(frame.columns):
            frame[name] = self._matrix.iloc[rows[:, i], i].array
        return frame


def by_trying(anatomy: Anatomy, given: Given, seed: int) -> tuple[Contributions, Any]:
    """Explain a whole model by its raw columns (permutation explainer of shap).

    Parameters
    ----------
    anatomy : Anatomy
    given : Given
        The rows as they leave the featurizer.
    seed : int
        Of the rows explained, of the background and of the orders.

    Returns
    -------
    Contributions
        One column per raw column.
    used : ndarray of int
        The rows that were explained.

    Raises
    ------
    NeedsPackageError
        When shap is not installed.
    NoContributionsError
        When columns can't be told apart or there are too many for the budget.
    """
    if anatomy.lineage is None:
        raise NoContributionsError(anatomy.untraced)
    players, blocks = _players(anatomy.lineage)
    used = _rows_used(given.rows.matrix().shape[0], len(players), seed)
    package = shap_package()
    tail = anatomy.model if anatomy.featurizer is None else without_featurizer(anatomy.model)
    name, unit = _asked(tail)
    rows, background = _taken(given.rows.matrix(), used), _background(given, seed)
    model = _Mixed(tail, _stacked(rows, background), blocks, name)
    numbers = np.arange(len(used) + background.shape[0])[:, None].repeat(len(players), 1)
    values, expected = _explained(package, model, numbers, len(used), seed)
    output = model(numbers[: len(used)])
    if unit == PROBABILITY and output.shape[1] == 2:  # noqa: PLR2004
        values, expected, output = values[:, :, 1:], expected[1:], output[:, 1:]
    everywhere = np.zeros((len(used), len(anatomy.raw), output.shape[1]))
    everywhere[:, players] = values
    note = f"permutation explainer of shap with {background.shape[0]} training rows as background"
    return Contributions(everywhere, expected, output, unit, note, one_each(output.shape[1])), used


def _explained(package: Any, model: Any, numbers: Any, rows: int, seed: int) -> tuple[Any, Any]:
    masker = package.maskers.Independent(numbers[rows:], max_samples=len(numbers))
    evaluations = _ORDERS * (2 * numbers.shape[1] + 1)
    # It draws the orders from numpy's own generator and talks of its progress.
    state = np.random.get_state()  # noqa: NPY002
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            explainer = package.explainers.Permutation(model, masker, seed=seed)
            found = explainer(numbers[:rows], max_evals=evaluations, silent=True)
    finally:
        np.random.set_state(state)  # noqa: NPY002
    base = two_dimensional(found.base_values)
    return three_dimensional(found.values), base[0]


def _players(lineage: Lineage) -> tuple[list[int], list[list[int]]]:
    """List the raw columns that are used, and what the featurizer made of each."""
    if any(len(owners) != 1 for owners in lineage.owners):
        raise NoContributionsError("columns computed from several others can't be told apart")
    blocks: dict[int, list[int]] = {}
    for column, (owner,) in enumerate(lineage.owners):
        blocks.setdefault(owner, []).append(column)
    return list(blocks), list(blocks.values())


def _rows_used(rows: int, players: int, seed: int) -> Any:
    affordable = PREDICTIONS // (_ORDERS * (2 * players + 1) * BACKGROUND)
    if affordable < min(rows, FEWEST_ROWS):
        raise NoContributionsError(
            f"{players} columns times {BACKGROUND} background rows are more than the "
            f"{PREDICTIONS} predictions set for it"
        )
    return drawn(rows, min(MOST_ROWS, affordable), seed)


def drawn(rows: int, most: int, seed: int) -> Any:
    """Draw the numbers of at most so many rows, in order."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.RandomState(seed).choice(rows, most, replace=False))


def _background(given: Given, seed: int) -> Any:
    matrix = given.training.matrix()
    return _taken(matrix, drawn(matrix.shape[0], BACKGROUND, seed))


def _taken(matrix: Any, rows: Any) -> Any:
    return matrix.iloc[rows] if hasattr(matrix, "iloc") else matrix[rows]


def _stacked(upper: Any, lower: Any) -> Any:
    if hasattr(upper, "iloc"):
        import pandas as pd

        return pd.concat([upper, lower], ignore_index=True)
    if issparse(upper):
        from scipy.sparse import vstack

        return vstack([upper, lower], format="csr")
    return np.vstack([upper, lower])


def _asked(model: Any) -> tuple[str, str]:
    if not is_classifier(model):
        return "predict", VALUE
    if hasattr(model, "predict_proba"):
        return "predict_proba", PROBABILITY
    return "decision_function", MARGIN
