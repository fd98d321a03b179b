"""The folds, the bins and the rows that are left are those of the official packages."""

import itertools

import numpy as np
import pandas as pd
import pytest

from codegen_fi.runtime.automl.preprocessing._dataset_binning import (
    get_dataset_bins,
    make_dataset_bins,
)
from codegen_fi.runtime.automl.preprocessing.data_cleaning import _remove_nan_rows_in_X_y
from codegen_fi.runtime.automl.score._cv_splits import _CVSplits

pytestmark = pytest.mark.official


def spec(values, dtype):
    return {"values": np.asarray(values).tolist(), "dtype": dtype}


def array(given):
    return np.array(given["values"], dtype=given["dtype"])


def split_questions():
    random = np.random.default_rng(0)

    def ask(n, y, dtype, bins=False, **options):
        return {"kind": "splits", "n": n, "y": spec(y, dtype), "options": options, "bins": bins}

    questions = []
    for n, k, fraction in itertools.product((30, 31, 97), (2, 3, 5), (None, 0.1, 0.2, 0.33)):
        y = random.integers(0, 3, n)
        questions += [
            ask(n, y, "int64", CV=k, frac_valid=fraction, task="classification"),
            ask(n, y / 3, "float64", True, CV=k, frac_valid=fraction, task="regression"),
        ]
    text = np.array(["x", "y"])[random.integers(0, 2, 40)]
    rare = np.r_[np.zeros(38, int), 1, 1]
    return [
        *questions,
        ask(40, text, "object", CV=4, task="classification"),
        ask(40, text == "x", "bool", CV=4, task="classification"),
        ask(40, rare, "int64", CV=3, task="classification"),
        ask(40, np.arange(40), "int64", CV=3, task="classification"),
        ask(40, np.arange(40) / 3, "float64", CV=3, task="classification"),
        ask(40, rare, "int64", CV=3, seed=7, task="classification"),
        ask(10, np.arange(10) % 2, "int64", CV=2, frac_valid=0.9, task="classification"),
        ask(10, np.arange(10) % 2, "int64", CV=2, frac_valid=0.7, task="classification"),
    ]


def bin_questions():
    random = np.random.default_rng(1)
    shapes = {
        "normal": lambda m: random.normal(size=m),
        "skewed": lambda m: random.lognormal(sigma=2, size=m),
        "whole": lambda m: random.integers(0, 50, m).astype(float),
    }
    asked = [
        (draw(int(random.integers(3, 200))) * 10.0 ** random.integers(-5, 6) + shift, n, 1.0)
        for draw in shapes.values()
        for shift, n in itertools.product((0, 1, -50, 1000), (1, 2, 5, 30, 400, 1500))
    ]
    corners = [
        (np.full(9, 3.7), 9, 1.0),
        (np.array([0.0, 1.0] * 20), 9, 1.0),
        (np.array([0.0, 0.0, 0.0, 1.0]), 9, 1.0),
        (np.r_[np.full(500, 5.0), 6e6], 30, 1.0),
        (np.r_[np.full(500, 0.5), 0.1, 0.2], 100, 1.0),
        (random.normal(size=80), 16, 5.0),
    ]
    return [
        {"kind": "bins", "n": n, "y": spec(y, "float64"), "percentile": percentile}
        for y, n, percentile in asked + corners
    ]


def cleaning_questions():
    columns = [
        ([1.0, np.nan, 3.0], "float64"),
        ([1.0, np.inf, -np.inf], "float64"),
        ([1, 2, 3], "int64"),
        (["a", None, np.nan, "b"], "object"),
        (["a", "", " ", "nan", "NaN", "None"], "object"),
        (["a", "", None, "b"], "object"),
        ([True, False, None], "object"),
        (["a", "", "nan", "b"], "U5"),
    ]
    return [{"kind": "cleaning", "y": {"values": y, "dtype": dtype}} for y, dtype in columns]


QUESTIONS = [*split_questions(), *bin_questions(), *cleaning_questions()]


@pytest.fixture(scope="module")
def answers(ask_official):
    return ask_official(QUESTIONS)


def asked(kind, answers):
    return [(q, a) for q, a in zip(QUESTIONS, answers, strict=True) if q["kind"] == kind]


def test_folds_hold_the_same_rows_in_the_same_order(answers):
    for question, official in asked("splits", answers):
        X, y = np.arange(question["n"]).reshape(-1, 1), array(question["y"])
        plan = _CVSplits(X, y, **question["options"])
        folds = [
            [part.ravel().tolist() for part in fold]
            for fold in plan.apply_CV_splits(X, y, np.arange(question["n"]) * 2)
        ]
        assert folds == official["folds"], question["options"]
        if question["bins"]:
            assert_bins(get_dataset_bins(plan, X, y), official["bins"])


def test_bins_have_the_same_edges(answers):
    for question, official in asked("bins", answers):
        y = array(question["y"])
        assert_bins(make_dataset_bins(question["n"], y, question["percentile"]), official)


def test_the_same_rows_have_a_target(answers):
    for question, official in asked("cleaning", answers):
        y = array(question["y"])
        frame = pd.DataFrame({"row": range(len(y))})
        X, kept, weights = _remove_nan_rows_in_X_y(frame, y, np.arange(len(y)), target_column="t")
        assert X["row"].tolist() == official["rows"], question
        assert kept.tolist() == official["y"]
        assert weights.tolist() == official["weights"]


def assert_bins(mine, official):
    assert mine["number_of_bins"] == official["number_of_bins"]
    for edge in ("bin_starts", "bin_ends"):
        np.testing.assert_allclose(mine[edge], official[edge], rtol=1e-12)
