"""Pictures: what is on them, not how they look."""

from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge

from codegen_fi.runtime.importance import explain, plot
from codegen_fi.runtime.importance.labels import drawable, families, shortened, visible
from codegen_fi.runtime.importance.rows import (
    Column,
    Measure,
    exact,
    reason_row,
    rows_of,
)

HEADER = {
    "model": "LGBMClassifier",
    "scoring": "accuracy",
    "split": "validation",
    "rows_used": 150,
    "baseline": 0.85,
    "repeats": 5,
}


def rows(names, values=None):
    values = np.arange(len(names), 0, -1.0) if values is None else np.array(values)
    columns = [Column(name, name) for name in names]
    measure = Measure(values, values / 9, values - 0.1, values + 0.1)
    return [
        *rows_of("permutation", "raw", "model", columns, measure),
        *rows_of("native", "raw", "model", columns, exact(np.abs(values)), "total gain"),
    ]


def texts(svg):
    root = ElementTree.fromstring(svg)
    return ["".join(node.itertext()).strip() for node in root.iter() if node.tag.endswith("}text")]


def test_titles_name_model_method_data_and_scoring():
    said = texts(plot.svg(rows(["a", "b"]), HEADER))
    joined = "\n".join(said)
    assert "What drives the model: LGBMClassifier" in joined
    assert "drop in accuracy" in joined
    assert "validation rows, n=150" in joined
    assert "total gain" in joined


def test_the_largest_is_on_top_and_a_cut_is_announced():
    names = [f"column {i}" for i in range(500)]
    values = np.zeros(500)
    values[:25] = np.arange(25, 0, -1.0)
    said = texts(plot.svg(rows(names, values), HEADER, top=13))
    shown = [text for text in said if re.fullmatch(r"column \d+", text)]
    assert shown == [f"column {i}" for i in range(13)] * 2
    together = sum(range(1, 13)) / sum(range(1, 26))
    assert said.count(f"and 487 more columns, together {together:.1%}") == 2


def test_nothing_is_announced_when_nothing_is_cut():
    assert not any("more column" in text for text in texts(plot.svg(rows(list("abc")), HEADER)))


def test_names_are_text_never_markup():
    names = ["$x^2$", "<b>bold</b> & more", "größe", "年齢", "возраст", "a\nb"]
    said = texts(plot.svg(rows(names), HEADER))
    for name in [*names[:-1], "a\\nb"]:
        assert said.count(name) == 2


def test_the_same_table_gives_the_same_bytes():
    table = rows(["a", "größe"])
    assert plot.svg(table, HEADER) == plot.svg(table, HEADER)
    assert plot.png(table, HEADER) == plot.png(table, HEADER)


def test_letters_without_a_font_do_not_warn_and_stay_apart():
    unassigned = "\U000e0fff"
    assert plot.png(rows([f"a{unassigned}", "b"]), HEADER).startswith(b"\x89PNG")
    assert plot.svg(rows([f"a{unassigned}", "b"]), HEADER)
    assert drawable(f"a{unassigned}", families()) == "a\\U000e0fff"


def test_long_names_lose_their_middle():
    name = "customer_" + "x" * 60 + "_2024"
    short = shortened(name, 40)
    assert len(short) == 40
    assert short.startswith("customer_")
    assert short.endswith("_2024")
    assert shortened("short", 40) == "short"
    assert len(shortened("年" * 40, 40)) == 20


def test_control_characters_become_visible():
    assert visible("a\tb\x00\u202ec") == "a\\tb\\x00\\u202ec"


def test_letters_that_xml_forbids_still_give_a_readable_svg():
    said = texts(plot.svg(rows(["a\uffff", "b\x08", "c\udc80"]), HEADER))
    assert {"a\\uffff", "b\\x08", "c\\udc80"} <= set(said)


def test_a_table_without_importances_becomes_its_reasons():
    table = [reason_row("native", "model", "SVC with kernel 'rbf' has no native importances")]
    assert any("kernel 'rbf'" in text for text in texts(plot.svg(table, HEADER)))
    assert plot.svg([], {})


def test_a_reason_stands_under_the_panel_of_the_other_method():
    table = [
        *[row for row in rows(["a"]) if row.method == "permutation"],
        reason_row("native", "model", "KNeighborsClassifier has none"),
    ]
    said = texts(plot.svg(table, HEADER))
    assert "native: KNeighborsClassifier has none" in said


def test_pictures_are_drawn_again_from_the_saved_table(tmp_path):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    explain(Ridge().fit(X, y), X, y, repeats=2).save(tmp_path)
    png, svg = plot.save_plots(tmp_path)
    first = png.read_bytes(), svg.read_bytes()
    assert (png.name, svg.name) == ("feature_importance.png", "feature_importance.svg")
    plot.save_plots(str(tmp_path))
    assert (png.read_bytes(), svg.read_bytes()) == first
    (tmp_path / "feature_importance.json").unlink()
    plot.save_plots(tmp_path)
    assert "bmi" in texts(svg.read_bytes())


def test_zero_bars_are_refused():
    with pytest.raises(ValueError, match="at least 1, got 0"):
        plot.svg(rows(["a"]), HEADER, top=0)


def test_pyplot_is_never_imported_and_settings_stay():
    code = (
        "import sys, matplotlib\n"
        "matplotlib.rcParams['font.size'] = 33\n"
        "from codegen_fi.runtime.importance import plot\n"
        "from codegen_fi.runtime.importance.rows import Column, exact, rows_of\n"
        "import numpy as np\n"
        "table = rows_of('native', 'raw', 'model', [Column('a', 'a')], exact(np.ones(1)))\n"
        "plot.png(table, {}); plot.svg(table, {})\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert matplotlib.rcParams['font.size'] == 33\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
