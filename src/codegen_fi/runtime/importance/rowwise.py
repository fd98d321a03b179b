"""Which steps treat each column, and which estimators each row, apart from all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .matrices import same
from .recognise import Table
from .used import is_linear, is_sum_of_columns, is_xgboost

if TYPE_CHECKING:
    from collections.abc import Iterable

_TRIED = 32

_SCALERS = ("MaxAbsScaler", "MinMaxScaler", "RobustScaler", "StandardScaler")
_COLUMNWISE = Table(
    by_package={("sklearn", name): True for name in _SCALERS},
    by_name=dict.fromkeys((*_SCALERS, "SparseScaleZeroOne", "StandardScalerWrapper"), True),
)

# Each adds up what its trees say of a row in the order of the trees, however many rows there are.
_ROWWISE = Table(
    by_package={
        ("lightgbm", "LGBMModel"): True,
        ("xgboost", "XGBModel"): True,
        ("sklearn", "BaseDecisionTree"): True,
        ("sklearn", "BaseForest"): True,
        ("sklearn", "BaseGradientBoosting"): True,
        ("sklearn", "BaseHistGradientBoosting"): True,
    }
)
# Over a csr matrix these go through what a row stores, one number after the other.
_SPARSE_ROWWISE = Table(
    by_package={
        ("sklearn", "BaseLibSVM"): True,
        ("sklearn", "KNeighborsMixin"): True,
        ("sklearn", "_BaseDiscreteNB"): True,
        ("sklearn", "BaseDiscreteNB"): True,
    }
)


def keeps_columns_apart(step: Any) -> bool:
    """Tell whether a transformer scales every column on its own and cell by cell."""
    return _COLUMNWISE.find(step) is not None


def keeps_rows_apart(estimator: Any, matrix: Any = None) -> bool:
    """Tell whether a prediction depends on nothing but its row, to the last bit.

    Products of dense matrices don't qualify: the order of their sums depends on the shape. Those
    of a csr matrix add up what a row stores, one after the other, and so do distances, kernels
    and the logarithms of naive Bayes over it.
    """
    if issparse(matrix) and apart_if_sparse(estimator):
        return True
    if _ROWWISE.find(estimator) is None:
        return False
    return not is_xgboost(estimator) or not is_sum_of_columns(estimator)


def row_by_row(estimator: Any, steps: Iterable[Any], matrix: Any) -> bool:
    """Tell whether an estimator and the steps before it take each row on its own."""
    return keeps_rows_apart(estimator, matrix) and all(map(keeps_columns_apart, steps))


def apart_if_sparse(estimator: Any) -> bool:
    """Tell whether an estimator keeps rows apart over a csr matrix, but not over a dense one."""
    return is_linear(estimator) or compares_rows(estimator)


def compares_rows(estimator: Any) -> bool:
    """Tell whether it compares rows with others that it keeps, or with classes."""
    return _SPARSE_ROWWISE.find(estimator) is not None


def confirmed(predict: Any, matrix: Any, expected: Any) -> bool:
    """Try it: rows in another order and number, some of them twice, are predicted as before."""
    rows = np.arange(matrix.shape[0])[::-1][:_TRIED]
    rows = np.concatenate([rows, rows[::3]])
    return same(np.asarray(predict(matrix[rows])), np.asarray(expected)[rows], bits=True)
