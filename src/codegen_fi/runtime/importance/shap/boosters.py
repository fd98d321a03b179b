"""LightGBM and XGBoost compute contributions themselves."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ..native.signs import one_each
from .contributions import (
    MARGIN,
    VALUE,
    Contributions,
    is_classifier,
    two_dimensional,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .contributions import Given

_TREES = "computed by {} along the paths of its trees"


def lightgbm(model: Any, given: Given, _explain: Any) -> Contributions:
    """Ask LightGBM (`pred_contrib`); the last column of each output is the expected value."""
    rows = given.rows.matrix()
    output = two_dimensional(model.predict(rows, raw_score=True))
    answer = model.predict(rows, pred_contrib=True)
    blocks = answer if isinstance(answer, list) else np.split(_dense(answer), output.shape[1], 1)
    values = np.stack([_dense(block) for block in blocks], axis=2)
    return _boosted(model, values, output, rows, "LightGBM")


def xgboost(model: Any, given: Given, _explain: Any) -> Contributions:
    """Ask XGBoost (`pred_contribs`), with the trees that the model predicts with."""
    rows = given.rows.matrix()
    matrix = import_module("xgboost").DMatrix(rows, missing=model.missing)
    booster, trees = model.get_booster(), _trees_used(model)
    output = two_dimensional(booster.predict(matrix, output_margin=True, **trees))
    answer = np.asarray(booster.predict(matrix, pred_contribs=True, **trees), dtype=np.float64)
    values = answer[:, :, None] if output.shape[1] == 1 else np.moveaxis(answer, 1, 2)
    return _boosted(model, values, output, rows, "XGBoost")


def _boosted(
    model: Any, values: NDArray[np.float64], output: NDArray[np.float64], rows: Any, name: str
) -> Contributions:
    unit = MARGIN
    if not is_classifier(model) and np.allclose(two_dimensional(model.predict(rows)), output):
        unit = VALUE
    linear = getattr(model, "booster", None) == "gblinear"
    note = f"computed by {name}" if linear else _TREES.format(name)
    # The same for every row.
    expected = values[0, -1] if len(values) else np.zeros(values.shape[2])
    return Contributions(values[:, :-1], expected, output, unit, note, one_each(output.shape[1]))


def _trees_used(model: Any) -> dict[str, Any]:
    """Stop where the training stopped to get better, as the model's own predict does."""
    try:
        best = model.best_iteration
    except AttributeError:
        return {}
    return {} if best is None else {"iteration_range": (0, best + 1)}


def _dense(block: Any) -> NDArray[np.float64]:
    return np.asarray(block.toarray() if hasattr(block, "toarray") else block, dtype=np.float64)
