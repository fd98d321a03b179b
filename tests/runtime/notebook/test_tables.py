"""What a cell shows: numbers for a person, names as themselves, nothing cut without a word."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest

from codegen_fi.runtime.notebook.data import overview, target
from codegen_fi.runtime.notebook.settings import changed, settings
from codegen_fi.runtime.notebook.table import LONGEST, MOST_ROWS, SCROLLED, Table, shown

NASTY = "<b>$x$</b>\x1b[31m\u202e\nend"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (math.nan, ""),
        (np.float64("nan"), ""),
        (True, "True"),
        (np.bool_(False), "False"),
        (0, "0"),
        (1234567, "1,234,567"),
        (np.int64(-1234), "-1,234"),
        (np.uint8(7), "7"),
        (375.0, "375"),
        (0.123456, "0.1235"),
        (np.float32(0.5), "0.5"),
        (1e-9, "1e-09"),
        (1e300, "1e+300"),
        (math.inf, "inf"),
        ("text", "text"),
        ("a\tb\x00", "a\\tb\\x00"),
    ],
)
def test_a_cell_is_written_for_a_person(value, text):
    assert shown(value) == text


def test_a_long_text_says_that_it_is_cut():
    assert shown("x" * LONGEST) == "x" * LONGEST
    assert shown("x" * 500) == "x" * (LONGEST - 1) + "…"


@pytest.mark.parametrize("place", ["head", "cell", "above", "below"])
def test_nothing_in_a_name_acts(place):
    parts = dict.fromkeys(("head", "cell", "above", "below"), "plain") | {place: NASTY}
    table = Table([parts["head"]], [[parts["cell"]]], [parts["above"]], [parts["below"]])
    written, drawn = repr(table), table._repr_html_()
    assert "<b>$x$</b>\\x1b[31m\\u202e\\nend" in written
    assert "&lt;b&gt;$x$&lt;/b&gt;\\x1b[31m\\u202e\\nend" in drawn
    assert "<b>" not in drawn
    assert "mathjax_ignore" in drawn
    assert "\x1b" not in written + drawn


def test_rows_beyond_the_most_are_counted():
    table = Table(["n"], [[i] for i in range(MOST_ROWS + 12)])
    assert repr(table).splitlines()[-1] == "and 12 more rows"
    assert table._repr_html_().count("<tr>") == MOST_ROWS + 1
    assert "and 12 more rows" in table._repr_html_()


@pytest.mark.parametrize(("rows", "scrolls"), [(SCROLLED, False), (SCROLLED + 1, True)])
def test_a_long_table_scrolls_in_its_own_box(rows, scrolls):
    drawn = Table(["n"], [[i] for i in range(rows)])._repr_html_()
    assert ("max-height" in drawn) == scrolls


def test_columns_stand_below_their_heads_whatever_the_script():
    lines = repr(Table(["名", "n"], [["größe", 1], ["年齢", 22]])).splitlines()
    assert lines == ["名      n", "größe   1", "年齢   22"]


def test_an_overview_has_a_line_for_each_of_five_hundred_columns():
    data = pd.DataFrame({f"c{i}": [i, None, 1.5] for i in range(500)})
    lines = repr(overview(data)).splitlines()
    assert lines[0] == "3 rows, 500 columns"
    assert len(lines) == 502
    assert lines[8].split() == ["c6", "float64", "33.3%", "2", "6", "1.5"]


def test_an_overview_takes_what_has_no_hash_and_days_without_midnight():
    data = pd.DataFrame(
        {"list": [[1], [2]], "day": [pd.Timestamp("2024-01-02"), pd.Timestamp("2024-01-03 10:00")]}
    )
    _, _, lists, days = repr(overview(data)).splitlines()
    assert lists.split()[2:] == ["[1]", "[2]"]
    assert days.endswith("2024-01-02  2024-01-03 10:00:00")
    assert repr(overview(data.iloc[:0])).startswith("0 rows, 2 columns")


def test_missing_labels_are_a_class_with_a_name():
    lines = repr(target(pd.Series(["a", "a", None], name="label"), classes=True)).splitlines()
    assert lines == ["label      rows  share", "a             2  66.7%", "(missing)     1  33.3%"]


def test_classes_beyond_the_most_are_counted():
    many = pd.Series(range(100), name="label")
    assert repr(target(many, classes=True)).splitlines()[-1] == "and 70 more classes"


def test_the_numbers_of_a_label_are_described():
    lines = repr(target(pd.Series([1.0, 2.0, 6.0], name="price"), classes=False)).splitlines()
    found = dict(line.split() for line in lines)
    assert (found["count"], found["mean"], found["max"]) == ("3", "3", "6")


class Script:
    """A script with a pipeline of one step."""

    @staticmethod
    def build_model_pipeline():
        from sklearn.linear_model import Ridge
        from sklearn.pipeline import Pipeline

        return Pipeline([("model", Ridge(alpha=3.0, fit_intercept=False))])


def test_settings_are_those_that_differ_from_the_class():
    lines = repr(settings(Script.build_model_pipeline())).splitlines()
    assert [line.split() for line in lines[1:3]] == [
        ["model__alpha", "3.0", "Ridge"],
        ["model__fit_intercept", "False", "Ridge"],
    ]
    assert len(lines) == 4


def test_a_changed_setting_holds_inside_the_block_only():
    script = Script()
    with changed(script, {"model__alpha": 7.0}):
        assert script.build_model_pipeline().get_params()["model__alpha"] == 7.0
    assert script.build_model_pipeline().get_params()["model__alpha"] == 3.0


def test_an_unknown_setting_is_named_with_its_neighbour():
    with (
        pytest.raises(ValueError, match=r"no setting 'model__alfa'.*'model__alpha'"),
        changed(Script(), {"model__alfa": 1}),
    ):
        pass


def test_a_name_without_blanks_may_be_broken_anywhere():
    page = Table(["column"], [["x" * 200], ["short"]], longest=300)._repr_html_()
    long, short = re.findall(r'<td style="([^"]*)"', page)
    assert "overflow-wrap: anywhere" in long
    assert "nowrap" not in long
    assert "nowrap" in short
