"""A model is asked about many shuffles at once and says what it says of each one alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import (
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelEncoder, MaxAbsScaler, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from codegen_fi.runtime.automl.models.calibrated_model import CalibratedModel
from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.target_transformers import PowerTransformer
from codegen_fi.runtime.automl.models.voting_ensemble import (
    PreFittedSoftVotingClassifier,
    PreFittedSoftVotingRegressor,
)
from codegen_fi.runtime.importance import combining, explain
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.asked import changed_rows
from codegen_fi.runtime.importance.blocks import Blocks, blocks_of
from codegen_fi.runtime.importance.engine import disjoint
from codegen_fi.runtime.importance.leaves import Leaf
from codegen_fi.runtime.importance.matrices import same
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.proof import ProofError
from codegen_fi.runtime.importance.scoring import Weighted, scorer_for

ROWS = 300
ORDERS = shuffled_orders(ROWS, 3, 5)
BLOCKS = [(0,), (1, 2), (3,), (4,)]


def table():
    random = np.random.default_rng(8)
    return pd.DataFrame(random.integers(-3, 4, (ROWS, 5)).astype(float), columns=list("abcde"))


X = table()
NUMBERS = (2 * X["a"] + X["b"] * X["c"] + np.sin(X["d"])).to_numpy()
LABELS = {
    "text": np.array(["no", "perhaps", "öfter"], dtype=object)[np.digitize(NUMBERS, [-3, 3])],
    "fixed width": np.array(["low", "high"])[(NUMBERS > 0).astype(int)],
    "numbers": np.digitize(NUMBERS, [-3, 3]) * 10,
    "truths": NUMBERS > 0,
}


def trees(cls=RandomForestClassifier):
    return cls(n_estimators=5, max_depth=4, random_state=0)


def boosted(cls=LGBMClassifier):
    return cls(n_estimators=5, min_child_samples=5, verbose=-1, n_jobs=1)


def members(regress=False):
    return [
        ("boosted", Pipeline([("s", MaxAbsScaler()), ("m", boosted(*[LGBMRegressor] * regress))])),
        ("forest", trees(*[RandomForestRegressor] * regress)),
        ("line", Pipeline([("s", StandardScaler()), ("m", Ridge() if regress else lines())])),
    ]


def lines():
    return LogisticRegression(max_iter=300)


def renamed(model):
    return PipelineWithYTransformations(
        Pipeline([("s", MaxAbsScaler()), ("m", model)]), "LabelEncoder", LabelEncoder()
    )


CLASSIFIERS = {
    "renamed": lambda: renamed(boosted()),
    "soft voting": lambda: VotingClassifier(members(), voting="soft", weights=[0.5, 0.3, 0.2]),
    "hard voting": lambda: VotingClassifier(members(), weights=[2, 1, 2]),
    "soft voting of AutoML": lambda: PreFittedSoftVotingClassifier(members(), [0.1, 0.7, 0.2]),
    "renamed voting of AutoML": lambda: renamed(PreFittedSoftVotingClassifier(members())),
    "sigmoids": lambda: CalibratedClassifierCV(trees(), cv=3),
    "isotonic": lambda: CalibratedClassifierCV(trees(), method="isotonic", cv=3),
    "calibration of AutoML": lambda: CalibratedModel(trees(), random_state=0),
    "search": lambda: GridSearchCV(trees(), {"max_depth": [2, 4]}, cv=2),
}
REGRESSORS = {
    "voting": lambda: VotingRegressor(members(True), weights=[1, 2, 3]),
    "voting of AutoML": lambda: PreFittedSoftVotingRegressor(members(True), [0.5, 0.1, 0.2]),
}
NOT_STACKED = {
    "stack": lambda: StackingClassifier(members(), lines(), cv=3),
    "vote with a stack": lambda: VotingClassifier(
        [*members(), ("stack", StackingClassifier(members(), lines(), cv=3))], voting="soft"
    ),
}


def blocks(model, y, scoring, task="classification", weights=None):
    _, scorer = scorer_for(scoring, task)
    scorer = scorer if weights is None else Weighted(scorer, weights)
    found = blocks_of(take_apart(model, X), X, y, scorer, ORDERS[0])
    assert isinstance(found, Blocks)
    return found


def counted(engine):
    """Count how often the hollow model is asked about all rows of one shuffle."""
    calls = []
    alone = engine._combining.alone

    def counting(answers):
        calls.append(answers)
        return alone(answers)

    engine._combining.alone = counting
    return calls


def assert_stacked_is_single(monkeypatch, model, y, scoring, **options):
    stacked = blocks(model, y, scoring, **options).engine
    assert stacked._combining._stacks
    monkeypatch.setattr(combining, "keeps_rows_apart", lambda _: False)
    single = blocks(model, y, scoring, **options).engine
    calls, many = counted(stacked), counted(single)
    together = dict(stacked.predictions(BLOCKS, ORDERS))
    alone = dict(single.predictions(BLOCKS, ORDERS))
    assert (len(calls), len(many)) == (1, len(alone))
    assert stacked._combining._stacks
    before = single._combining._said
    assert len(together) > 3
    for place, said in alone.items():
        for name, each in said.items():
            assert same(together.get(place, before)[name], each, bits=True)
    assert stacked.scores_of_blocks(BLOCKS, ORDERS) == single.scores_of_blocks(BLOCKS, ORDERS)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("kind", CLASSIFIERS)
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_the_labels_of_a_classifier(monkeypatch, kind, labels):
    y = LABELS[labels]
    assert_stacked_is_single(monkeypatch, CLASSIFIERS[kind]().fit(X, y), y, "accuracy")


@pytest.mark.parametrize("kind", sorted({*CLASSIFIERS} - {"hard voting"}))
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_the_probabilities_of_a_classifier(monkeypatch, kind):
    y = LABELS["text"]
    assert_stacked_is_single(monkeypatch, CLASSIFIERS[kind]().fit(X, y), y, "neg_log_loss")


@pytest.mark.parametrize("kind", REGRESSORS)
@pytest.mark.parametrize("weights", [None, np.arange(ROWS) % 4 + 0.5], ids=["plain", "weighted"])
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_of_a_regressor(monkeypatch, kind, weights):
    assert_stacked_is_single(
        monkeypatch,
        REGRESSORS[kind]().fit(X, NUMBERS),
        NUMBERS,
        "r2",
        task="regression",
        weights=weights,
    )


@pytest.mark.parametrize("bound", [1, 60_000])
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_stacks_are_bounded(monkeypatch, bound):
    model = CLASSIFIERS["soft voting"]().fit(X, LABELS["text"])
    expected = blocks(model, LABELS["text"], "accuracy").engine.scores_of_blocks(BLOCKS, ORDERS)
    monkeypatch.setattr(combining, "STACK_BYTES", bound)
    engine = blocks(model, LABELS["text"], "accuracy").engine
    sizes = []
    blank = engine._combining._blank
    engine._combining._blank = lambda rows: (sizes.append(rows), blank(rows))[1]
    assert engine.scores_of_blocks(BLOCKS, ORDERS) == expected
    row = engine._combining._empty.nbytes + 3 * 3 * 8
    assert len(sizes) > 1
    assert max(sizes) <= max(ROWS, bound / row)


@pytest.mark.parametrize("kind", NOT_STACKED)
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_a_model_over_answers_is_asked_about_one_shuffle_at_a_time(kind):
    model = NOT_STACKED[kind]().fit(X, LABELS["text"])
    engine = blocks(model, LABELS["text"], "accuracy").engine
    assert not engine._combining.apart
    calls = counted(engine)
    assert len(dict(engine.predictions(BLOCKS, ORDERS))) == len(calls) > 3


@pytest.mark.parametrize(
    "model",
    [
        PipelineWithYTransformations(
            Pipeline([("m", trees(RandomForestRegressor))]), "Power", PowerTransformer(power=2)
        ),
        TransformedTargetRegressor(trees(RandomForestRegressor), func=np.exp, inverse_func=np.log),
    ],
    ids=["AutoML", "scikit-learn"],
)
def test_transformers_of_targets_see_whole_shuffles(model):
    y = NUMBERS - NUMBERS.min() + 1
    engine = blocks(model.fit(X, y), y, "r2", "regression").engine
    assert not engine._combining.apart


def regressor_of(code):
    """Make a class of a name that is known to keep rows apart, whose `predict` doesn't."""

    class PreFittedSoftVotingRegressor(RegressorMixin, BaseEstimator):
        def fit(self, X, y):
            self.estimators = [("one", trees(RandomForestRegressor).fit(X, y))]
            self.estimators_ = [model for _, model in self.estimators]
            return self

        def predict(self, X):
            return code(self.estimators_[0].predict(X))

    return PreFittedSoftVotingRegressor().fit(X, NUMBERS)


def _needs_all_rows(said):
    if len(said) != ROWS:
        raise ValueError(f"{len(said)} rows")
    return said


@pytest.mark.parametrize(
    "code",
    [
        lambda said: said - said.mean(),
        lambda said: np.maximum(said, said[0]),
        lambda said: said if len(said) == ROWS else said.astype(np.float32),
        lambda said: said if len(said) == ROWS else np.nextafter(said, np.inf),
        lambda said: np.where(said > NUMBERS.mean(), said, said + (len(said) != ROWS) * 1e-9),
        _needs_all_rows,
    ],
    ids=["mean", "first row", "type", "last bit", "some rows", "refusal"],
)
def test_a_model_that_mixes_rows_unexpectedly_is_asked_one_by_one(monkeypatch, code):
    model = regressor_of(code)
    found = blocks(model, NUMBERS, "neg_mean_absolute_error", "regression")
    scores = found.scores(BLOCKS, ORDERS)
    if found.engine is not None:
        assert not found.engine._combining._stacks
    monkeypatch.setattr(combining, "keeps_rows_apart", lambda _: False)
    plain = blocks(model, NUMBERS, "neg_mean_absolute_error", "regression")
    assert scores == plain.scores(BLOCKS, ORDERS)


def relied_on(found):
    if found.engine is None:
        return False
    try:
        found.scores(BLOCKS, ORDERS)
    except ProofError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("soft voting", "a little"),
        ("soft voting", "some rows"),
        ("soft voting", "nothing"),
        ("renamed", "last bit"),
        ("renamed", "some rows"),
        ("renamed", "nothing"),
    ],
)
@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_an_engine_that_predicts_otherwise_is_not_relied_on(monkeypatch, kind, change):
    model = CLASSIFIERS[kind]().fit(X, LABELS["text"])
    true = Leaf.responses

    def changed(self, name, columns, orders):
        found = true(self, name, columns, orders)
        if change == "nothing" or not hasattr(self._estimator, "booster_"):
            return found
        for each in (answers.found for answers in found if answers is not None):
            if change == "some rows":
                each[1::3] = each[1::3, ::-1]
            elif change == "last bit":
                each[...] = np.nextafter(each, 0)
            else:
                np.multiply(each, 1 - 1e-5, out=each)
        return found

    monkeypatch.setattr(Leaf, "responses", changed)
    found = blocks(model, LABELS["text"], "neg_log_loss")
    assert relied_on(found) == (change == "nothing")


@pytest.mark.filterwarnings("ignore:X does not have valid feature names")
def test_a_model_is_known_to_be_quick_when_all_of_its_estimators_are():
    y = LABELS["text"]
    quick, slow = members()[:2], members()
    assert blocks(VotingClassifier(quick, voting="soft").fit(X, y), y, "accuracy").looks_up
    assert not blocks(VotingClassifier(slow, voting="soft").fit(X, y), y, "accuracy").looks_up


def test_changed_rows_are_those_of_other_bits():
    before = np.array([[0.0, np.nan], [1.0, 2.0], [0.0, 3.0]])
    now = np.array([[0.0, np.nan], [1.0, np.nextafter(2.0, 3.0)], [-0.0, 3.0]])
    assert changed_rows(now, before).tolist() == [False, True, True]
    assert changed_rows(np.asfortranarray(now), before).tolist() == [False, True, True]
    assert changed_rows(now.astype(np.float32), before).all()
    assert changed_rows(np.array([1, 2]), np.array([1, 3])).tolist() == [False, True]
    words = np.array(["a", "b"], dtype=object)
    assert changed_rows(words[[0, 1, 1]], words[[0, 0, 1]]).tolist() == [False, True, False]


def test_blocks_that_share_columns_go_into_batches_of_their_own():
    assert disjoint([(0, 1), (2,), (1, 2), (3,), (0,), ()]) == [[0, 1, 3, 5], [2, 4]]
    assert disjoint([]) == []


@pytest.mark.parametrize("model", [boosted(), DecisionTreeClassifier(random_state=0)])
def test_groups_that_share_columns_are_each_shuffled_whole(model):
    data, y = load_breast_cancer(return_X_y=True, as_frame=True)
    data = data.iloc[:, :6]
    model = model.fit(data, y)
    names = list(data.columns)
    groups = [("one", names[:3]), ("two", names[2:5]), ("three", names[:1])]
    together = explain(model, data, y, methods=["permutation"], groups=groups, repeats=2)
    found = {row.feature: row.importance for row in together.rows if row.space == "group"}
    for name, columns in groups:
        alone = explain(
            model, data, y, methods=["permutation"], groups=[(name, columns)], repeats=2
        )
        (row,) = [row for row in alone.rows if row.space == "group"]
        assert found[name] == row.importance != 0
