"""Scores by formula are scikit-learn's to the last bit, or left to scikit-learn."""

from __future__ import annotations

import pickle
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import accuracy_score, f1_score, get_scorer, make_scorer, r2_score

from codegen_fi.runtime.importance.coding import Coding, differing
from codegen_fi.runtime.importance.outcomes import Outcomes
from codegen_fi.runtime.importance.quick_scores import formula_for
from codegen_fi.runtime.importance.responses import Answering, Given
from codegen_fi.runtime.importance.scoring import AzureScorer, Weighted

REGRESSION = [
    "r2",
    "neg_mean_squared_error",
    "neg_root_mean_squared_error",
    "neg_mean_absolute_error",
]


def scored(scorer, model, y, predicted):
    return float(scorer(Answering(model, Given({"predict": predicted})), np.zeros((len(y), 1)), y))


def bits(number):
    return np.float64(number).tobytes()


@st.composite
def cases(draw, classify):
    """Draw a seed for many numbers, and what is odd about them."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.integers(2, 400))
    weights = draw(st.sampled_from([None, "whole", "fractions"]))
    if weights is not None:
        weights = random.integers(0, 3, rows) + (0.0 if weights == "whole" else random.random(rows))
        weights[0] = 1.0
    if classify:
        classes = draw(
            st.sampled_from([np.array([0, 1]), np.array([-1, 2, 7]), np.array([False, True])])
        )
        y, predicted = classes[random.integers(0, len(classes), (2, rows))]
        return y, predicted, weights
    scale = 10.0 ** draw(st.integers(-12, 12))
    kind = draw(st.sampled_from(["usual", "constant", "whole", "equal", "short"]))
    y = random.normal(size=rows) * scale
    predicted = y + random.normal(size=rows) * scale * draw(st.sampled_from([1e-9, 1.0, 1e6]))
    if kind == "constant":
        y[:] = scale
    elif kind == "whole":
        y = random.integers(-9, 9, rows)
    elif kind == "equal":
        predicted = y.copy()
    elif kind == "short":
        predicted = predicted.astype(np.float32)
    return y, predicted, weights


def assert_equal(name, model, case):
    y, predicted, weights = case
    scorer = get_scorer(name) if weights is None else Weighted(get_scorer(name), weights)
    formula = formula_for(scorer, y, {"predict": predicted})
    assert formula is not None or predicted.dtype == np.float32
    if formula is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for said in (predicted, np.roll(predicted, 1), np.full_like(predicted, predicted[0])):
            assert bits(formula({"predict": said})) == bits(scored(scorer, model, y, said))


@pytest.mark.parametrize("name", REGRESSION)
@settings(max_examples=60, deadline=None)
@given(case=cases(classify=False))
def test_of_numbers(name, case):
    assert_equal(name, DummyRegressor().fit([[0], [1]], [0.0, 1.0]), case)


@settings(max_examples=60, deadline=None)
@given(case=cases(classify=True))
def test_of_labels(case):
    labels = np.unique(np.concatenate(case[:2]))
    model = DummyClassifier().fit(np.zeros((len(labels), 1)), labels)
    assert_equal("accuracy", model, case)


@pytest.mark.parametrize(
    "scorer",
    [
        get_scorer("f1_macro"),
        get_scorer("balanced_accuracy"),
        make_scorer(accuracy_score, normalize=False),
        make_scorer(r2_score, greater_is_better=False),
        make_scorer(f1_score),
        AzureScorer("accuracy"),
        lambda model, X, y: 1.0,
    ],
    ids=["f1", "balanced", "a count", "turned", "another function", "AutoML", "a function"],
)
def test_other_scorers_have_none(scorer):
    y = np.array([0, 1, 1, 0])
    assert formula_for(scorer, y, {"predict": y}) is None
    assert formula_for(scorer, y * 0.5, {"predict": y * 0.5}) is None


@pytest.mark.parametrize(
    ("y", "predicted"),
    [
        (np.array([0.0, 1.0]), np.array([0.0, 1.0])),
        (np.array(["a", "b"]), np.array(["a", "b"])),
        (np.array([0, 1]), np.array([[1, 0], [0, 1]])),
        (np.array([0, 1]), np.array([0, 1], dtype=object)),
    ],
    ids=["fractions", "text", "columns", "objects"],
)
def test_labels_that_need_a_look_have_none(y, predicted):
    assert formula_for(get_scorer("accuracy"), y, {"predict": predicted}) is None


@pytest.mark.parametrize("odd", [np.nan, np.inf, 1e200])
def test_what_is_no_number_is_left_to_the_scorer(odd):
    y = np.array([1.0, 2.0, 4.0])
    formula = formula_for(get_scorer("r2"), y, {"predict": y})
    assert formula({"predict": np.array([1.0, odd, 3.0])}) is None


def outcomes(y, predicted, scorer, classes):
    model = DummyClassifier().fit(np.zeros((len(classes), 1)), classes)
    said = {"predict": predicted}
    score = scored(scorer, model, y, predicted)
    return Outcomes(model, said, np.zeros((len(y), 1)), y, scorer, score), model


@pytest.mark.parametrize("kind", [object, "U5"])
@pytest.mark.parametrize("weights", [None, np.arange(60) + 0.5], ids=["plain", "weighted"])
def test_text_is_scored_by_formula(kind, weights):
    random = np.random.default_rng(3)
    classes = np.array(["ä", "b", "no"], dtype=kind)
    y, predicted = classes[random.integers(0, 3, (2, 60))]
    scorer = (
        get_scorer("accuracy") if weights is None else Weighted(get_scorer("accuracy"), weights)
    )
    found, model = outcomes(y, predicted, scorer, classes)
    found = pickle.loads(pickle.dumps(found))
    assert found._formula is not None
    for said in (predicted, predicted[::-1], np.roll(predicted, 7), np.array(y)):
        assert bits(found.of({"predict": said})) == bits(scored(scorer, model, y, said))


def test_a_label_that_is_not_known_is_scored_by_the_scorer():
    classes = np.array(["a", "b"], dtype=object)
    y = classes[[0, 1, 1, 0]]
    scorer = get_scorer("accuracy")
    found, model = outcomes(y, y[::-1], scorer, classes)
    said = np.array(["a", "b", "c", "c"], dtype=object)
    assert found.of({"predict": said}) == scored(scorer, model, y, said) == 0.5


def test_a_formula_that_gives_something_else_is_dropped(monkeypatch):
    from codegen_fi.runtime.importance import quick_scores

    y = np.array([0, 1, 1, 0, 1])
    monkeypatch.setattr(
        quick_scores._Right,
        "of",
        lambda self, predicted: np.mean(self._truth == predicted) if predicted[0] else 0.9,
    )
    found, _ = outcomes(y, np.array([1, 1, 0, 0, 0]), get_scorer("accuracy"), np.array([0, 1]))
    assert found._formula is None


def test_labels_are_told_apart_by_where_they_lie():
    words = np.array(["a", "b"], dtype=object)
    one, other = words[[0, 1, 0]], words[[0, 0, 0]]
    assert differing(one, other).tolist() == [False, True, False]
    assert differing(one[::-1], other).tolist() == [False, True, False]
    assert differing(one.astype("U1"), other).tolist() == [False, True, False]
    equal = np.array(["".join(["x", "yz"]), "b"], dtype=object)
    coding = Coding(np.array(["b", "xyz"], dtype=object), equal, words[1:], equal)
    assert coding.of_changed(np.array(["".join(["xy", "z"]), "b"], dtype=object)).tolist() == [1, 0]
    assert coding.of_changed(np.array(["c", "b"], dtype=object)) is None


def test_a_truth_that_is_no_label_of_the_list_is_refused():
    with pytest.raises(ValueError, match="not found again"):
        Coding(np.array(["a"]), np.array(["b"]), np.array(["a"]), None)
