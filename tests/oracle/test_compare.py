"""The comparer sees what it has to see: each test changes one thing that must not pass."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from packaging.version import Version
from scipy import sparse

from fidelity import compare, drifts
from fidelity.record import Record
from fidelity.store import Kept

WHOLE = np.array([[1.0, 0.5], [2.0, 0.25], [3.0, 1e-9]])


def test_equal_matrices_are_equal() -> None:
    assert compare.matrices(WHOLE, WHOLE.copy()) == compare.Gap()


def test_an_integer_off_by_one_is_seen() -> None:
    counts = np.array([[0, 1_000_000_000], [1, 3]])
    other = counts.copy()
    other[0, 1] += 1
    assert "column 1" in compare.matrices(counts, other).words
    assert "column 1" in compare.matrices(counts.astype(float), other.astype(float)).words


@pytest.mark.parametrize(("factor", "is_equal"), [(1 + 5e-7, True), (1 + 2e-6, False)])
def test_floats_may_differ_by_a_millionth_of_their_value(factor: float, is_equal: bool) -> None:
    other = WHOLE.copy()
    other[2, 1] *= factor
    gap = compare.matrices(WHOLE, other)
    assert gap.is_none is is_equal
    assert gap.size == pytest.approx(factor - 1, rel=1e-3)


def test_a_value_where_officially_is_zero_is_seen() -> None:
    zero, tiny = np.array([[0.0], [0.5]]), np.array([[1e-300], [0.5]])
    gap = compare.matrices(zero, tiny)
    assert not gap.is_none
    assert gap.size == math.inf


def test_scaled_measures_by_the_largest_of_the_column_and_still_sees() -> None:
    official = np.array([[1.0, 100.0], [0.0, 0.5]])
    near, far = official.copy(), official.copy()
    near[1] += [1e-8, 1e-5]
    far[1, 0] += 1e-5
    assert compare.matrices(official, near, scaled=True).is_none
    assert "column 0" in compare.matrices(official, far, scaled=True).words


def test_swapped_columns_and_rows_are_seen() -> None:
    assert not compare.matrices(WHOLE, WHOLE[:, ::-1]).is_none
    assert not compare.matrices(WHOLE, WHOLE[::-1]).is_none


def test_another_shape_is_seen() -> None:
    gap = compare.matrices(WHOLE, WHOLE[:2])
    assert gap == compare.apart("shape (3, 2) officially, (2, 2) here")


@pytest.mark.parametrize("other", [math.nan, math.inf, 0.0, 7.5])
def test_a_missing_value_equals_a_missing_value_only(other: float) -> None:
    official = np.array([[1.5, math.nan], [2.5, 0.0]])
    assert compare.matrices(official, official.copy()).is_none
    changed = official.copy()
    changed[0, 1] = other
    assert compare.matrices(official, changed).is_none is math.isnan(other)
    assert compare.matrices(changed, official).is_none is math.isnan(other)


def test_infinity_of_the_other_sign_is_seen() -> None:
    assert not compare.matrices(np.array([math.inf]), np.array([-math.inf])).is_none


def test_sparse_against_dense_is_seen_although_the_values_are_equal() -> None:
    rows = sparse.csr_array(WHOLE)
    assert compare.matrices(rows, rows.copy(), ("sparse", "sparse")).is_none
    assert "sparse" in compare.matrices(rows, WHOLE, ("sparse", "dense")).words
    assert "sparse" in compare.matrices(WHOLE, rows, ("frame", "sparse")).words


def test_a_frame_may_stand_for_an_array() -> None:
    assert compare.matrices(WHOLE, WHOLE, ("frame", "dense")).is_none


def test_text_and_truth_have_to_be_the_same_and_of_the_same_kind() -> None:
    text = np.array(["a", "b"])
    assert compare.matrices(text, text.copy()).is_none
    assert "at (1,)" in compare.matrices(text, np.array(["a", "c"])).words
    assert not compare.matrices(text, np.array([1.0, 2.0])).is_none
    assert not compare.matrices(np.array([True]), np.array([1])).is_none


def test_scores_are_compared_by_name_and_in_their_tables() -> None:
    official = {"auc": 0.9, "table": {"data": [1, [2, 3]]}, "none": math.nan, "error": 50.0}
    assert compare.scores(official, dict(official), 1e-6).is_none
    for changed in (
        {**official, "auc": 0.9001},
        {**official, "auc": math.nan},
        {**official, "none": 0.5},
        {**official, "table": {"data": [1, [2, 4]]}},
        {**official, "table": {"data": [1, [2]]}},
        {**official, "auc": "0.9"},
        {name: value for name, value in official.items() if name != "auc"},
        {**official, "more": 1.0},
    ):
        assert not compare.scores(official, changed, 1e-6).is_none, changed
        assert not compare.scores(changed, official, 1e-6).is_none, changed


def test_scores_beyond_one_are_measured_relatively() -> None:
    assert compare.scores({"e": 1e6}, {"e": 1e6 + 0.5}, 1e-6).is_none
    assert not compare.scores({"e": 1e6}, {"e": 1e6 + 2}, 1e-6).is_none


def test_the_worse_of_two_gaps_keeps_the_first_words() -> None:
    gap = compare.Gap(0.5).or_else(compare.Gap(0.1, "first")).or_else(compare.Gap(2.0, "second"))
    assert gap == compare.Gap(2.0, "first")


def test_what_is_recorded_comes_back(tmp_path: Path) -> None:
    record = Record()
    matrix = sparse.random_array((20, 9), density=0.2, rng=0, format="csc")
    record.put("fit.0/features", matrix)
    record.put("fit.0/label", np.array(["x", "y"], dtype=object))
    record.put("fit.0/raw", WHOLE)
    record.save(str(tmp_path / "case"))
    kept = Kept(tmp_path / "case")
    assert np.array_equal(kept.arrays["fit.0/features"].toarray(), matrix.toarray())
    assert kept.arrays["fit.0/label"].tolist() == ["x", "y"]
    assert np.array_equal(kept.arrays["fit.0/raw"], WHOLE)
    assert set(kept.facts["kinds"].values()) == {"sparse", "dense"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.json", "case.npz"]


@pytest.mark.parametrize(
    ("official", "portable", "expected"),
    [("1.5.2", "1.5.0", False), ("1.5.2", "1.9.1", True), ("1.1.3", "1.9.1", True),
     ("1.1.3", "1.5.2", False), ("0.22.2.post1", "1.5.2", True)],
)  # fmt: skip
def test_an_estimator_drifts_only_over_a_release_that_changed_it(
    official: str, portable: str, expected: bool
) -> None:
    releases = {"scikit-learn": (Version(official), Version(portable))}
    found = drifts.drifts_of(["RandomForestClassifier"], [], releases)
    assert bool(found) is expected
    assert drifts.drifts_of(["LGBMClassifier"], [], releases) == []


@pytest.mark.parametrize(
    ("error", "lacked"),
    [("ModuleNotFoundError: No module named 'numpy.typing'", True), ("ValueError: rows", False)],
)
def test_a_run_in_an_environment_that_was_not_whole_is_not_kept(
    tmp_path: Path, error: str, lacked: bool
) -> None:
    (tmp_path / "case.json").write_text(json.dumps({"error": error, "key": "k"}), encoding="utf-8")
    kept = Kept(tmp_path / "case")
    assert kept.is_made_from("k")
    assert kept.lacked_a_module is lacked
