"""Look at some rows of the data to count the work of all, without a run of the whole model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .anatomy import without_featurizer
from .hollow import opened
from .matrices import rows_of, same

if TYPE_CHECKING:
    from .anatomy import Anatomy

_LOOKED_AT = 256


def some_of(X: Any) -> Any:
    """Choose rows to look at, evenly."""
    rows = np.unique(np.linspace(0, X.shape[0] - 1, _LOOKED_AT).astype(np.intp))
    return rows_of(X, rows)


def featurized(anatomy: Anatomy, some: Any) -> Any:
    """Give the rows as they enter the model; None where a row depends on the others."""
    if anatomy.featurizer is None:
        return _numbers(some)
    try:
        matrix = anatomy.featurizer.transform(some)
        turned = anatomy.featurizer.transform(some[::-1])
        alone = same(turned, matrix[::-1])
    except Exception:  # noqa: BLE001 - what doesn't take these rows is run as a whole
        return None
    fits = anatomy.lineage is not None and matrix.shape[1] == len(anatomy.lineage.engineered)
    return matrix if alone and fits else None


def _numbers(some: Any) -> Any:
    if not hasattr(some, "iloc"):
        return some
    plain = all(isinstance(kind, np.dtype) and kind.kind in "fiu" for kind in some.dtypes)
    return some.to_numpy() if plain else None


def leaves_of(anatomy: Anatomy) -> list[tuple[Any, tuple[Any, ...]]]:
    """List the estimators that predict, each with the steps before it."""
    model = anatomy.model
    try:
        return opened(model if anatomy.featurizer is None else without_featurizer(model))[1]
    except Exception:  # noqa: BLE001 - a shape of model that can't be taken apart
        return [(anatomy.steps[-1], ())]


def bytes_of(table: Any) -> float:
    """Count the bytes of a row."""
    if issparse(table):
        parts = (table.data, table.indices, table.indptr)
        return float(sum(part.nbytes for part in parts) / table.shape[0])
    if hasattr(table, "iloc"):
        return float(table.memory_usage(index=False).sum()) / len(table)
    return float(table.nbytes / len(table))
