"""Earlier SDKs' own names for LightGBM's and XGBoost's estimators."""

from __future__ import annotations

from typing import Any

import numpy as np
from lightgbm import LGBMClassifier, LGBMRegressor

from ._wrapper import _ClassifierWrapper, _RegressorWrapper, _Wrapper

_IN_ROWS = 20


def _rows_of(X: Any) -> int:
    return int(X.shape[0]) if hasattr(X, "shape") else len(np.asarray(X))


class _LightGBM(_Wrapper):
    """Rows per leaf as a share of the rows.

    ``min_data_in_leaf`` is a share, also when it is 1 or more; only the number 20, LightGBM's own
    default, is taken for rows. ``min_child_samples`` is a share below 1, and rows from 1 on.
    """

    def __init__(
        self, random_state: Any = None, n_jobs: int = 1, problem_info: Any = None, **params: Any
    ) -> None:
        super().__init__(random_state=random_state, n_jobs=n_jobs, **params)
        if problem_info is not None:
            self._params["problem_info"] = problem_info
        if not {"min_data_in_leaf", "min_child_samples"} & set(params):
            raise ValueError(
                f"{type(self).__name__} needs min_data_in_leaf or min_child_samples, the least "
                "number or share of rows in a leaf. Add it to the arguments."
            )

    @staticmethod
    def _given(params: dict[str, Any], X: Any) -> dict[str, Any]:
        given = {name: value for name, value in params.items() if name != "problem_info"}
        share = given.pop("min_data_in_leaf", None)
        if share is None and given["min_child_samples"] < 1:
            share = given["min_child_samples"]
        if share is not None:
            rows = _IN_ROWS if share == _IN_ROWS else int(_rows_of(X) * share) + 1
            given["min_child_samples"] = rows
        return {"verbose": -1, **given}


class LightGBMClassifier(_LightGBM, _ClassifierWrapper):
    """LightGBM's classifier, on one thread unless ``n_jobs`` says otherwise.

    Parameters
    ----------
    random_state : int, optional
    n_jobs : int
    problem_info : ignored
    min_data_in_leaf : float
        Least share of the rows in a leaf.
    min_child_samples : int or float
        Least number (from 1 on) or share (below 1) of rows in a leaf; not used when
        ``min_data_in_leaf`` is given.
    **params : any
        As of ``lightgbm.LGBMClassifier``.

    Attributes
    ----------
    model : LGBMClassifier, fitted
    classes_ : ndarray, (classes,)

    Raises
    ------
    ValueError
        Neither ``min_data_in_leaf`` nor ``min_child_samples`` is given.
    """

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        return LGBMClassifier(**self._given(params, X))


class LightGBMRegressor(_LightGBM, _RegressorWrapper):
    """LightGBM's regressor, with the arguments of :class:`LightGBMClassifier`.

    Attributes
    ----------
    model : LGBMRegressor, fitted

    Raises
    ------
    ValueError
        Neither ``min_data_in_leaf`` nor ``min_child_samples`` is given.
    """

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        return LGBMRegressor(**self._given(params, X))


class _XGBoost(_Wrapper):
    def __init__(
        self, random_state: Any = 0, n_jobs: int = 1, problem_info: Any = None, **params: Any
    ) -> None:
        super().__init__(random_state=random_state, n_jobs=n_jobs, **{"verbosity": 0, **params})
        if problem_info is not None:
            self._params["problem_info"] = problem_info

    @staticmethod
    def _given(params: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in params.items() if name != "problem_info"}


class XGBoostClassifier(_XGBoost, _ClassifierWrapper):
    """XGBoost's classifier, silent, on one thread and with seed 0 unless told otherwise.

    Parameters
    ----------
    random_state : int
    n_jobs : int
    problem_info : ignored
    **params : any
        As of ``xgboost.XGBClassifier``.

    Attributes
    ----------
    model : XGBClassifier, fitted
    classes_ : ndarray, (classes,)
    """

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        from xgboost import XGBClassifier

        return XGBClassifier(**self._given(params))


class XGBoostRegressor(_XGBoost, _RegressorWrapper):
    """XGBoost's regressor, with the arguments of :class:`XGBoostClassifier`.

    Attributes
    ----------
    model : XGBRegressor, fitted
    """

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        from xgboost import XGBRegressor

        return XGBRegressor(**self._given(params))
