"""What the data say about the libraries against the libraries that are installed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from lightgbm import LGBMRegressor

from codegen_fi.rewrite.library_arguments.boosters import ROWS
from codegen_fi.rewrite.library_arguments.lookup import ROWS as ALL_ROWS
from codegen_fi.rewrite.library_arguments.lookup import row_for
from codegen_fi.rewrite.library_arguments.signatures import minor, signatures, standing
from codegen_fi.rewrite.requirements import _PACKAGES, _RUNTIME
from codegen_fi.rewrite.targets import OFFICIAL, PORTABLE

OBSERVE = Path(__file__).resolve().parents[2] / "scripts" / "observe_signatures.py"
TWICE = [row for row in ROWS if row.beside]


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
        "sklearn": next(line for line in _RUNTIME if line.startswith("scikit-learn")),
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


@pytest.mark.parametrize("row", TWICE, ids=lambda row: row.argument)
def test_the_first_name_counts(row) -> None:  # type: ignore[no-untyped-def]
    if row.argument == "verbose":
        return
    values = {"bagging_freq": (2, 0), "min_data_in_leaf": (5, 20)}
    first, second = values.get(row.beside, (0.5, 0.25))
    if row.beside == "bin_construct_sample_cnt":
        first, second = 60, 30
    random = np.random.default_rng(0)
    X = random.normal(size=(200, 4))
    y = X[:, 0] + random.normal(size=200)
    same = {"n_estimators": 5, "random_state": 0, "verbose": -1}
    both = LGBMRegressor(**same, **{row.beside: first, row.argument: second}).fit(X, y)
    one = LGBMRegressor(**same, **{row.beside: first}).fit(X, y)
    assert np.array_equal(both.predict(X), one.predict(X))


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


def test_the_table_for_users_has_a_line_for_every_row() -> None:
    text = (OBSERVE.parents[1] / "docs" / "arguments.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| [")]
    assert len(lines) == len(ALL_ROWS)
    for row, line in zip(ALL_ROWS, lines, strict=True):
        assert line.startswith(f"| [{row.since}]({row.source})")
        assert f"`{row.argument}`" in line
        assert row.why in line
        assert (row.behaviour or "nothing") in line
