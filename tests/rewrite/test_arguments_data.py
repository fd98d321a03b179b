"""What the data say about the libraries against the libraries that are installed."""

import json
import re
import runpy
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lightgbm import LGBMRegressor
from sklearn.linear_model import LogisticRegression
from xgboost import XGBRegressor

from codegen_fi.model.values import Expression
from codegen_fi.rewrite.library_arguments.boosters import ROWS
from codegen_fi.rewrite.library_arguments.lookup import ROWS as ALL_ROWS
from codegen_fi.rewrite.library_arguments.lookup import row_for
from codegen_fi.rewrite.library_arguments.signatures import (
    gone_since,
    minor,
    needs,
    signatures,
    standing,
)
from codegen_fi.rewrite.requirements import _PACKAGES, PORTABLE_PACKAGES
from codegen_fi.rewrite.targets import OFFICIAL, PORTABLE

OBSERVE = Path(__file__).resolve().parents[2] / "scripts" / "observe_signatures.py"
TWICE = [row for row in ROWS if row.beside]
# What has to be given for a parameter to matter.
SAME: dict[str, dict[str, dict[str, Any]]] = {
    "lightgbm": {"bagging_fraction": {"subsample_freq": 1}, "bagging_freq": {"subsample": 0.5}},
    "xgboost": {"seed": {"subsample": 0.5}},
}


def test_the_data_are_those_of_the_installed_releases() -> None:
    ran = subprocess.run([sys.executable, OBSERVE], check=True, capture_output=True, text=True)
    for package, told in json.loads(ran.stdout).items():
        record = signatures()[package]
        release = minor(told["release"])
        places = [i for i, r in enumerate(record["releases"]) if minor(r) == release]
        assert places, f"{package} {told['release']} isn't in the data: run scripts/signatures.py"
        for name, arguments in told["classes"].items():
            known = {
                argument: default
                for argument, runs in record["classes"][name].items()
                for first, last, default in runs
                if first <= places[0] <= last
            }
            assert known == arguments, f"{name}: run scripts/signatures.py"


def test_targets_and_requirements_speak_of_the_same_releases() -> None:
    lines = {
        "sklearn": next(line for line in PORTABLE_PACKAGES if line.startswith("scikit-learn")),
        "lightgbm": _PACKAGES["lightgbm"][0],
        "xgboost": _PACKAGES["xgboost"][0],
    }
    for package, line in lines.items():
        oldest, newest = PORTABLE.libraries[package]
        found = re.search(r">=([\d.]+),<([\d.]+)", line)
        assert found is not None
        assert found[1] == oldest
        above = tuple(int(part) for part in found[2].split("."))
        assert minor(newest) < above <= (minor(newest)[0] + 1,) or above == (
            minor(newest)[0],
            minor(newest)[1] + 1,
        )


@pytest.mark.parametrize("target", OFFICIAL, ids=lambda target: target.name)
def test_every_official_release_is_in_the_data(target) -> None:  # type: ignore[no-untyped-def]
    for package, (release, _) in target.libraries.items():
        assert minor(release) in map(minor, signatures()[package]["releases"])


def twice() -> Iterator[Any]:
    """Each pair of names for one parameter, with two values that make two models."""
    values = {
        "bagging_freq": (2, 0),
        "bin_construct_sample_cnt": (60, 30),
        "lambda_l1": (0.5, 20.0),
        "lambda_l2": (0.5, 200.0),
        "min_data_in_leaf": (5, 40),
        "min_gain_to_split": (0.5, 20.0),
        "min_split_loss": (0.5, 200.0),
        "min_sum_hessian_in_leaf": (1.0, 60.0),
        "reg_alpha": (0.5, 20.0),
        "reg_lambda": (0.5, 200.0),
        "seed": (1, 2),
    }
    for row in TWICE:
        if row.argument not in ("verbose", "n_jobs"):
            pair = values.get(row.beside or "", (0.5, 0.25))
            yield pytest.param(row.package, row.beside, row.argument, *pair, id=row.argument)


@pytest.mark.parametrize(("package", "first", "second", "counts", "ignored"), list(twice()))
def test_the_first_name_counts(
    package: str, first: str, second: str, counts: float, ignored: float
) -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(200, 4))
    y = X[:, 0] + random.normal(size=200)
    same = {"n_estimators": 5, "n_jobs": 1, **SAME[package].get(first, {})}

    def predicted(**given: float) -> Any:
        model = (
            LGBMRegressor(verbose=-1, **same, **given)
            if package == "lightgbm"
            else XGBRegressor(verbosity=0, **same, **given)
        )
        return model.fit(X, y).predict(X)

    both = predicted(**{first: counts, second: ignored})
    assert np.array_equal(both, predicted(**{first: counts}))
    assert not np.array_equal(both, predicted(**{second: ignored}))


def test_nthread_counts_beside_n_jobs() -> None:
    X = np.arange(40.0).reshape(20, 2)
    model = XGBRegressor(n_estimators=1, n_jobs=1, nthread=2).fit(X, X[:, 0])
    settings = json.loads(model.get_booster().save_config())["learner"]["generic_param"]
    assert settings["nthread"] == "2"


def test_a_name_without_a_certain_value_leaves_the_other_one() -> None:
    for value in (None, Expression("RATE")):
        given = {"eta": 0.1, "learning_rate": value}
        assert row_for("xgboost.sklearn", "XGBRegressor", "eta", 0.1, given=given) is None


@pytest.mark.parametrize("solver", ["lbfgs", "newton-cg", "saga"])
def test_no_penalty_is_a_boundless_c(solver: str) -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(120, 4))
    y = X[:, 0] + random.normal(size=120) > 0
    same = {"solver": solver, "max_iter": 500, "random_state": 0}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        none = LogisticRegression(penalty=None, C=0.01, **same).fit(X, y)
    assert np.array_equal(none.coef_, LogisticRegression(C=float("inf"), **same).fit(X, y).coef_)


def test_what_stands_for_an_argument_is_taken_by_the_whole_range() -> None:
    for row in ALL_ROWS:
        for text in row.becomes if not row.is_new else ():
            for name in row.classes:
                replacement = text.partition("=")[0]
                assert standing(PORTABLE, row.package, name, replacement) == "taken"
                assert needs(PORTABLE, row.package, name, replacement) is None


def test_the_release_an_argument_needs() -> None:
    assert needs(PORTABLE, "sklearn", "LinearRegression", "tol") == "1.7"
    assert needs(PORTABLE, "sklearn", "LinearRegression", "copy_X") is None
    assert needs(PORTABLE, "sklearn", "LinearRegression", "strength") is None
    assert needs(PORTABLE, "sklearn", "MyOwn", "strength") is None
    assert needs(PORTABLE, "lightgbm", "LGBMRegressor", "max_bin") is None
    assert needs(OFFICIAL[-1], "sklearn", "LinearRegression", "tol") is None


def test_the_release_that_first_ignores_a_parameter() -> None:
    assert gone_since("xgboost", "single_precision_histogram") == "3.0"
    assert gone_since("xgboost", "strength") is None


def test_an_argument_without_a_row_is_known_by_the_data() -> None:
    assert standing(PORTABLE, "sklearn", "Ridge", "strength") == "refused"
    assert standing(PORTABLE, "xgboost", "XGBRegressor", "strength") == "ignored"
    assert standing(PORTABLE, "lightgbm", "LGBMRegressor", "max_bin") == "handed on"
    assert standing(OFFICIAL[0], "sklearn", "SimpleImputer", "keep_empty_features") == "newer"
    assert standing(PORTABLE, "sklearn", "MyOwn", "strength") == "taken"


def test_what_a_release_does_not_know_yet_is_left_out_and_told() -> None:
    old = OFFICIAL[0]
    same = row_for("sklearn.impute", "SimpleImputer", "keep_empty_features", False, target=old)
    other = row_for("sklearn.impute", "SimpleImputer", "keep_empty_features", True, target=old)
    assert same is not None
    assert same.behaviour is None
    assert other is not None
    assert other.behaviour is not None
    assert "keep_empty_features=False" in other.behaviour


def test_the_page_is_the_one_that_the_rows_make() -> None:
    place = OBSERVE.with_name("arguments_page.py")
    page = runpy.run_path(str(place))["page"]()
    written = (OBSERVE.parents[1] / "docs" / "arguments.md").read_text(encoding="utf-8")
    assert written == page, "run scripts/arguments_page.py"
