"""Estimators of trees that needn't walk down every tree for every shuffled row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .lightgbm_trees import LightGBMSums
from .matrices import same
from .recognise import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = Table(by_package={("lightgbm", "LGBMModel"): LightGBMSums})


def sums_of(estimator: Any, matrix: Any) -> Any:
    """Take an estimator's trees apart; None where that isn't known to be exact."""
    kind = _KINDS.find(estimator)
    if kind is None or issparse(matrix):
        return None
    try:
        return kind(estimator, matrix)
    except Exception:  # noqa: BLE001 - an unknown shape of model is predicted by its own code
        return None


def predicted(
    quick: Any, name: str, blocks: Sequence[Any], wanted: Sequence[Any], expected: Any
) -> list[Any] | None:
    """Predict the changed rows of each block.

    Returns
    -------
    list of ndarray, or None
        None when, to the last bit, the rows as they are don't come out as `expected`.
    """
    try:
        answers, unchanged = quick.predict(name, blocks, wanted)
    except Exception:  # noqa: BLE001
        return None
    return answers if same(np.asarray(unchanged), np.asarray(expected), bits=True) else None
