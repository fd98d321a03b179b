"""Arguments of scikit-learn's trees, forests and boosting."""

from __future__ import annotations

from typing import Final

from codegen_fi.rewrite.library_arguments.rows import is_anything, is_one_of
from codegen_fi.rewrite.library_arguments.sources import sklearn_row as _row

_FORESTS = (
    "RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor "
    "DecisionTreeClassifier DecisionTreeRegressor"
)
_BOOSTING = "GradientBoostingClassifier GradientBoostingRegressor"
_TREES = f"{_FORESTS} {_BOOSTING}"
_REGRESSION_TREES = "RandomForestRegressor ExtraTreesRegressor DecisionTreeRegressor"
_RENAMED = "The name of this option changed; its meaning didn't."

ROWS: Final = (
    _row(
        _BOOSTING,
        "criterion",
        is_anything,
        "",
        "1.9",
        "The argument has no effect since this release.",
    ),
    _row(
        "SimpleImputer",
        "verbose",
        is_anything,
        "",
        "1.3",
        "The argument is gone; it had no effect.",
    ),
    _row(
        _TREES,
        "min_impurity_split",
        is_one_of(None, 0, 0.0, 1e-7),
        "",
        "1.0",
        "The argument is gone; this value stopped no split worth making.",
    ),
    _row(
        _TREES,
        "min_impurity_split",
        is_anything,
        "",
        "1.0",
        "The argument is gone.",
        behaviour=(
            "A node below this impurity stopped growing; min_impurity_decrease, its successor, "
            "keeps the value the script gives it."
        ),
    ),
    _row(
        "RandomForestClassifier ExtraTreesClassifier DecisionTreeClassifier",
        "max_features",
        is_one_of("auto"),
        "max_features='sqrt'",
        "1.3",
        "'auto' is gone; for classifiers it meant 'sqrt'.",
    ),
    _row(
        "RandomForestRegressor ExtraTreesRegressor DecisionTreeRegressor",
        "max_features",
        is_one_of("auto"),
        "max_features=1.0",
        "1.3",
        "'auto' is gone; for regressors it meant all columns.",
    ),
    _row(
        _REGRESSION_TREES,
        "criterion",
        is_one_of("mse"),
        "criterion='squared_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        _REGRESSION_TREES,
        "criterion",
        is_one_of("mae"),
        "criterion='absolute_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        "GradientBoostingClassifier",
        "loss",
        is_one_of("deviance"),
        "loss='log_loss'",
        "1.3",
        _RENAMED,
    ),
    _row(
        "GradientBoostingRegressor",
        "loss",
        is_one_of("ls"),
        "loss='squared_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        "GradientBoostingRegressor",
        "loss",
        is_one_of("lad"),
        "loss='absolute_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        _TREES,
        "presort",
        is_anything,
        "",
        "0.24",
        "The argument is gone; it only made training quicker or slower.",
    ),
    _row(
        "DecisionTreeRegressor RandomForestRegressor ExtraTreesRegressor ExtraTreeRegressor",
        "criterion",
        is_one_of("friedman_mse"),
        "criterion='squared_error'",
        "1.9",
        "The word is deprecated; both chose the same splits.",
    ),
    _row(
        "HistGradientBoostingRegressor",
        "loss",
        is_one_of("least_squares"),
        "loss='squared_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        "HistGradientBoostingRegressor",
        "loss",
        is_one_of("least_absolute_deviation"),
        "loss='absolute_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        "HistGradientBoostingClassifier",
        "loss",
        is_one_of("auto", "binary_crossentropy", "categorical_crossentropy"),
        "loss='log_loss'",
        "1.3",
        _RENAMED,
    ),
)
