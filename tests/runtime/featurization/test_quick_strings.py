"""Columns of text with gaps are spelled as each of their cells is."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen_fi.runtime.automl.featurization._strings import as_strings
from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer

GAPS = st.sampled_from([None, np.nan, float("nan"), pd.NaT, pd.NA, Decimal("NaN")])
CELLS = st.one_of(st.text(max_size=4), GAPS)
ANY = st.one_of(CELLS, st.integers(-3, 3), st.booleans(), st.just(-(2**31)), st.just(2.0))


@settings(deadline=None)
@given(cells=st.lists(st.one_of(CELLS, ANY), max_size=9))
def test_every_cell_is_spelled_as_python_spells_it(cells):
    column = pd.Series(cells, dtype=object)
    words = as_strings(column)
    assert words.tolist() == [str(cell) for cell in cells]
    assert [type(word) for word in words] == [str] * len(cells)
    # The column itself is not written to.
    assert all(one is other for one, other in zip(column, cells, strict=True))


@settings(deadline=None)
@given(cells=st.lists(ANY, min_size=1, max_size=9))
def test_missing_cells_and_forced_numbers_are_filled_whatever_stands_beside_them(cells):
    column = pd.Series(["x", "x", "x", "x", *cells], dtype=object)
    filled = CatImputer().fit(pd.Series(["x"] * 3, dtype=object)).transform(column)
    for cell, value in zip(column, filled, strict=True):
        lost = pd.isna(cell) or (not isinstance(cell, str) and cell == -(2**31))
        assert value == "x" if lost else value is cell or value == cell


@settings(deadline=None)
@given(words=st.lists(st.text(alphabet="a\0", max_size=4), min_size=1, max_size=6))
def test_a_bare_array_loses_the_nuls_at_the_end_as_text_of_fixed_width_does(words):
    bare = as_strings(np.array(words, dtype=object))
    assert bare.tolist() == [str(word) for word in np.array(words)]
