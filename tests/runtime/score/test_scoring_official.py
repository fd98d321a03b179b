"""Every metric equals the official one, on easy data and on the corners."""

import itertools
import json
import math

import numpy as np
import pytest

from codegen_fi.runtime.automl.preprocessing._dataset_binning import make_dataset_bins
from codegen_fi.runtime.automl.score._classification import CLASSWISE
from codegen_fi.runtime.automl.score._classification import SCALARS as CLASSIFICATION
from codegen_fi.runtime.automl.score._classification_tables import TABLES
from codegen_fi.runtime.automl.score._regression import SCALARS as REGRESSION
from codegen_fi.runtime.automl.score._regression_tables import TABLES as CHARTS
from codegen_fi.runtime.automl.score.scoring import (
    aggregate_scores,
    score_classification,
    score_regression,
)

pytestmark = pytest.mark.official

CLASSIFICATION_METRICS = sorted([*CLASSIFICATION, *CLASSWISE, *TABLES])
REGRESSION_METRICS = sorted([*REGRESSION, *CHARTS])
LABELS = {
    "int": (range(9), "int64"),
    "shifted int": (range(3, 12), "int64"),
    "float": ([0.5, 1.0, 2.0, 3.5, 4.0], "float64"),
    "text": (["Bär", "apple", "c d", "d'e", "é"], "object"),
    "fixed text": (["no", "yes", "z1", "z2", "z3"], "U5"),
    "bool": ([False, True], "bool"),
}


def spec(values, dtype="float64"):
    return {"values": np.asarray(values).tolist(), "dtype": dtype}


def array(given):
    return None if given is None else np.array(given["values"], dtype=given["dtype"])


def probabilities(random, y, k, sharpness):
    raw = random.dirichlet(np.ones(k), len(y))
    raw[np.arange(len(y)), np.minimum(y, k - 1)] += sharpness
    return raw / raw.sum(axis=1, keepdims=True)


def classification(labels, dtype, y, p, learnt=None, weights=None, use_binary=True):
    labels = np.array(labels, dtype=dtype)
    learnt = range(len(labels)) if learnt is None else learnt
    return {
        "kind": "classification",
        "y": spec(labels[y], dtype),
        "probabilities": spec(p),
        "metrics": CLASSIFICATION_METRICS,
        "class_labels": spec(labels, dtype),
        "train_labels": spec(labels[list(learnt)], dtype),
        "weights": None if weights is None else spec(weights),
        "use_binary": use_binary,
    }


def classification_questions():
    random = np.random.default_rng(0)
    questions = []
    for (values, dtype), k, sharp in itertools.product(LABELS.values(), (2, 3, 5), (0.1, 1.0)):
        if len(list(values)) < k:
            continue
        y = random.integers(0, k, 40)
        p = probabilities(random, y, k, sharp)
        questions.append(classification(list(values)[:k], dtype, y, p))
    for k, weighted, use_binary in itertools.product((2, 4), (False, True), (False, True)):
        y = random.integers(0, k, 60)
        p = probabilities(random, y, k, 0.3)
        weights = random.random(60) if weighted else None
        questions.append(classification(range(k), "int64", y, p, None, weights, use_binary))
    return questions + corners(random)


def corners(random):
    n = 24
    few = np.array([0, 0, 1] * 8)

    def ask(labels, y, p, learnt=None, **more):
        return classification(range(labels), "int64", y, p, learnt, **more)

    alone = [
        ask(k, np.full(rows, k - 1), p[:rows], use_binary=of_two)
        for k, p in ((2, probabilities(random, few * 0 + 1, 2, 0.2)), (3, np.eye(3)[few * 0 + 2]))
        for rows in (n, 1)
        for of_two in (True, False)
    ]
    return [
        *alone,
        ask(3, few, probabilities(random, few, 3, 0.2)),
        ask(5, few * 3, probabilities(random, few * 3, 5, 0.4)),
        ask(5, few + 3, probabilities(random, few + 3, 5, 0.4)),
        ask(3, np.arange(n) % 3, probabilities(random, np.arange(n) % 3, 2, 0.2), [0, 1]),
        ask(3, few * 2, probabilities(random, few, 2, 0.2), [0, 2]),
        ask(5, few * 3, probabilities(random, few, 3, 0.2), [0, 2, 4]),
        ask(2, few, np.ones((n, 1)), [0]),
        ask(2, np.ones(n, int), probabilities(random, np.ones(n, int), 2, 0.2)),
        ask(2, np.zeros(n, int), probabilities(random, np.ones(n, int), 2, 0.2)),
        ask(2, np.ones(n, int), np.tile([0.1, 0.9], (n, 1))),
        ask(3, np.ones(n, int), probabilities(random, np.ones(n, int), 3, 0.2)),
        ask(2, few, np.full((n, 2), 0.5)),
        ask(2, few, np.eye(2)[few]),
        ask(3, np.arange(n) % 3, np.eye(3)[few]),
        ask(2, few, probabilities(random, few, 2, 0.2) / 2),
        ask(3, few, np.round(probabilities(random, few, 3, 0.2), 1)),
        ask(3, few, probabilities(random, few, 3, 0.2), weights=random.random(n)),
        ask(2, few[:2], probabilities(random, few[:2], 2, 0.2)),
        ask(2, few[:1], probabilities(random, few[:1], 2, 0.2)),
    ]


def regression(y, predicted, scale=None, weights=None):
    scale = [np.max(y) + 1, np.min(y) - 0.5, np.std(y) + 0.1] if scale is None else scale
    return {
        "kind": "regression",
        "y": spec(y),
        "predicted": spec(predicted),
        "metrics": REGRESSION_METRICS,
        "scale": [None if value is None else float(value) for value in scale],
        "weights": None if weights is None else spec(weights),
    }


def regression_questions():
    random = np.random.default_rng(1)
    questions = []
    for size, shift, factor in itertools.product((5, 60), (0, 40, -40), (1e-4, 1, 1e5)):
        y = (random.normal(size=size) * 10 + shift) * factor
        questions.append(regression(y, y + random.normal(size=size) * factor * 4))
    y = np.abs(random.normal(size=50)) * 7
    close = y + random.normal(size=50) * 0.1
    return [
        *questions,
        regression(y, np.abs(close), weights=random.random(50)),
        regression(y, close, scale=[None, None, None]),
        regression(y, y * 50, scale=[1, 0, 0.1]),
        regression(np.round(y), np.round(close)),
        regression(y, np.full(50, y.mean())),
        regression(np.full(4, 3.0), [1.0, 2, 3, 4], scale=[3, 3, 0]),
        regression(np.full(4, 3.0), np.full(4, 3.0), scale=[3, 3, 0]),
        regression(np.zeros(4), [1.0, 2, 3, 4], scale=[9, 0, 1]),
        regression([1.0, 2, 3], [1.0, 2, 4], scale=[5, -1, 1]),
        regression([1.0, 2, 3], [1.0, 2, 4], scale=[5, -3, 1]),
        regression([2.0], [3.0], scale=[5, 0, 1]),
        regression(y, close, weights=np.ones(80)),
        regression(y, close, weights=np.zeros(50)),
    ]


def fold_questions():
    random = np.random.default_rng(2)
    y = random.integers(0, 3, 30)
    y[:3] = [0, 1, 2]
    halves = [
        classification(range(3), "int64", part, probabilities(random, part, 3, 0.3))
        for part in (y[:18], y[18:])
    ]
    truth = random.normal(size=20) * 3
    scale = [10, -10, 3]
    charts = [
        regression(truth, truth + random.normal(size=20) * wide, scale) for wide in (1, 1, 30)
    ]
    return [{"kind": "aggregate", "parts": halves}, {"kind": "aggregate", "parts": charts}]


def ours(question):
    weights = array(question.get("weights"))
    if question["kind"] == "aggregate":
        return aggregate_scores([ours(part) for part in question["parts"]])
    if question["kind"] == "classification":
        return score_classification(
            array(question["y"]),
            array(question["probabilities"]),
            question["metrics"],
            array(question["class_labels"]),
            array(question["train_labels"]),
            sample_weight=weights,
            use_binary=question["use_binary"],
        )
    y = array(question["y"])
    return score_regression(
        y,
        array(question["predicted"]),
        question["metrics"],
        *question["scale"],
        weights,
        make_dataset_bins(len(y), y),
    )


QUESTIONS = [*classification_questions(), *regression_questions(), *fold_questions()]


@pytest.fixture(scope="module")
def pairs(ask_official):
    answers = ask_official(QUESTIONS)
    return [
        (question, ours(question), answer)
        for question, answer in zip(QUESTIONS, answers, strict=True)
    ]


def test_every_question_has_an_official_answer(pairs):
    assert [answer["raised"] for _, _, answer in pairs if "raised" in answer] == []


def test_scalars_equal_the_official_ones(pairs):
    differing = [
        (number, question["kind"], name, mine[name], value)
        for number, (question, mine, official) in enumerate(pairs)
        for name, value in official.items()
        if not isinstance(value, dict) and not same(mine[name], value)
    ]
    assert differing == []


def test_tables_equal_the_official_ones(pairs):
    compared = 0
    for question, mine, official in pairs:
        for name, value in official.items():
            if isinstance(value, dict) and comparable(name, question):
                compared += 1
                assert alike(mine[name], value), (name, question["kind"], mine[name], value)
    assert compared > 300


def test_the_report_of_several_folds_exists_where_the_official_fails(pairs):
    _, mine, official = pairs[-2]
    assert "errors" in official["classification_report"]
    assert sum(row[3] for row in mine["classification_report"]["data"]["matrix"][:3]) == 30


def test_everything_can_be_written_as_json(pairs):
    for _, mine, _ in pairs:
        json.dumps(mine)


def comparable(name, question):
    """Leave out what the official packages get wrong when a class is missing from the rows.

    They name the values per class by position, and compare codes of the rows with positions of the
    columns in the accuracy table; the report of several folds fails.
    """
    if question["kind"] == "aggregate":
        return name != "classification_report"
    if question["kind"] == "regression":
        return True
    labels = question["class_labels"]["values"]
    present = sorted(set(question["y"]["values"]))
    if name == "accuracy_table":
        return present == labels[: len(present)]
    return present == labels or name.startswith(("AUC", "average", "confusion", "classification"))


def alike(mine, official):
    if isinstance(official, dict):
        if "errors" in official:
            return list(mine) == ["errors"]
        return set(mine) == set(official) and all(alike(mine[k], official[k]) for k in official)
    if isinstance(official, list):
        return len(mine) == len(official) and all(map(alike, mine, official))
    return mine == official if isinstance(official, str) else same(mine, official)


def same(mine, official):
    if math.isnan(official):
        return math.isnan(mine)
    return math.isclose(mine, official, rel_tol=1e-9, abs_tol=1e-9)
