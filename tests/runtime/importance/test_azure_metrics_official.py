"""AutoML's names score as the official packages do, on random tables and on the corners."""

import ast
import itertools
from pathlib import Path

import numpy as np
import pytest

from codegen_fi.runtime.importance import azure_classification, azure_regression
from codegen_fi.runtime.importance.scoring import AZURE_NAMES, AzureScorer, direction

pytestmark = pytest.mark.official

PROBE = Path(__file__).parents[1] / "score" / "official_probe.py"
SPELLING = {name: name.replace("auc", "AUC") for name in AZURE_NAMES}
LABELS = {
    "text": (["Bär", "apple", "c d", "d'e"], "object"),
    "fixed text": (["no", "yes", "z1", "z2"], "U4"),
    "whole": ([1, 2, 5, 30], "int64"),
    "fractions": ([0.5, 1.0, 2.5, 7.0], "float64"),
    "bool": ([False, True], "bool"),
}


def spec(values, dtype="float64"):
    return {"values": np.asarray(values).tolist(), "dtype": dtype}


def array(given):
    return None if given is None else np.array(given["values"], dtype=given["dtype"])


def drawn(random, y, k):
    """Probabilities of k classes that lean to the truth, where the model knows it."""
    raw = random.dirichlet(np.ones(k), len(y))
    raw[np.arange(len(y)), np.minimum(y, k - 1)] += 0.4
    return raw / raw.sum(axis=1, keepdims=True)


def classification(labels, dtype, y, probabilities, known=None, weights=None):
    labels = np.array(labels, dtype=dtype)
    known = list(range(len(labels))) if known is None else known
    return {
        "kind": "classification",
        "y": spec(labels[y], dtype),
        "probabilities": spec(probabilities),
        "metrics": [SPELLING[name] for name in azure_classification.METRICS],
        "class_labels": spec(np.union1d(labels[known], labels[y]), dtype),
        "train_labels": spec(labels[known], dtype),
        "weights": None if weights is None else spec(weights),
        "use_binary": False,
    }


def random_classifications():
    random = np.random.default_rng(20)
    for (labels, dtype), k, weighted in itertools.product(LABELS.values(), (2, 3, 4), (0, 1)):
        if k > len(labels):
            continue
        y = random.integers(0, k, 50)
        weights = random.choice([0.0, 0.5, 1 / 3, 4.0], 50) if weighted else None
        yield classification(labels[:k], dtype, y, drawn(random, y, k), None, weights)


def corner_classifications():
    random = np.random.default_rng(21)
    two, three = random.integers(0, 2, 40), random.integers(0, 3, 40)
    text, whole = LABELS["text"], LABELS["whole"]

    def ask(kind, k, y, probabilities, known=None, weights=None):
        return classification(kind[0][:k], kind[1], y, probabilities, known, weights)

    last = np.where(three == 2, 0.0, 1.0)
    return {
        "a class is missing from the rows": ask(text, 3, two, drawn(random, two, 3)),
        "the first class is missing": ask(text, 3, two + 1, drawn(random, two + 1, 3)),
        "one class in the rows, of two": ask(text, 2, two * 0, drawn(random, two, 2)),
        "one class in the rows, of three": ask(whole, 3, two * 0 + 1, drawn(random, two, 3)),
        "one class, all of them right": ask(text, 2, two * 0 + 1, np.tile([0.1, 0.9], (40, 1))),
        "one class of three, all of them right": ask(whole, 3, two * 0, np.eye(3)[two * 0]),
        "the model doesn't know the last": ask(whole, 3, three, drawn(random, three, 2), [0, 1]),
        "the model doesn't know the second": ask(whole, 3, three, drawn(random, three, 2), [0, 2]),
        "all ties": ask(text, 3, three, np.full((40, 3), 1 / 3)),
        "ties of two": ask(whole, 2, two, np.full((40, 2), 0.5)),
        "rounded": ask(text, 3, three, np.round(drawn(random, three, 3), 1)),
        "certain and right": ask(text, 3, three, np.eye(3)[three]),
        "certain and sometimes wrong": ask(text, 3, three, np.eye(3)[(three * two) % 3]),
        "not adding up to one": ask(text, 2, two, drawn(random, two, 2) / 2),
        "one row": ask(text, 2, two[:1], drawn(random, two[:1], 2)),
        "one row of three classes": ask(whole, 3, three[:1], drawn(random, three[:1], 3)),
        "two rows": ask(text, 2, np.array([0, 1]), drawn(random, np.array([0, 1]), 2)),
        "a class weighs nothing": ask(text, 3, three, drawn(random, three, 3), None, last),
        "a class is missing, weighted": ask(
            whole, 4, three, drawn(random, three, 4), None, random.random(40)
        ),
    }


def regression(y, predicted, bounds=None, weights=None):
    low, high = (np.min(y), np.max(y)) if bounds is None else bounds
    return {
        "kind": "regression",
        "y": spec(y),
        "predicted": spec(predicted),
        "metrics": [*azure_regression.METRICS],
        "scale": [float(high), float(low), 1.0],
        "weights": None if weights is None else spec(weights),
    }


def random_regressions():
    random = np.random.default_rng(22)
    for rows, shift, factor, weighted in itertools.product(
        (4, 60), (0, 50, -50), (1e-4, 1, 1e5), (0, 1)
    ):
        y = (random.normal(size=rows) * 10 + shift) * factor
        wide = (y.min() - 3 * factor, y.max() + factor)
        weights = random.choice([0.5, 1 / 3, 4.0], rows) if weighted else None
        yield regression(y, y + random.normal(size=rows) * factor * 4, wide, weights)


def corner_regressions():
    random = np.random.default_rng(23)
    y = random.gamma(2.0, 3.0, 40)
    near = np.abs(y + random.normal(size=40))
    three = [1.0, 2.0, 3.0]
    return {
        "constant target": regression(np.full(5, 3.0), [1.0, 2, 3, 4, 5]),
        "constant target, all right": regression(np.full(5, 3.0), np.full(5, 3.0)),
        "constant target of a wider whole": regression(np.full(5, 3.0), [1.0, 2, 3, 4, 5], (0, 9)),
        "constant prediction": regression(y, np.full(40, y.mean())),
        "all right": regression(y, y),
        "worse than nothing": regression(y, y * 90),
        "zeros in the target": regression(np.where(y < 4, 0.0, y), near),
        "a target of zeros": regression(np.zeros(6), [0.0, 1, 2, 3, 4, 5], (0, 8)),
        "a negative prediction": regression(y, near - 5),
        "a negative target": regression(y - 5, near),
        "a lowest value below -1": regression(three, [1.0, 2, 4], (-3, 5)),
        "a lowest value of -1": regression(three, [1.0, 2, 4], (-1, 5)),
        "ties in ranks": regression(np.round(y), np.round(near)),
        "one row": regression([2.0], [3.0], (0, 5)),
        "one row, no range": regression([2.0], [3.0]),
        "two rows": regression([2.0, 4.0], [3.0, 3.5]),
        "rows that weigh nothing": regression(y, near, None, (y > 5).astype(float)),
    }


CORNERS = {**corner_classifications(), **corner_regressions()}
QUESTIONS = [*random_classifications(), *random_regressions(), *CORNERS.values()]


TABLES = {
    "accuracy_table",
    "classification_report",
    "confusion_matrix",
    "predicted_true",
    "residuals",
}
# Of several labels per row, as images have them; a table's is NaN officially as well.
UNDEFINED = {"iou"}
# Where a class weighs nothing the official figure is 0, whatever the others' recalls are; ours
# follows the definition, with the recall of 0 that recall_score_macro has for it officially.
ON_PURPOSE = {"a class weighs nothing": {"norm_macro_recall"}}


class Classifier:
    def __init__(self, classes, probabilities):
        self.classes_ = classes
        self._probabilities = probabilities

    def predict_proba(self, X):
        return self._probabilities[X]


class Regressor:
    def __init__(self, predicted):
        self._predicted = predicted

    def predict(self, X):
        return self._predicted[X]


def scored(question, name):
    """Our score of an official question, its sign turned back."""
    y, weights = array(question["y"]), array(question["weights"])
    bounds = None
    if question["kind"] == "classification":
        model = Classifier(array(question["train_labels"]), array(question["probabilities"]))
    else:
        model = Regressor(array(question["predicted"]))
        bounds = (question["scale"][1], question["scale"][0])
    score = AzureScorer(name, bounds)(model, np.arange(len(y)), y, sample_weight=weights)
    return -score if "sign turned" in direction(name) else score


@pytest.fixture(scope="module")
def answers(ask_probe):
    return ask_probe(PROBE, QUESTIONS)


def differing(question, answer):
    assert "raised" not in answer, answer
    table = azure_classification if question["kind"] == "classification" else azure_regression
    ours = {name: scored(question, name) for name in table.METRICS}
    return {
        name: (value, answer[SPELLING[name]])
        for name, value in ours.items()
        if value != pytest.approx(answer[SPELLING[name]], rel=1e-9, abs=1e-9, nan_ok=True)
    }


@pytest.mark.filterwarnings("error::RuntimeWarning", "error::UserWarning")
def test_random_tables_score_as_officially(answers):
    for question, answer in list(zip(QUESTIONS, answers, strict=True))[: -len(CORNERS)]:
        assert differing(question, answer) == {}, question


@pytest.mark.filterwarnings("error::RuntimeWarning", "error::UserWarning")
@pytest.mark.parametrize("corner", CORNERS)
def test_a_corner_scores_as_officially(answers, corner):
    answer = answers[len(QUESTIONS) - len(CORNERS) + list(CORNERS).index(corner)]
    assert set(differing(CORNERS[corner], answer)) == ON_PURPOSE.get(corner, set())


@pytest.mark.parametrize("case", ["cls_lgbm_maxabs", "reg_lgbm_maxabs"])
@pytest.mark.parametrize("release", ["1.44", "1.56", "1.62"])
def test_every_number_that_a_run_reports_is_a_score(case_of, case, release):
    (reported,) = (
        ast.literal_eval(node.body[-2].value)
        for node in ast.parse(case_of(release, case).script.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "get_metrics_names"
    )
    assert len(reported) > 10
    numbers = {n.lower() for n in reported if n not in TABLES and not n.endswith("_classwise")}
    assert numbers - set(AZURE_NAMES) == UNDEFINED & numbers
