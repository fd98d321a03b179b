"""The table of removed arguments against the libraries that are installed."""

import importlib
import inspect
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from codegen_fi.rewrite.library_arguments.lookup import ROWS, row_for
from codegen_fi.rewrite.library_arguments.rows import Row

MODULES = {
    "SimpleImputer": "sklearn.impute",
    "LogisticRegression": "sklearn.linear_model",
    "LogisticRegressionCV": "sklearn.linear_model",
    "SGDClassifier": "sklearn.linear_model",
    "SGDRegressor": "sklearn.linear_model",
    "ElasticNet": "sklearn.linear_model",
    "ElasticNetCV": "sklearn.linear_model",
    "Lars": "sklearn.linear_model",
    "Lasso": "sklearn.linear_model",
    "LassoCV": "sklearn.linear_model",
    "LassoLars": "sklearn.linear_model",
    "LassoLarsCV": "sklearn.linear_model",
    "LinearRegression": "sklearn.linear_model",
    "Ridge": "sklearn.linear_model",
    "DecisionTreeClassifier": "sklearn.tree",
    "DecisionTreeRegressor": "sklearn.tree",
    "ExtraTreesClassifier": "sklearn.ensemble",
    "ExtraTreesRegressor": "sklearn.ensemble",
    "GradientBoostingClassifier": "sklearn.ensemble",
    "GradientBoostingRegressor": "sklearn.ensemble",
    "RandomForestClassifier": "sklearn.ensemble",
    "RandomForestRegressor": "sklearn.ensemble",
    "LarsCV": "sklearn.linear_model",
    "LassoLarsIC": "sklearn.linear_model",
    "RidgeCV": "sklearn.linear_model",
    "RidgeClassifier": "sklearn.linear_model",
    "RidgeClassifierCV": "sklearn.linear_model",
    "BayesianRidge": "sklearn.linear_model",
    "ARDRegression": "sklearn.linear_model",
    "OrthogonalMatchingPursuit": "sklearn.linear_model",
    "OrthogonalMatchingPursuitCV": "sklearn.linear_model",
    "MultiTaskElasticNet": "sklearn.linear_model",
    "MultiTaskLasso": "sklearn.linear_model",
    "MultiTaskElasticNetCV": "sklearn.linear_model",
    "MultiTaskLassoCV": "sklearn.linear_model",
    "Perceptron": "sklearn.linear_model",
    "AdaBoostClassifier": "sklearn.ensemble",
    "AdaBoostRegressor": "sklearn.ensemble",
    "BaggingClassifier": "sklearn.ensemble",
    "BaggingRegressor": "sklearn.ensemble",
    "HistGradientBoostingClassifier": "sklearn.ensemble",
    "HistGradientBoostingRegressor": "sklearn.ensemble",
    "CalibratedClassifierCV": "sklearn.calibration",
    "AgglomerativeClustering": "sklearn.cluster",
    "FeatureAgglomeration": "sklearn.cluster",
    "KMeans": "sklearn.cluster",
    "OneHotEncoder": "sklearn.preprocessing",
    "RobustScaler": "sklearn.preprocessing",
    "MinMaxScaler": "sklearn.preprocessing",
    "CountVectorizer": "sklearn.feature_extraction.text",
    "HashingVectorizer": "sklearn.feature_extraction.text",
    "TfidfVectorizer": "sklearn.feature_extraction.text",
    "ExtraTreeRegressor": "sklearn.tree",
    "LGBMClassifier": "lightgbm.sklearn",
    "LGBMRegressor": "lightgbm.sklearn",
    "XGBClassifier": "xgboost.sklearn",
    "XGBRegressor": "xgboost.sklearn",
}
SINCE = {"sklearn": "scikit-learn ", "xgboost": "xgboost ", "lightgbm": "lightgbm "}
# Values that scripts of some release give these arguments.
GIVEN: dict[str, list[Any]] = {
    "affinity": ["euclidean"],
    "algorithm": ["auto", "full"],
    "alphas": [None],
    "base_estimator": [None],
    "criterion": ["friedman_mse", "mse", "mae"],
    "eta0": [0.0, 0],
    "gpu_id": [None, -1, 0, 1],
    "l1_ratio": [None],
    "l1_ratios": [None],
    "loss": [
        *("deviance", "ls", "lad", "log", "squared_loss", "least_squares"),
        *("least_absolute_deviation", "auto", "binary_crossentropy"),
    ],
    "max_features": ["auto"],
    "min_impurity_split": [None, 1e-7, 0.01],
    "multi_class": ["ovr", "multinomial", "auto", "deprecated", "warn"],
    "n_alphas": [100, 50],
    "n_jobs": [None, 1, -1],
    "ngram_range": [(1, 2)],
    "normalize": [False, True, "deprecated"],
    "objective": ["reg:linear"],
    "penalty": ["l2", "none", None],
    "presort": ["deprecated", False],
    "predictor": ["auto", "cpu_predictor"],
    "quantile_range": [(25, 75)],
    "feature_range": [(0, 1)],
    "silent": [True],
    "sparse": [False],
    "tree_method": ["gpu_hist"],
    "use_label_encoder": [False, True],
    "verbose": [0, "deprecated", -10],
}
# Values the libraries read as if the argument weren't given; a row takes them out all the same,
# because it speaks of the argument whatever its value is.
TAKEN_AS_ABSENT = {("n_jobs", None), ("gpu_id", None)}
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(40, 4))
Y = X[:, 0] + 0.1 * RANDOM.normal(size=40)

Use = tuple[Row, str, Any]

# Their data are of another form than the numbers here.
OTHER_DATA = ("MultiTask", "Vectorizer", "Agglomeration", "Agglomerative")
# Rows that the newest releases have nothing to say about have tests of their own.
TRIED = [row for row in ROWS if not row.is_new and row.beside is None and row.package != "lightgbm"]
TRIED = [row for row in TRIED if row.argument not in ("affinity", "ngram_range")]


def classes(row: Row) -> Iterator[str]:
    for name, module in MODULES.items():
        if any(form in name for form in OTHER_DATA):
            continue
        if name in row.classes or (not row.classes and module.startswith(row.package)):
            yield name


def uses() -> Iterator[Use]:
    for row in TRIED:
        for name in classes(row):
            for value in GIVEN[row.argument]:
                if row_for(MODULES[name], name, row.argument, value) is row:
                    yield row, name, value


USES = list(uses())
IDS = [f"{name}({row.argument}={value!r})" for row, name, value in USES]


def build(name: str) -> Any:
    return getattr(importlib.import_module(MODULES[name]), name)


def small(name: str) -> dict[str, Any]:
    """Arguments that keep an estimator small and quiet about things that aren't the row's."""
    if name.startswith("Hist"):
        return {"max_iter": 2}
    if "Forest" in name or "ExtraTrees" in name or "Boosting" in name or name.startswith("XGB"):
        return {"n_estimators": 2} | ({"n_jobs": 1} if name.startswith("XGB") else {})
    if name == "LogisticRegressionCV":
        quiet = {"use_legacy_attributes": False, "scoring": "accuracy", "l1_ratios": (0.0,)}
        return {"Cs": 2, "cv": 2, **quiet}
    return {}


def rest(row: Row) -> dict[str, Any]:
    """The arguments a value stands with in scripts."""
    return {"learning_rate": "optimal"} if row.argument == "eta0" else {}


def fitted(name: str, **arguments: Any) -> Any:
    cls = build(name)
    target = Y > 0 if "Classifier" in name or "Logistic" in name else Y
    if name == "SGDRegressor" and arguments.get("learning_rate") == "optimal":
        target = Y
    return cls(**arguments).fit(X, np.asarray(target, dtype=float))


def complaint(name: str, arguments: dict[str, Any]) -> str | None:
    """What the installed library says to these arguments, None when it takes them silently."""
    # Recorded, not raised: xgboost warns from a callback, which no exception leaves.
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            fitted(name, **arguments)
        except (TypeError, ValueError) as error:
            return str(error)
    return "\n".join(str(warning.message) for warning in said) or None


def replacement(row: Row, given: Any = None) -> dict[str, Any]:
    found = {}
    for text in row.becomes:
        key, _, value = text.partition("=")
        if value in {"{}", "tuple"}:
            found[key] = given
        else:
            found[key] = eval(value)  # the texts of the table are ours
    return found


def is_current(row: Row) -> bool:
    """Tell whether the installed release is one that has taken the argument away."""
    module = importlib.import_module(row.package)
    since = row.since.split()[-1]
    installed = tuple(int(part) for part in module.__version__.split(".")[:2])
    return installed >= tuple(int(part) for part in since.split(".")[:2])


def listed(value: Any) -> Any:
    """A list in the script is a tuple of the model."""
    return list(value) if isinstance(value, tuple) else value


def test_every_row_is_tried() -> None:
    assert {id(row) for row, _, _ in USES} == {id(row) for row in TRIED}
    assert all(is_current(row) for row in ROWS)


@pytest.mark.parametrize(("row", "name", "value"), USES, ids=IDS)
def test_the_library_no_longer_takes_the_argument(row: Row, name: str, value: Any) -> None:
    said = complaint(name, {**small(name), **rest(row), row.argument: listed(value)})
    if (row.argument, value) in TAKEN_AS_ABSENT:
        assert said is None, "this value belongs in the table of what is complained about"
    else:
        assert said is not None, "the installed release takes it silently"
        assert row.argument in said or str(value) in said, said


@pytest.mark.parametrize(("row", "name", "value"), USES, ids=IDS)
def test_the_replacement_fits(row: Row, name: str, value: Any) -> None:
    said = complaint(name, {**small(name), **rest(row), **replacement(row, value)})
    assert said is None, said


@pytest.mark.parametrize("row", [row for row in ROWS if row.wrap], ids=lambda row: row.argument)
def test_the_wrapper_fits_one_model_per_class(row: Row) -> None:
    assert row.wrap is not None
    module, _, name = row.wrap.partition(":")
    wrapper = getattr(importlib.import_module(module), name)
    for inner in sorted(row.classes):
        target = np.digitize(Y, np.quantile(Y, [1 / 3, 2 / 3]))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            model = wrapper(build(inner)(**small(inner))).fit(X, target)
        assert len(model.estimators_) == 3
        assert model.predict_proba(X).shape == (40, 3)


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    [
        ("LogisticRegression", "penalty", "l1"),
        ("LogisticRegression", "l1_ratio", 0.5),
        ("RandomForestClassifier", "criterion", "gini"),
        ("RandomForestClassifier", "max_features", "sqrt"),
        ("SGDClassifier", "eta0", 0.01),
        ("SGDClassifier", "loss", "hinge"),
        ("SimpleImputer", "strategy", "mean"),
        ("XGBClassifier", "tree_method", "hist"),
    ],
)
def test_other_values_and_arguments_have_no_row(name: str, argument: str, value: Any) -> None:
    assert row_for(MODULES[name], name, argument, value) is None


def test_a_class_of_another_package_has_no_row() -> None:
    for row, name, value in USES:
        assert row_for("mine." + MODULES[name], name, row.argument, value) is None
        assert row_for("", name, row.argument, value) is None


def test_true_is_not_one_and_false_is_not_zero() -> None:
    assert row_for("sklearn.linear_model", "SGDClassifier", "eta0", False) is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.package} {row.argument}")
def test_a_row_cites_its_source_and_names_real_classes(row: Row) -> None:
    assert row.source.startswith("https://")
    assert row.why.endswith(".")
    assert row.since.startswith(SINCE[row.package])
    for name in row.classes:
        assert inspect.isclass(build(name))
