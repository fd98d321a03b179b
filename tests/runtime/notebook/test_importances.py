"""The importances of one model as a table, and of two side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.notebook import compared, importances

COLUMNS = [f"c{i}" for i in range(30)]


def explained(weights, **options):
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.normal(size=(120, len(COLUMNS))), columns=COLUMNS)
    y = X.to_numpy() @ np.asarray(weights, float)
    model = LinearRegression().fit(X, y)
    return explain(model, X, y, repeats=2, methods=("permutation", "native"), **options)


FALLING = np.arange(30, 0, -1)


@pytest.fixture(scope="module")
def original():
    return explained(FALLING)


def lines_of(table, names):
    found = [line.split() for line in repr(table).splitlines()]
    return [line for line in found if set(line) & set(names)]


def test_the_first_columns_stand_in_their_order_and_the_rest_is_counted(original):
    table = importances(original, top=4)
    raw = [r for r in original.rows if (r.method, r.space) == ("permutation", "raw")]
    lines = lines_of(table, COLUMNS)
    assert [line[:2] for line in lines] == [[str(r.rank), r.feature] for r in raw[:4]]
    assert [float(line[2]) for line in lines] == pytest.approx(
        [r.importance for r in raw[:4]], rel=1e-3
    )
    rest = sum(r.share for r in raw[4:])
    assert f"permutation: and 26 more columns, together {rest:.1%}" in repr(table)


def test_every_column_of_both_methods_is_there_when_there_is_room(original):
    table = importances(original, top=100)
    assert {line[1] for line in lines_of(table, COLUMNS)} == set(COLUMNS)
    assert "more column" not in repr(table)


def test_no_importances_are_said_to_be_none():
    assert repr(importances(None)) == "No importances were asked for."
    assert "No importances were asked for." in importances(None)._repr_html_()


def test_a_changed_model_shows_old_and_new_values_and_where_columns_moved(original):
    weights = FALLING.copy()
    weights[[0, 29]] = weights[[29, 0]]
    other = explained(weights)
    table = compared(original, other, top=30)
    lines = {line[0]: line for line in lines_of(table, COLUMNS)}
    rank = {
        which: {r.feature: r.rank for r in e.rows if (r.method, r.space) == ("permutation", "raw")}
        for which, e in (("old", original), ("new", other))
    }
    for name, line in lines.items():
        old, new = rank["old"][name], rank["new"][name]
        moved = [str(old)] if old == new else [str(old), "→", str(new), "▲" if new < old else "▼"]
        assert line[3 : 3 + len(moved)] == moved
    assert lines["c29"][6] == "▲"
    assert lines["c0"][6] == "▼"


def test_the_scores_of_both_models_stand_above(original):
    first = repr(compared(original, original)).splitlines()[0]
    assert first == "r2 on 120 training rows: 1, changed 1 (+0)"
