"""Columns that move together are found, whatever they hold; nothing else is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import spearmanr
from sklearn.datasets import load_breast_cancer

from codegen_fi.runtime.importance.association import across, between_categories, between_numbers
from codegen_fi.runtime.importance.correlation import (
    FEWEST_ROWS,
    MAX_ROWS,
    Group,
    correlated,
    correlation_of,
    noted,
)
from codegen_fi.runtime.importance.rows import Column, exact, rows_of


def test_numbers_have_spearmans_coefficient():
    X = load_breast_cancer().data
    X[:, 3] = np.round(X[:, 3], -2)
    expected = np.abs(spearmanr(X).statistic)
    assert between_numbers(X) == pytest.approx(expected, abs=1e-12)


def test_gaps_count_pair_by_pair():
    random = np.random.default_rng(0)
    X = random.normal(size=(400, 3))
    X[:, 1] += X[:, 0]
    gaps = X.copy()
    gaps[random.random(400) < 0.3, 0] = np.nan
    gaps[random.random(400) < 0.3, 1] = np.nan
    both = ~np.isnan(gaps[:, :2]).any(axis=1)
    expected = spearmanr(X[both, 0], X[both, 1]).statistic
    found = between_numbers(gaps)
    assert found[0, 1] == pytest.approx(expected, abs=0.005)
    assert found[0, 0] == pytest.approx(1.0)


def test_the_same_gaps_leave_spearmans_coefficient_exact():
    X = np.random.default_rng(1).normal(size=(60, 2))
    X[:, 1] += X[:, 0]
    gaps = X.copy()
    gaps[::4] = np.nan
    rows = ~np.isnan(gaps[:, 0])
    expected = spearmanr(X[rows, 0], X[rows, 1]).statistic
    assert between_numbers(gaps)[0, 1] == pytest.approx(expected, abs=1e-12)


def test_cramers_v_of_a_table_of_two_by_three():
    """Done by hand: chi2 = 100 * 0.38, then Bergsma's correction."""
    counts = np.array([[30, 10, 10], [5, 15, 30]])
    left = np.repeat([0, 0, 0, 1, 1, 1], counts.ravel())
    right = np.repeat([0, 1, 2, 0, 1, 2], counts.ravel())
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / 100
    phi2 = ((counts - expected) ** 2 / expected).sum() / 100
    corrected = phi2 - 1 * 2 / 99
    shorter = min(2 - 1 / 99, 3 - 4 / 99) - 1
    found = between_categories(np.column_stack([left, right]))
    assert found[0, 1] == found[1, 0] == pytest.approx(np.sqrt(corrected / shorter))
    assert np.diag(found) == pytest.approx(1.0)


def test_missing_categories_count_pair_by_pair():
    random = np.random.default_rng(2)
    codes = random.integers(0, 3, size=(300, 3))
    codes[:, 1] = np.where(random.random(300) < 0.7, codes[:, 0], codes[:, 1])
    whole = between_categories(codes[50:])
    codes[:50, 1] = -1
    assert 0.5 < whole[0, 1] < 0.8
    assert between_categories(codes)[0, 1] == pytest.approx(whole[0, 1])


def test_independent_categories_have_no_association_however_many():
    codes = np.random.default_rng(3).integers(0, 40, size=(400, 8))
    found = between_categories(codes)
    assert found[np.triu_indices(8, 1)].max() < 0.15


def test_eta_by_hand():
    codes = np.array([[0], [0], [1], [1], [1], [-1]])
    values = np.array([[1.0], [3.0], [6.0], [7.0], [8.0], [99.0]])
    between = 2 * (2 - 5) ** 2 + 3 * (7 - 5) ** 2
    total = 16 + 4 + 1 + 4 + 9
    assert across(codes, values)[0, 0] == pytest.approx(np.sqrt(between / total))


def test_eta_leaves_out_what_is_not_finite():
    codes = np.array([[0], [0], [1], [1], [1], [0]])
    values = np.array([[1.0, 5], [3, 5], [6, 5], [7, 5], [8, 5], [np.inf, 5]])
    alone = across(codes[:5], values[:5])
    assert across(codes, values)[0] == pytest.approx([alone[0, 0], 0.0])


def test_a_duplicated_column_is_found():
    random = np.random.default_rng(4)
    X = pd.DataFrame(random.normal(size=(200, 4)), columns=["größe", "b", "c", "a, b"])
    X["copy"] = -(X["größe"] ** 3)
    (group,) = correlated(X)
    assert group == Group("größe + copy", ("größe", "copy"), pytest.approx(1.0))


def test_breast_cancer_has_the_groups_everybody_knows():
    X = load_breast_cancer(as_frame=True).data
    groups = correlated(X)
    assert groups[0].name == "mean radius + 5 more"
    assert set(groups[0].columns) == {
        f"{kind} {what}" for kind in ("mean", "worst") for what in ("radius", "perimeter", "area")
    }
    members = [column for group in groups for column in group.columns]
    assert len(members) == len(set(members))
    strength = between_numbers(X.to_numpy())
    at = [X.columns.get_loc(column) for column in groups[0].columns]
    pairs = strength[np.ix_(at, at)][np.triu_indices(6, 1)]
    assert groups[0].strength == pytest.approx(pairs.mean())


def mixed(rows=600, seed=5):
    random = np.random.default_rng(seed)
    kind = random.integers(0, 4, rows)
    day = pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 900, rows), "D")
    return pd.DataFrame(
        {
            "kind": np.array(["a", "b", "c", "d"])[kind],
            "price": kind * 10.0 + random.normal(size=rows),
            "alone": random.normal(size=rows),
            "kind again": pd.Categorical(kind, categories=range(9)),
            "yes": random.random(rows) < 0.5,
            "day": day,
            "age": (pd.Timestamp("2024-01-01") - day) / pd.Timedelta(days=1),
            "text": [f"text {i}" for i in range(rows)],
            "numbers as objects": pd.Series(list(range(rows)), dtype=object),
            "constant": 1,
            "empty": np.nan,
            "none": [None] * rows,
        }
    )


def test_numbers_categories_dates_and_truth_values_go_together():
    found = correlation_of(mixed())
    assert [group.columns for group in found.groups] == [
        ("kind", "price", "kind again"),
        ("day", "age"),
    ]
    assert found.skipped == (("correlation of text", "600 different values in 600 rows"),)


def test_nullable_types_and_lists_are_read_or_left_out_with_a_reason():
    values = np.arange(30)
    table = pd.DataFrame({"a": values, "b": pd.array([None, *values[1:]], dtype="Int64")})
    table["c"] = pd.Series([None, *(values[1:] > 14)], dtype="boolean")
    table["lists"] = [[i] for i in range(30)]
    found = correlation_of(table)
    assert [group.columns for group in found.groups] == [("a", "b", "c")]
    ((name, reason),) = found.skipped
    assert name == "correlation of lists"
    assert "unhashable" in reason


def test_constant_and_empty_columns_move_with_nothing():
    X = pd.DataFrame({"a": [1.0] * 9, "b": [np.nan] * 9, "c": ["x"] * 9, "d": ["x"] * 9})
    assert correlation_of(X).groups == ()


@pytest.mark.parametrize("shape", [(0, 3), (1, 3), (50, 1), (50, 0)])
def test_hardly_any_data_have_no_groups(shape):
    assert correlated(np.zeros(shape)) == ()


def test_arrays_and_sparse_matrices_have_numbered_columns():
    X = np.random.default_rng(6).normal(size=(80, 3))
    X[:, 2] = X[:, 0]
    assert correlated(X) == correlated(csr_matrix(X))
    assert correlated(X)[0].columns == ("x0", "x2")


def test_large_numbers_and_infinities_do_not_overflow():
    X = np.random.default_rng(7).random(size=(80, 3)) * 1e308
    X[:, 2] = X[:, 0]
    X[5, 1] = np.inf
    table = pd.DataFrame(X).assign(kind=np.where(X[:, 0] > 5e307, "high", "low"))
    assert [group.columns for group in correlated(table)] == [("0", "2", "kind")]


def test_many_rows_are_sampled_and_it_is_said():
    random = np.random.default_rng(8)
    X = pd.DataFrame(random.normal(size=(MAX_ROWS + 10, 3)), columns=["a", "b", "c"])
    X["d"] = X["a"]
    found = correlation_of(X, seed=3)
    assert found.groups[0].columns == ("a", "d")
    assert found.skipped == (("rows", f"correlation looked at {MAX_ROWS} of {MAX_ROWS + 10} rows"),)
    assert found == correlation_of(X, seed=3)


def test_wide_tables_of_categories_are_compared_on_fewer_rows():
    codes = np.random.default_rng(9).integers(0, 3, size=(FEWEST_ROWS + 500, 520)).astype(str)
    X = pd.DataFrame(codes, columns=[f"c{i}" for i in range(520)])
    X["c519"] = X["c7"]
    found = correlation_of(X)
    assert [group.columns for group in found.groups] == [("c7", "c519")]
    assert found.skipped == (("rows", "correlation looked at 1000 of 1500 rows"),)


def test_too_many_columns_are_not_compared_and_it_is_said():
    found = correlation_of(np.zeros((3, 5001)))
    assert found.groups == ()
    assert "5001 columns are more than the 5000" in found.skipped[0][1]


def test_the_order_of_the_rows_does_not_matter():
    table = mixed()
    shuffled = table.sample(frac=1, random_state=0)
    left, right = correlated(table), correlated(shuffled)
    assert [group.columns for group in left] == [group.columns for group in right]
    assert [g.strength for g in left] == pytest.approx([g.strength for g in right])


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01])
def test_a_threshold_that_means_nothing_is_refused(threshold):
    with pytest.raises(ValueError, match="threshold must lie above 0"):
        correlated(np.zeros((3, 2)), threshold=threshold)


def test_a_lower_threshold_joins_more():
    X = load_breast_cancer(as_frame=True).data
    few = {frozenset(group.columns) for group in correlated(X, threshold=0.95)}
    many = [frozenset(group.columns) for group in correlated(X, threshold=0.5)]
    assert all(any(small <= large for large in many) for small in few)
    assert max(map(len, many)) > max(map(len, few))


def test_rows_of_raw_columns_name_their_company():
    groups = [Group("a + b", ("a", "b"), 0.9), Group("c + 4 more", tuple("cdefg"), 0.9)]
    columns = [Column(name, name, "known" if name == "a" else "") for name in "abcx"]
    rows = rows_of("native", "raw", "model", columns, exact(np.array([4.0, 3, 2, 1])))
    engineered = rows_of("native", "engineered", "model", columns, exact(np.array([4.0, 3, 2, 1])))
    assert [row.note for row in noted([*rows, *engineered], groups)] == [
        "known; moves together with b",
        "moves together with a",
        "moves together with d, e, f, g",
        "",
        "known",
        "",
        "",
        "",
    ]
    (last,) = noted(rows[:1], [Group("a + 5 more", tuple("abcdef"), 0.9)])
    assert last.note == "known; moves together with b, c, d and 2 more"
