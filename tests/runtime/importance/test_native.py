"""What the models say themselves: closed forms for each family, wrapper and preprocessor."""

from __future__ import annotations

import itertools
import tracemalloc
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from scipy.sparse import csr_matrix
from scipy.sparse import random as sparse_random
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.linear_model import (
    ElasticNet,
    LassoLars,
    LinearRegression,
    LogisticRegression,
    SGDClassifier,
    SGDRegressor,
)
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    Normalizer,
    RobustScaler,
    StandardScaler,
)
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from xgboost import XGBClassifier, XGBRegressor

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.native.read import READERS, read
from codegen_fi.runtime.importance.native.reading import Inputs
from codegen_fi.runtime.importance.pullback import pulled_back
from codegen_fi.runtime.importance.rows import shares
from codegen_fi.runtime.importance.spread import column_spread

IRIS, SPECIES = load_iris(return_X_y=True, as_frame=True)
PROGRESS = load_diabetes(return_X_y=True, as_frame=True)


def told(model, X=None, y=None, *, fit=True):
    X = IRIS.to_numpy() if X is None else X
    y = SPECIES if y is None else y
    return read(model.fit(X, y) if fit else model, Inputs(lambda: X))


def table(result, method="native", space="raw", model="model"):
    frame = result.to_frame()
    chosen = frame[(frame.method == method) & (frame.space == space) & (frame.model == model)]
    return chosen.set_index("feature")


def test_lightgbm_tells_gain_not_split_counts():
    model = LGBMClassifier(n_estimators=8, verbose=-1, n_jobs=1)
    values = told(model).values
    trees = model.booster_.trees_to_dataframe()
    gain = trees.groupby("split_feature").split_gain.sum()
    assert values == pytest.approx([gain.get(f"Column_{i}", 0) for i in range(4)])
    assert values.tolist() != model.feature_importances_.tolist()


@pytest.mark.parametrize("named", [True, False])
def test_xgboost_tells_the_total_gain_of_its_splits(named):
    X = IRIS if named else IRIS.to_numpy()
    model = XGBClassifier(n_estimators=6, n_jobs=1)
    values = told(model, X).values
    trees = model.get_booster().trees_to_dataframe()
    gain = trees[trees.Feature != "Leaf"].groupby("Feature").Gain.sum()
    keys = IRIS.columns if named else [f"f{i}" for i in range(4)]
    assert values == pytest.approx([gain.get(key, 0.0) for key in keys], rel=1e-5)


@pytest.mark.filterwarnings("ignore:.*gblinear.*deprecated")
def test_xgboosts_linear_booster_tells_coefficients():
    X, y = PROGRESS
    model = XGBRegressor(booster="gblinear", n_estimators=20, n_jobs=1)
    reading = told(model, X.to_numpy(), y)
    assert reading.coefficients == pytest.approx(np.abs(model.coef_))
    assert reading.values == pytest.approx(np.abs(model.coef_) * X.to_numpy().std(axis=0))


@pytest.mark.parametrize(
    "model",
    [
        RandomForestClassifier(5, random_state=0),
        ExtraTreesClassifier(5, random_state=0),
        GradientBoostingRegressor(n_estimators=5, random_state=0),
        DecisionTreeRegressor(max_depth=3, random_state=0),
    ],
    ids=lambda model: type(model).__name__,
)
def test_scikit_learns_trees_tell_their_impurity_decrease(model):
    assert told(model).values.tolist() == model.feature_importances_.tolist()


@pytest.mark.parametrize(
    "model",
    [
        LogisticRegression(max_iter=2000),
        SGDClassifier(random_state=0),
        SVC(kernel="linear"),
        LinearSVC(random_state=0),
        ElasticNet(alpha=0.01),
        LassoLars(alpha=0.001),
        SGDRegressor(random_state=0),
        LinearRegression(),
    ],
    ids=lambda model: type(model).__name__,
)
def test_linear_models_tell_mean_coefficients_times_spread(model):
    scaled = StandardScaler().fit_transform(IRIS) * [1, 2, 3, 4]
    reading = told(model, scaled)
    magnitude = np.abs(np.atleast_2d(model.coef_)).mean(axis=0)
    assert reading.coefficients == pytest.approx(magnitude)
    assert reading.values == pytest.approx(magnitude * [1, 2, 3, 4])


def test_a_linear_kernel_has_a_row_per_pair_of_classes_even_sparse():
    X = csr_matrix(IRIS.to_numpy())
    dense, sparse = SVC(kernel="linear"), SVC(kernel="linear")
    assert told(sparse, X).values == pytest.approx(told(dense).values)
    assert sparse.coef_.shape == (3, 4)


def test_a_regressions_scaled_coefficient_is_free_of_units():
    X, y = PROGRESS
    metres, feet = X[["bmi", "bp"]].to_numpy(), X[["bmi", "bp"]].to_numpy() * [1, 3.28]
    one, other = told(LinearRegression(), metres, y), told(LinearRegression(), feet, y)
    assert one.values == pytest.approx(other.values)
    assert one.coefficients[1] == pytest.approx(other.coefficients[1] * 3.28)


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (SVC(kernel="rbf"), "kernel 'rbf'"),
        (KNeighborsClassifier(), "compares rows"),
        (GaussianNB(), "distribution per class"),
        (MultinomialNB(), "distribution per class"),
        (BernoulliNB(), "distribution per class"),
        (HistGradientBoostingClassifier(max_iter=2), "keeps no gain"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_models_without_native_importances_say_why(model, why):
    result = explain(model.fit(IRIS, SPECIES), IRIS, SPECIES, methods=["native"])
    (row,) = result.rows
    assert type(model).__name__ in row.note
    assert why in row.note
    assert (row.method, row.model, row.feature, row.rank) == ("native", "model", "", None)
    assert result.failures == ()


def test_an_unknown_class_is_named_not_guessed():
    class Mystery(LGBMClassifier):
        """Known by its base."""

    class Stranger:
        feature_importances_ = np.ones(4)

        def fit(self, _X, _y):
            return self

    assert told(Mystery(n_estimators=2, verbose=-1)).values is not None
    assert told(Stranger()).values is None
    assert "Stranger" in told(Stranger()).note


class CalibratedModel:
    """Holds what the generator's class of this name holds."""

    def __init__(self, model):
        self.model = model


def frozen(fitted):
    """Calibrate what is fitted already, in the words of the release that is installed."""
    if find_spec("sklearn.frozen") is None:
        return CalibratedClassifierCV(fitted, cv="prefit")
    return CalibratedClassifierCV(import_module("sklearn.frozen").FrozenEstimator(fitted))


def test_calibration_on_a_frozen_model_tells_the_models_coefficients():
    inner = LinearSVC(random_state=0).fit(IRIS.to_numpy(), SPECIES)
    outer = frozen(inner).fit(IRIS.to_numpy(), SPECIES)
    reading = told(CalibratedModel(outer), fit=False)
    assert reading.coefficients == pytest.approx(np.abs(inner.coef_).mean(axis=0))
    assert reading.values == pytest.approx(reading.coefficients * IRIS.to_numpy().std(axis=0))


def test_cross_calibration_averages_over_the_inner_models():
    outer = CalibratedClassifierCV(LinearSVC(random_state=0), cv=3, ensemble=True)
    reading = told(outer)
    inner = [np.abs(c.estimator.coef_).mean(axis=0) for c in outer.calibrated_classifiers_]
    assert len(inner) == 3
    assert reading.coefficients == pytest.approx(np.mean(inner, axis=0))
    assert "mean over 3" in reading.note


def test_one_model_per_class_averages_like_the_rows_of_one_model():
    inner = LogisticRegression(solver="liblinear")
    outer = OneVsRestClassifier(inner)
    reading = told(outer)
    rows = np.vstack([one.coef_ for one in outer.estimators_])
    assert rows.shape == (3, 4)
    assert reading.coefficients == pytest.approx(np.abs(rows).mean(axis=0))
    assert "mean over 3 classes" in reading.note


@pytest.mark.parametrize("reducer", [PCA(3), TruncatedSVD(3, random_state=0)])
def test_components_hand_importance_to_columns_in_proportion_to_their_weights(reducer):
    model = Pipeline([("reduce", reducer), ("m", DecisionTreeRegressor(max_depth=4))])
    X, y = PROGRESS
    values = told(model, X.to_numpy(), y).values
    expected = np.zeros(X.shape[1])
    for importance, weights in zip(
        model[-1].feature_importances_, np.abs(reducer.components_), strict=True
    ):
        expected += importance * weights / weights.sum()
    assert values == pytest.approx(expected)
    assert values.sum() == pytest.approx(1.0)


def test_a_one_to_one_preprocessor_changes_no_share():
    for scaler in (MaxAbsScaler(), RobustScaler(), Normalizer(), StandardScaler()):
        assert pulled_back(scaler, np.array([1.0, 2.0])).tolist() == [1.0, 2.0]


def test_the_spread_is_that_of_the_columns_as_they_enter_the_estimator():
    model = Pipeline([("s", StandardScaler()), ("m", LogisticRegression())])
    reading = told(model)
    assert reading.values == pytest.approx(reading.coefficients)


def test_pipelines_nest_as_the_model_step():
    inner = Pipeline([("s", MaxAbsScaler()), ("m", DecisionTreeRegressor(random_state=0))])
    model = Pipeline([("p", PCA(2)), ("outer", Pipeline([("inner", inner)]))])
    flat = Pipeline([("p", PCA(2)), *inner.steps])
    assert told(model).values.tolist() == told(flat).values.tolist()


def test_a_step_that_mixes_columns_unknown_to_us_is_named():
    model = Pipeline([("f", FunctionTransformer(np.cumsum, kw_args={"axis": 1}))])
    model.steps.append(("m", DecisionTreeRegressor()))
    reading = told(model)
    assert reading.values is None
    assert "FunctionTransformer" in reading.note


def voters():
    return [
        ("lr", Pipeline([("s", StandardScaler()), ("m", LogisticRegression())])),
        ("rf", RandomForestClassifier(5, random_state=0)),
        ("knn", KNeighborsClassifier()),
    ]


def test_voting_weights_the_members_shares():
    model = VotingClassifier(voters()[:2], voting="soft", weights=[1, 3])
    reading = told(model)
    linear, forest = (shares(member.reading.values) for member in reading.members)
    assert reading.values == pytest.approx(0.25 * linear + 0.75 * forest)
    assert [member.weight for member in reading.members] == [0.25, 0.75]
    alone = told(RandomForestClassifier(5, random_state=0)).values
    assert forest == pytest.approx(alone)


def test_members_without_importances_are_named_with_the_weight_they_take_away():
    model = VotingClassifier(voters(), voting="soft", weights=[0.2, 0.3, 0.5])
    reading = told(model)
    linear, forest = (shares(member.reading.values) for member in reading.members[:2])
    assert reading.values == pytest.approx(0.4 * linear + 0.6 * forest)
    assert "covers 0.5 of 1" in reading.note
    assert "knn (KNeighborsClassifier) with weight 0.5" in reading.note


def test_dropped_members_take_no_weight():
    members = [voters()[0], ("out", "drop"), voters()[1]]
    reading = told(VotingClassifier(members, voting="soft", weights=[1, 8, 3]))
    assert [member.weight for member in reading.members] == [0.25, 0.75]
    assert reading.members[0].label == "lr (LogisticRegression)"


def test_members_are_listed_beside_the_ensemble():
    model = VotingClassifier(voters(), voting="soft").fit(IRIS.to_numpy(), SPECIES)
    result = explain(model, IRIS.to_numpy(), SPECIES, methods=["native"])
    members = dict.fromkeys(row.model for row in result.rows)
    names = ["model", "lr (LogisticRegression)", "rf (RandomForestClassifier)"]
    assert list(members) == [*names, "knn (KNeighborsClassifier)"]
    assert table(result, model=names[2]).share.sum() == pytest.approx(1)
    assert table(result, model=names[2]).note.str.contains("weight 0.333").all()
    assert set(table(result, "native_coef", model=names[1]).index) == {"x0", "x1", "x2", "x3"}
    assert result.header.model == "VotingClassifier of 3 models"


class PreFittedSoftVotingRegressor:
    """Keeps its fitted members where the generator's class of this name keeps them."""

    def __init__(self, wrapped):
        self.estimators_ = ["never fitted"]
        self._wrappedEnsemble = wrapped


def test_the_voting_regressors_fitted_members_are_found():
    X, y = PROGRESS

    members = [("a", LinearRegression()), ("b", DecisionTreeRegressor())]
    wrapped = VotingRegressor(members, weights=[0.9, 0.1]).fit(X.to_numpy(), y)
    reading = told(PreFittedSoftVotingRegressor(wrapped), X.to_numpy(), y, fit=False)
    linear, tree = (shares(member.reading.values) for member in reading.members)
    assert reading.values == pytest.approx(0.9 * linear + 0.1 * tree)


class StackEnsembleClassifier:
    """Holds what the generator's class of this name holds."""

    def __init__(self, learners, meta):
        self._base_learners = learners
        self._meta_learner = meta


class StackEnsembleRegressor(StackEnsembleClassifier):
    """The same for regression."""


def test_a_stack_weights_learners_by_the_meta_learners_columns():
    X = IRIS.to_numpy()
    learners = [(name, model.fit(X, SPECIES)) for name, model in voters()[:2]]
    # Two columns per learner: the probabilities of every class but the first.
    meta = LogisticRegression()
    meta.coef_ = np.array([[3.0, -3.0, 1.0, 0.0], [0.0, 0.0, 0.0, -1.0], [0.0, 0.0, 0.0, 0.0]])
    reading = told(StackEnsembleClassifier(learners, meta), fit=False)
    linear, forest = (shares(member.reading.values) for member in reading.members)
    assert [member.weight for member in reading.members] == pytest.approx([0.75, 0.25])
    assert reading.values == pytest.approx(0.75 * linear + 0.25 * forest)


def test_a_stack_that_listens_to_one_learner_is_that_learner():
    X, y = PROGRESS
    learners = [
        ("a", LinearRegression().fit(X, y)),
        ("b", DecisionTreeRegressor(random_state=0).fit(X, y)),
    ]
    meta = ElasticNet()
    meta.coef_ = np.array([0.0, 0.981])
    reading = told(StackEnsembleRegressor(learners, meta), X, y, fit=False)
    assert reading.values == pytest.approx(learners[1][1].feature_importances_)
    assert reading.members[0].weight == 0


def test_a_stack_under_a_silent_meta_learner_still_lists_its_learners():
    X = IRIS.to_numpy()
    learners = [(name, model.fit(X, SPECIES)) for name, model in voters()[:2]]
    model = StackEnsembleClassifier(learners, KNeighborsClassifier())
    reading = told(model, fit=False)
    assert reading.values is None
    assert reading.note.startswith("meta-learner: KNeighborsClassifier")
    assert len(reading.members) == 2


def test_scikit_learns_stack_is_read_alike():
    X, y = load_breast_cancer(return_X_y=True)
    learners = [DecisionTreeClassifier(max_depth=2 + i, random_state=i) for i in range(2)]
    stack = StackingClassifier(list(zip("ab", learners, strict=True)), cv=2)
    reading = told(stack, X, y)
    weights = shares(np.abs(stack.final_estimator_.coef_[0]))
    trees = [tree.feature_importances_ for tree in stack.estimators_]
    assert reading.values == pytest.approx(weights[0] * trees[0] + weights[1] * trees[1])


def test_raw_columns_sum_their_engineered_columns(odd, make_featurizer):
    X, score = odd
    forest = LGBMRegressor(n_estimators=10, verbose=-1, n_jobs=1)
    model = Pipeline([("f", make_featurizer("sparse")), ("m", forest)]).fit(X, score)
    result = explain(model, X, score, methods=["native"])
    engineered = table(result, space="engineered")
    summed = engineered.groupby("raw_feature").importance.sum()
    raw = table(result)
    for name in summed.index:
        assert raw.importance[name] == pytest.approx(summed[name])
    assert raw.importance["never read"] == 0
    assert raw.note["never read"].startswith("not used by the featurizer")
    assert raw.importance.sum() == pytest.approx(forest.booster_.feature_importance("gain").sum())


def test_a_column_of_two_owners_is_split_equally(odd, make_mapper):
    X, y = odd
    pca = Pipeline([("fill", FunctionTransformer(np.nan_to_num)), ("pca", PCA(1))])
    mapper = make_mapper([(["hours per week", "größe"], pca)])
    model = Pipeline([("f", mapper), ("m", LinearRegression())]).fit(X, y)
    raw = table(explain(model, X, y, methods=["native"]))
    assert raw.share["hours per week"] == raw.share["größe"] == 0.5
    (row,) = (
        explain(model, X, y, methods=["native"])
        .to_frame()
        .query("space == 'engineered' and method == 'native'")
        .itertuples()
    )
    assert raw.importance.sum() == pytest.approx(row.importance)
    assert row.raw_feature == "hours per week + größe"
    assert "2 columns" in row.note


def test_thousands_of_sparse_columns_are_never_made_dense():
    random = np.random.default_rng(0)
    X = sparse_random(2000, 20000, density=0.001, format="csr", random_state=random)
    y = random.integers(0, 2, 2000)
    model = Pipeline([("s", MaxAbsScaler()), ("m", LogisticRegression())]).fit(X, y)
    tracemalloc.start()
    reading = read(model, Inputs(lambda: X))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2000 * 20000 * 8 / 20
    entering = model[0].transform(X)[:, :50].toarray()
    expected = np.abs(model[-1].coef_[0, :50]) * entering.std(axis=0)
    assert reading.values[:50] == pytest.approx(expected)


def test_the_spread_of_a_sparse_matrix_is_that_of_the_dense_one():
    dense = np.array([[1e8, 0, 3], [1e8 + 1, 0, 0], [1e8 + 2, 0, 0]], dtype=np.float64)
    assert column_spread(csr_matrix(dense)) == pytest.approx(dense.std(axis=0))
    counts = csr_matrix(np.array([[255, 0], [255, 255]], dtype=np.uint8))
    assert column_spread(counts).tolist() == [0.0, 127.5]
    assert column_spread(pd.DataFrame({"a": [1, 3], "b": [True, False]})).tolist() == [1.0, 0.5]


def test_every_reader_is_named_once():
    names = [name for _, name in READERS.by_package] + list(READERS.by_name)
    for one, other in itertools.combinations(names, 2):
        assert one != other
