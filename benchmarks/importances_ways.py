"""Ways to explain a model: ours, scikit-learn's, contributions, and a model of the model.

Each takes a fitted model, the rows it was trained on, the rows to explain and the case, and gives
one importance per raw column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from importances_cases import SEED, Case

if TYPE_CHECKING:
    from importances_data import Table


def ours(model: Any, part: Table, X: Any, y: Any, case: Case, jobs: int = 1) -> dict[str, float]:
    """Shuffle the raw columns."""
    from codegen_fi.runtime.importance import explain, permuting

    # scikit-learn measures no engineered columns, and draws no rows.
    permuting.ENGINEERED_BUDGET = 0
    given = {"repeats": case.repeats, "seed": SEED, "task": part.task, "scoring": case.scoring}
    options = {**given, "n_jobs": jobs, "max_rows": None}
    return _raw(explain(model, X, y, methods=["permutation"], **options))


def ours_in_two(model: Any, part: Table, X: Any, y: Any, case: Case) -> dict[str, float]:
    """Shuffle the raw columns, on two processes where it finds that worth it."""
    return ours(model, part, X, y, case, jobs=2)


def our_contributions(model: Any, part: Table, X: Any, y: Any, case: Case) -> dict[str, float]:
    """Let our own method `shap` explain some rows."""
    from codegen_fi.runtime.importance import explain

    few = X.iloc[: case.explained], y[: case.explained]
    return _raw(explain(model, part.X, part.y, *few, methods=["shap"], task=part.task))


def _raw(result: Any) -> dict[str, float]:
    from codegen_fi.runtime.importance.rows import RAW, WHOLE

    if result.failures:
        raise RuntimeError(result.failures)
    whole = (RAW, WHOLE, "")
    rows = [row for row in result.rows if (row.space, row.model, row.class_name) == whole]
    return {row.feature: row.importance for row in rows if row.feature}


def scikit_learns(model: Any, part: Table, X: Any, y: Any, case: Case) -> dict[str, float]:
    """Let scikit-learn shuffle all columns, or some of them."""
    from sklearn.inspection import permutation_importance

    names = list(X.columns)
    step = 1 if case.columns is None else max(1, len(names) // case.columns)
    chosen = names[::step]
    scoring = case.scoring or ("accuracy" if part.task == "classification" else "r2")
    options = {"scoring": scoring, "n_repeats": case.repeats, "random_state": SEED, "n_jobs": 1}
    if step == 1:
        found = permutation_importance(model, X, y, **options)
        return dict(zip(names, found.importances_mean.tolist(), strict=True))
    # Every column is shuffled alike, so that a model over some columns gives their numbers.
    some = _Some(model, X, chosen)
    found = permutation_importance(some, X[chosen], y, **options)
    return dict(zip(chosen, found.importances_mean.tolist(), strict=True))


class _Some:
    """Predicts from some columns; the others stay as they are."""

    def __init__(self, model: Any, X: Any, chosen: list[str]) -> None:
        self._model = model
        self._X = X
        self._chosen = chosen
        if hasattr(model, "classes_"):
            self.classes_ = model.classes_

    def fit(self, *_: Any) -> _Some:
        return self

    def __sklearn_tags__(self) -> Any:
        return self._model.__sklearn_tags__()

    def predict(self, part: Any) -> Any:
        return self._model.predict(self._whole(part))

    def predict_proba(self, part: Any) -> Any:
        return self._model.predict_proba(self._whole(part))

    def _whole(self, part: Any) -> Any:
        whole = self._X.copy()
        whole[self._chosen] = part
        return whole


def contributions(model: Any, part: Table, X: Any, y: Any, case: Case) -> dict[str, float]:
    """Let the package shap explain some rows of the matrix."""
    import shap

    del y
    anatomy = _anatomy(model, part.X)
    matrix = _matrix(anatomy, X.iloc[: case.explained])
    for step in anatomy.steps[:-1]:
        matrix = step.transform(matrix)
    dense = matrix.toarray() if hasattr(matrix, "toarray") else matrix
    return _rolled_up(shap.TreeExplainer(anatomy.steps[-1]).shap_values(dense), anatomy.lineage)


def _rolled_up(values: Any, lineage: Any) -> dict[str, float]:
    """Sum contributions of shape (rows, engineered[, classes]) by raw column; mean of |sum|."""
    values = np.asarray(values)
    by_raw = np.zeros((values.shape[0], len(lineage.raw), *values.shape[2:]))
    for column, owners in enumerate(lineage.owners):
        for owner in owners:
            by_raw[:, owner] += values[:, column] / len(owners)
    size = np.abs(by_raw).mean(axis=0).reshape(len(lineage.raw), -1).mean(axis=1)
    return dict(zip(lineage.raw, size.tolist(), strict=True))


def model_of_the_model(model: Any, part: Table, X: Any, y: Any, case: Case) -> dict[str, float]:
    """Let interpret-community explain a LightGBM that learns what the model says.

    It can't featurize with the mappers, so it gets the featurized matrix and rolls its own
    explanation up to the raw columns.
    """
    from interpret_community.mimic.mimic_explainer import MimicExplainer
    from interpret_community.mimic.models.lightgbm_model import LGBMExplainableModel

    del y
    from codegen_fi.runtime.importance.anatomy import without_featurizer

    anatomy = _anatomy(model, part.X)
    lineage = anatomy.lineage
    tail = model if anatomy.featurizer is None else without_featurizer(model)
    explainer = MimicExplainer(
        tail,
        _matrix(anatomy, part.X),
        LGBMExplainableModel,
        explainable_model_args={"n_jobs": 1, "verbose": -1},
        features=list(lineage.engineered),
        model_task=part.task,
    )
    found = explainer.explain_global(_matrix(anatomy, X.iloc[: case.explained]))
    owned = np.zeros((len(lineage.raw), len(lineage.engineered)))
    for column, owners in enumerate(lineage.owners):
        owned[list(owners), column] = 1 / len(owners)
    raw = found.get_raw_explanation([owned], raw_feature_names=list(lineage.raw))
    return {name: float(value) for name, value in raw.get_feature_importance_dict().items()}


def _anatomy(model: Any, X: Any) -> Any:
    from codegen_fi.runtime.importance.anatomy import take_apart

    return take_apart(model, X)


def _matrix(anatomy: Any, X: Any) -> Any:
    return X.to_numpy() if anatomy.featurizer is None else anatomy.featurizer.transform(X)


WAYS = {
    "ours": ours,
    "ours in two": ours_in_two,
    "scikit-learn": scikit_learns,
    "our shap": our_contributions,
    "shap": contributions,
    "mimic": model_of_the_model,
}
