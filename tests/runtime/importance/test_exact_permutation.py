"""Every quick way gives scikit-learn's numbers to the last bit, and is really taken."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.decomposition import PCA
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.naive_bayes import BernoulliNB, GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler, Normalizer, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from xgboost import XGBClassifier, XGBRegressor

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.blocks import blocks_of
from codegen_fi.runtime.importance.compat import scorer_names
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.scoring import Weighted, scorer_for


def importances(model, X, y, **options):
    result = explain(model, X, y, methods=["permutation"], **options)
    assert result.failures == ()
    frame = result.to_frame()
    return frame[frame.space == "raw"].set_index("feature")


def assert_equal(model, X, y, scoring, *, seed=3, repeats=4, sample_weight=None):
    ours = importances(
        model, X, y, scoring=scoring, seed=seed, repeats=repeats, sample_weight=sample_weight
    )
    theirs = permutation_importance(
        model,
        X,
        y,
        scoring=scoring,
        n_repeats=repeats,
        random_state=seed,
        sample_weight=sample_weight,
    )
    names = [str(name) for name in X.columns]
    assert ours.loc[names, "importance"].tolist() == theirs.importances_mean.tolist()
    assert ours.loc[names, "std"].tolist() == theirs.importances_std.tolist()


def engine(model, X, y, scoring="accuracy", weights=None):
    _, scorer = scorer_for(scoring, "classification")
    scorer = scorer if weights is None else Weighted(scorer, weights)
    blocks = blocks_of(take_apart(model, X), X, y, scorer, shuffled_orders(len(X), 1, 0)[0])
    return None if blocks is None else blocks.engine


def small(cls, **options):
    return cls(n_estimators=7, random_state=0, **options)


def lightgbm(cls=LGBMClassifier, **options):
    return small(cls, min_child_samples=5, verbose=-1, n_jobs=1, **options)


CLASSIFIERS = {
    "lightgbm": lightgbm,
    "lightgbm of many leaves": lambda: lightgbm(num_leaves=90, min_child_weight=0),
    "lightgbm dart": lambda: lightgbm(boosting_type="dart"),
    "lightgbm forest": lambda: lightgbm(boosting_type="rf", bagging_freq=1, bagging_fraction=0.7),
    "lightgbm zero is missing": lambda: lightgbm(zero_as_missing=True),
    "lightgbm of linear leaves": lambda: lightgbm(linear_tree=True),
    "lightgbm one against all": lambda: lightgbm(objective="multiclassova", num_class=3),
    "xgboost": lambda: small(XGBClassifier, n_jobs=1),
    "forest": lambda: small(RandomForestClassifier),
    "extra trees": lambda: small(ExtraTreesClassifier),
    "boosted": lambda: small(GradientBoostingClassifier),
    "histograms": lambda: HistGradientBoostingClassifier(max_iter=6, random_state=0),
    "tree": lambda: DecisionTreeClassifier(random_state=0),
    "logistic": lambda: LogisticRegression(max_iter=300),
    "nearest": KNeighborsClassifier,
    "nearest by way": lambda: KNeighborsClassifier(3, weights="distance", metric="manhattan"),
    "support vectors": SVC,
    "bayes": GaussianNB,
    "bayes of words": BernoulliNB,
}
ENSEMBLES = {
    "voting": lambda: VotingClassifier(members(), voting="soft", weights=[0.5, 0.3, 0.2]),
    "hard voting": lambda: VotingClassifier(members()),
    "stack": lambda: StackingClassifier(members(), LogisticRegression(), cv=3),
    "stack that sees the columns": lambda: StackingClassifier(
        members(), LogisticRegression(max_iter=300), cv=3, passthrough=True
    ),
    "calibrated": lambda: CalibratedClassifierCV(small(RandomForestClassifier), cv=3),
}


def members():
    return [
        ("trees", Pipeline([("s", StandardScaler()), ("m", lightgbm())])),
        ("forest", small(RandomForestClassifier)),
        ("line", Pipeline([("s", MaxAbsScaler()), ("m", LogisticRegression(max_iter=200))])),
    ]


@pytest.fixture(scope="module")
def iris():
    X, y = load_iris(return_X_y=True, as_frame=True)
    labels = np.array(["setosa", "größer", "z b"], dtype=object)[y]
    # Rounding leaves few different values, so that many rows stay as they are.
    return X.round(0).assign(noise=np.arange(len(X)) % 3 * 1.0), labels


@pytest.mark.parametrize("scoring", ["accuracy", "neg_log_loss", "f1_macro"])
@pytest.mark.parametrize("kind", CLASSIFIERS)
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
@pytest.mark.filterwarnings("ignore:The y_pr(ob|ed) values do not sum to one")
def test_an_estimator_of_each_kind(iris, kind, scoring):
    X, labels = iris
    y = np.unique(labels, return_inverse=True)[1] if "xgboost" in kind else labels
    if kind == "support vectors" and scoring == "neg_log_loss":
        pytest.skip("a support vector machine gives no probabilities")
    model = Pipeline([("s", StandardScaler()), ("m", CLASSIFIERS[kind]())]).fit(X, y)
    assert_equal(model, X, y, scoring)


@pytest.mark.parametrize("scoring", ["accuracy", "roc_auc_ovr_weighted", "matthews_corrcoef"])
@pytest.mark.parametrize("kind", ENSEMBLES)
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_an_ensemble_of_each_kind(iris, kind, scoring):
    if (kind, scoring) == ("hard voting", "roc_auc_ovr_weighted"):
        pytest.skip("hard votes give no probabilities")
    X, y = iris
    assert_equal(Pipeline([("m", ENSEMBLES[kind]())]).fit(X, y), X, y, scoring)


@pytest.mark.parametrize("scoring", ["accuracy", "roc_auc", "neg_brier_score"])
def test_two_classes_with_weights(scoring):
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X = X.iloc[:, :6]
    weights = np.random.default_rng(0).integers(0, 4, len(X)).astype(float)
    model = Pipeline([("s", MaxAbsScaler()), ("m", lightgbm())]).fit(X, y)
    assert_equal(model, X, y, scoring, sample_weight=weights)
    assert engine(model, X, y, scoring, weights) is not None


def test_weights_change_the_numbers_and_are_sampled_with_the_rows():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    model = lightgbm().fit(X, y)
    weights = np.where(y == 1, 5.0, 1.0)
    plain = explain(model, X, y, methods=["permutation"], repeats=1)
    weighed = explain(model, X, y, methods=["permutation"], repeats=1, sample_weight=weights)
    assert plain.rows != weighed.rows
    some = explain(
        model, X, y, methods=["permutation"], repeats=1, sample_weight=weights, max_rows=100
    )
    assert (some.failures, some.header.rows_used) == ((), 100)


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([1, 2, 3], "3 weights for 150 scored rows"),
        (["heavy"] * 150, "aren't all numbers"),
        ([np.nan, -1.0] + [1.0] * 148, "2 of 150 sample weights are missing, infinite or below 0"),
        ([0] * 150, "all sample weights are 0"),
    ],
)
def test_weights_that_cannot_be_meant_are_refused(weights, says):
    X, y = load_iris(return_X_y=True, as_frame=True)
    with pytest.raises(ValueError, match=says):
        explain(lightgbm().fit(X, y), X, y, sample_weight=weights)


@pytest.mark.parametrize(
    ("scoring", "takes"),
    [
        # Called max_error before scikit-learn 1.7.
        (next(name for name in reversed(scorer_names()) if name.endswith("max_error")), False),
        ("spearman_correlation", False),
        ("normalized_median_absolute_error", False),
        ("r2", True),
        ("normalized_root_mean_squared_error", True),
    ],
)
def test_a_score_without_weights_counts_all_rows_alike_and_says_so(scoring, takes):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Ridge().fit(X, y)
    weights = np.arange(len(y)) % 3
    options = {"methods": ["permutation"], "scoring": scoring, "repeats": 2}
    plain = explain(model, X, y, **options)
    weighed = explain(model, X, y, sample_weight=weights, **options)
    told = ("sample weights", f"{scoring} takes none, so all rows count alike")
    assert (weighed.rows == plain.rows, told in weighed.header.skipped) == (not takes, not takes)
    assert (plain.header.weighted, weighed.header.weighted) == (False, takes)
    assert weighed.failures == ()


@pytest.mark.parametrize(
    "model",
    [
        lightgbm(LGBMRegressor),
        lightgbm(LGBMRegressor, objective="poisson"),
        lightgbm(LGBMRegressor, reg_sqrt=True),
        lightgbm(LGBMRegressor, objective="quantile", alpha=0.3),
        small(XGBRegressor, n_jobs=1),
        Lasso(alpha=0.5),
        VotingRegressor([("t", lightgbm(LGBMRegressor)), ("l", Lasso(alpha=0.5))], weights=[2, 1]),
    ],
    ids=lambda model: str(model)[:45],
)
@pytest.mark.parametrize("scoring", ["r2", "neg_mean_absolute_error", "max_error"])
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_regression(model, scoring):
    random = np.random.default_rng(1)
    X = pd.DataFrame(random.integers(0, 6, (150, 5)).astype(float), columns=list("abcde"))
    X.loc[random.random(150) < 0.2, "a"] = 0.0
    if not isinstance(model, (Lasso, VotingRegressor)):
        X.loc[random.random(150) < 0.2, "b"] = np.nan
        X.loc[:3, "c"] = np.inf if isinstance(model, LGBMRegressor) else 1e5
    y = np.exp(X["a"] / 3) + X["d"] + 1
    scoring = "neg_max_error" if scoring == "max_error" and _has("neg_max_error") else scoring
    assert_equal(model.fit(X, y), X, y, scoring, seed=9)


def _has(name):
    from codegen_fi.runtime.importance.compat import scorer_names

    return name in scorer_names()


@pytest.mark.parametrize("between", [PCA(2), Normalizer()], ids=["pca", "normalizer"])
def test_steps_that_mix_columns(iris, between):
    X, y = iris
    model = Pipeline([("s", StandardScaler()), ("p", between), ("m", lightgbm())]).fit(X, y)
    assert_equal(model, X, y, "accuracy")


def test_whole_numbers_and_fractions_in_one_table(iris):
    X, y = iris
    X = X.assign(whole=np.arange(len(X)) // 7)
    assert_equal(small(RandomForestClassifier).fit(X, y), X, y, "accuracy")


@pytest.mark.parametrize("kind", ["dense", "sparse", "shared"])
@pytest.mark.parametrize(
    "model",
    [
        "lightgbm",
        "xgboost",
        "forest",
        "logistic",
        "nearest",
        "nearest by way",
        "support vectors",
        "bayes of words",
    ],
)
def test_behind_a_featurizer(odd, make_featurizer, kind, model):
    X, score = odd
    y = (score > 0).astype(int)
    steps = [("f", make_featurizer(kind)), ("s", MaxAbsScaler()), ("m", CLASSIFIERS[model]())]
    fitted = Pipeline(steps).fit(X, y)
    for scoring in ("accuracy", "f1_macro" if model == "support vectors" else "neg_log_loss"):
        assert_equal(fitted, X, y, scoring)
    found = engine(fitted, X, y)
    assert found is not None
    if kind == "sparse":
        assert found.apart


def test_neighbours_are_never_asked_about_more_rows_than_there_are(
    odd, make_featurizer, monkeypatch
):
    X, score = odd
    steps = [("f", make_featurizer("sparse")), ("m", KNeighborsClassifier())]
    fitted = Pipeline(steps).fit(X, score > 0)
    asked, true = [], KNeighborsClassifier.predict_proba

    def counted(self, rows):
        asked.append(rows.shape[0])
        return true(self, rows)

    monkeypatch.setattr(KNeighborsClassifier, "predict_proba", counted)
    importances(fitted, X, score > 0, scoring="neg_log_loss", repeats=20)
    assert len(asked) > 3
    # Once, rows of shuffles are asked about besides.
    assert sorted(asked)[-2] <= len(X)
    assert sum(asked) < 20 * len(X) * len(X.columns)


def test_whole_numbers_that_a_scaler_makes_fractions_of(odd, make_mapper):
    X, score = odd
    words = make_mapper([("country's", CountVectorizer()), ("a, b", CountVectorizer())], True)
    steps = [("f", words), ("s", MaxAbsScaler()), ("m", lightgbm())]
    fitted = Pipeline(steps).fit(X, score > 0)
    assert fitted[0].transform(X).dtype.kind == "i"
    assert_equal(fitted, X, score > 0, "neg_log_loss")
    assert engine(fitted, X, score > 0) is not None


@pytest.mark.parametrize("kind", ["voting", "stack", "calibrated"])
def test_an_ensemble_behind_a_featurizer(odd, make_featurizer, kind):
    X, score = odd
    y = np.where(score > 0, "high", "low")
    ensemble = ENSEMBLES[kind]()
    if kind != "calibrated":
        ensemble.set_params(trees__s=MaxAbsScaler())
    fitted = Pipeline([("f", make_featurizer("sparse")), ("m", ensemble)]).fit(X, y)
    assert_equal(fitted, X, y, "neg_log_loss")
    assert engine(fitted, X, y, "neg_log_loss") is not None


@pytest.mark.parametrize(
    "model",
    [
        lightgbm(),
        small(RandomForestClassifier, max_depth=2),
        Lasso(alpha=0.2),
        small(XGBClassifier),
    ],
    ids=lambda model: type(model).__name__,
)
def test_columns_that_no_member_reads_are_exactly_zero(iris, model):
    X, labels = iris
    X = X.assign(constant=1.0, noise=0.0)
    y = np.unique(labels, return_inverse=True)[1]
    table = importances(model.fit(X, y), X, y)
    assert (
        table.loc[["constant", "noise"], ["importance", "std"]].to_numpy().tolist()
        == [[0.0, 0.0]] * 2
    )
    assert set(table.note[["constant", "noise"]]) == {"not used by the model"}
    assert not table.note[table.importance != 0].str.contains("not used").any()
    assert_equal(model, X, y, None)


def test_a_zero_coefficient_on_an_infinite_column_is_not_taken_for_unread():
    from codegen_fi.runtime.importance.used import columns_read

    X = np.array([[1.0, 2.0, 0.0], [2.0, np.inf, 1.0], [3.0, 4.0, 5.0]])
    model = Lasso()
    model.coef_ = np.array([1.0, 0.0, 0.0])
    assert columns_read(model, X).tolist() == [True, True, False]


def test_a_scorer_with_a_positive_label_sees_the_labels_themselves():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X = X.iloc[:, :5]
    model = lightgbm().fit(X, y)
    assert_equal(model, X, y, "f1")
    labels = np.where(y == 1, "yes", "no")
    named = lightgbm().fit(X, labels)
    result = explain(named, X, labels, methods=["permutation"], scoring="f1")
    ((_, reason),) = result.failures
    assert "pos_label=1" in reason


def test_an_ensemble_of_one_equals_its_member(iris):
    X, y = iris
    alone = lightgbm().fit(X, y)
    one = VotingClassifier([("only", lightgbm())], voting="soft").fit(X, y)
    assert importances(one, X, y).importance.to_dict() == (
        importances(alone, X, y).importance.to_dict()
    )


def test_shares_add_up_to_one_and_a_constant_model_has_none(iris):
    X, y = iris
    assert importances(lightgbm().fit(X, y), X, y).share.sum() == pytest.approx(1)
    assert set(importances(DummyClassifier().fit(X, y), X, y).importance) == {0.0}


def test_a_column_of_noise_reorders_nothing():
    random = np.random.default_rng(4)
    X = pd.DataFrame(random.normal(size=(400, 3)), columns=["a", "b", "c"])
    y = (4 * X["a"] + 2 * X["b"] + X["c"] > 0).to_numpy()
    orders = []
    for frame in (X, X.assign(noise=random.normal(size=400))):
        table = importances(lightgbm().fit(frame, y), frame, y, repeats=10)
        orders.append([name for name in table.index if name != "noise"])
    assert orders[0] == orders[1] == ["a", "b", "c"]
