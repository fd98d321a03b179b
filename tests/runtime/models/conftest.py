"""Members that are equal under every version of scikit-learn, and data to fit them on."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

PROBE = Path(__file__).with_name("official_probe.py")


@pytest.fixture(scope="session")
def ask_official(ask_probe):
    return partial(ask_probe, PROBE)


def logistic():
    return LogisticRegression(C=0.1, tol=1e-10, max_iter=5000)


def classifiers():
    scaled = Pipeline([("scale", StandardScaler()), ("model", logistic())])
    return [("tree", DecisionTreeClassifier(max_depth=3, random_state=0)), ("line", scaled)]


def regressors():
    return [("tree", DecisionTreeRegressor(max_depth=3, random_state=0)), ("line", Ridge())]


def table(rows=120, seed=0):
    random = np.random.default_rng(seed)
    X = np.round(random.normal(size=(rows, 4)), 6)
    signal = X[:, 0] * 2 + np.sin(3 * X[:, 1]) + 0.5 * random.normal(size=rows)
    return X, np.round(signal, 6)


def labels(signal, names):
    cuts = np.quantile(signal, np.linspace(0, 1, len(names) + 1)[1:-1])
    return np.array(names)[np.digitize(signal, cuts)]


@pytest.fixture
def make_classifiers():
    return classifiers


@pytest.fixture
def make_regressors():
    return regressors


@pytest.fixture
def make_logistic():
    return logistic


@pytest.fixture
def data():
    return table()


@pytest.fixture
def make_labels():
    return labels


@pytest.fixture(scope="module")
def questions():
    """What both runtimes are asked, with the data in it."""
    X, signal = table()

    def ask(model, y, dtype, **more):
        return {"model": model, "X": X.tolist(), "y": y.tolist(), "dtype": dtype, **more}

    kinds = [([0, 1], "int64"), ([0, 1, 2], "int64"), ([5, 7, 9, 11, 13], "int64")]
    kinds += [(["no", "yes"], "object"), (["a b", "é", "ü"], "object"), ([False, True], "bool")]
    every = [(labels(signal, names), dtype) for names, dtype in kinds]
    metrics = ["AUC_weighted", "accuracy", "norm_macro_recall", "precision_score_weighted"]
    metrics += ["average_precision_score_weighted", "f1_score_macro", "matthews_correlation"]
    return [
        *(
            ask("voting_classifier", y, t, weights=w)
            for y, t in every
            for w in ([0.7, 0.3], [2, 5])
        ),
        *(ask("voting_regressor", signal, "float64", weights=w) for w in ([0.7, 0.3], [2, 5])),
        *(ask("calibrated", y, t, seed=seed) for y, t in every for seed in (0, 5)),
        *(ask("encoded", y, t) for y, t in every),
        ask("rounded", np.round(signal * 5), "int64"),
        *(ask("scored", y, t, metrics=metrics) for y, t in every),
        ask("scaled", signal, "float64"),
        *(ask("stacked_classifier", y, t, folds=k) for y, t in every for k in (3, 5)),
        *(ask("stacked_regressor", signal, "float64", folds=k) for k in (3, 5)),
        ask("stacked_pair", signal, "float64", folds=5),
    ]
