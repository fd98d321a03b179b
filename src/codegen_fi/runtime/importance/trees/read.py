"""Which estimators of trees can be taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..recognise import Table
from .read_lightgbm import read_lightgbm
from .read_sklearn import read_boosted, read_forest, read_tree
from .read_xgboost import read_xgboost

if TYPE_CHECKING:
    from .forest import Forest

_READERS = Table(
    by_package={
        ("lightgbm", "LGBMModel"): read_lightgbm,
        ("xgboost", "XGBModel"): read_xgboost,
        ("sklearn", "BaseDecisionTree"): read_tree,
        ("sklearn", "BaseForest"): read_forest,
        ("sklearn", "BaseGradientBoosting"): read_boosted,
    }
)


def forest_in(estimator: Any, width: int) -> Forest | None:
    """Take an estimator's trees apart.

    Parameters
    ----------
    estimator : fitted estimator
    width : int
        Columns that it reads.

    Returns
    -------
    Forest, or None
        None for a class that isn't known.

    Raises
    ------
    Exception
        For a shape of model that isn't known.
    """
    read = _READERS.find(estimator)
    return None if read is None else read(estimator, width)
