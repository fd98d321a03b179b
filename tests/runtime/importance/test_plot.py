"""Pictures: what is on them, not how they look."""

from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.text import Text
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge

from codegen_fi.runtime.importance import explain, plot
from codegen_fi.runtime.importance.fonts import BASE_FONT, families
from codegen_fi.runtime.importance.labels import drawable, visible
from codegen_fi.runtime.importance.names import broken_name, short_name
from codegen_fi.runtime.importance.panels import raw_panels
from codegen_fi.runtime.importance.rows import (
    Column,
    Measure,
    exact,
    reason_row,
    rows_of,
)
from codegen_fi.runtime.importance.save import CSV_NAME, csv_text

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
    assert shown == [f"column {i}" for i in range(13)]
    together = sum(range(1, 13)) / sum(range(1, 26))
    assert said.count(f"and 487 more columns, together {together:.1%}") == 2


def test_nothing_is_announced_when_nothing_is_cut():
    assert not any("more column" in text for text in texts(plot.svg(rows(list("abc")), HEADER)))


def test_names_are_text_never_markup():
    names = ["$x^2$", "<b>bold</b> & more", "größe", "年齢", "возраст", "a\nb"]
    said = texts(plot.svg(rows(names), HEADER))
    for name in [*names[:-1], "a\\nb"]:
        assert said.count(name) == 1


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
    short = short_name(name, 40, visible)
    assert len(short) == 40
    assert short.startswith("customer_")
    assert short.endswith("_2024")
    assert short_name("short", 40, visible) == "short"
    assert len(short_name("年" * 40, 40, visible)) == 20


def test_an_escape_is_never_cut_in_two():
    short = short_name("年齢の区分と性別と地域", 24, ascii_escape)
    assert re.fullmatch(r"(\\u[0-9a-f]{4})+…(\\u[0-9a-f]{4})+", short)
    assert len(short) <= 24


def ascii_escape(text):
    return text.encode("unicode_escape").decode("ascii")


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
    png, svg, *others = plot.save_plots(tmp_path)
    assert all("coefficients" in path.name for path in others)
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


def texts_of(name, table, header=None, **more):
    return texts(plot.svg(table, HEADER if header is None else header, name=name, **more))


def numbers(svg):
    """The figures beside the bars, in the order of the picture."""
    return [text for text in texts(svg) if text.endswith("%")]


MEMBERS = (("0 (LightGBMClassifier)", 0.25), ("1 (RandomForest)", 0.7), ("2 (KNN)", 0.05))


def ensemble(names):
    columns = [Column(name, name) for name in names]
    first, second = np.array([3.0, 1.0, 0.0]), np.array([0.0, 1.0, 1.0])
    whole = 0.25 * first / 4 + 0.75 * second / 2
    note = "; weight {} in its ensemble"
    return [
        *rows_of("native", "raw", "model", columns, exact(whole)),
        *rows_of("native", "raw", MEMBERS[0][0], columns, exact(first), "gain" + note.format(0.25)),
        *rows_of("native", "raw", MEMBERS[1][0], columns, exact(second), "gain" + note.format(0.7)),
        reason_row("native", MEMBERS[2][0], "has none" + note.format(0.05)),
    ]


def test_members_are_a_map_with_the_heaviest_first():
    table = ensemble(["a", "b", "c"])
    said = texts_of("members", table)
    assert [text for text in said if text.startswith("weight")] == [
        "weight 0.7",
        "weight 0.25",
        "weight 0.05",
    ]
    heat = plot.heat_of(table, 20)
    assert heat.names == ("b", "c", "a")
    assert heat.members[0] == ("ensemble", "")
    by_name = dict(zip(heat.names, heat.shares, strict=True))
    assert by_name["a"] == pytest.approx((0.1875, 0.0, 0.75, None), nan_ok=False)
    assert any("Grey" in text for text in said)


def test_a_single_model_has_no_map_of_members():
    assert not plot.has_picture("members", rows(["a", "b"]))
    assert not plot.has_picture("classes", rows(["a", "b"]))
    assert not plot.has_picture("coefficients", rows(["a", "b"]))


def classes(count, names=("a", "b", "c")):
    columns = [Column(name, name) for name in names]
    note = "mean |contribution| to the log odds; sums differ by 1e-12"
    random = np.random.default_rng(0)
    table = rows_of("shap", "raw", "model", columns, exact(np.array([3.0, 2.0, 1.0])), note)
    for number in range(count):
        values = exact(random.random(3))
        name = f"class {number}"
        table += rows_of("shap", "raw", "model", columns, values, note, class_name=name)
    return table


def test_classes_stand_side_by_side_and_the_rest_is_announced():
    said = texts_of("classes", classes(8))
    assert [text for text in said if text.startswith("class ")] == [f"class {i}" for i in range(6)]
    assert "2 more classes are in the table." in said
    assert any("log odds of each class" in text for text in said)
    assert not plot.has_picture("classes", classes(1))


def test_coefficients_keep_their_signs_and_are_ordered_by_size():
    columns = [Column(name, name) for name in ("a", "b", "c")]
    measure = exact(np.array([0.5, -2.0, 1.25]))
    table = rows_of("coefficient", "raw", "model", columns, measure, "per sd", signed=True)
    said = texts_of("coefficients", table)
    assert [text for text in said if text in {"a", "b", "c"}] == ["b", "c", "a"]
    assert [text for text in said if text in {"-2", "1.25", "0.5"}] == ["-2", "1.25", "0.5"]


def test_methods_share_one_order_and_a_large_bar_that_is_left_out_is_named():
    names = ["a", "b", "c", "d"]
    columns = [Column(name, name) for name in names]
    table = [
        *rows_of("permutation", "raw", "model", columns, exact(np.array([4.0, 3.0, 2.0, 1.0]))),
        *rows_of("native", "raw", "model", columns, exact(np.array([1.0, 1.0, 1.0, 7.0]))),
    ]
    said = texts_of("", table, top=2)
    assert [text for text in said if text in names] == ["a", "b"]
    assert "and 2 more columns, together 30.0%" in said
    assert "and 2 more columns, together 80.0%" in said
    assert "largest: d 70.0%" in said


def test_columns_that_one_method_finds_alike_are_ordered_by_the_next():
    columns = [Column(name, name) for name in "abcde"]
    table = [
        *rows_of("permutation", "raw", "model", columns, exact(np.array([0.0, 0.0, 0.5, 0.0, -1]))),
        *rows_of("native", "raw", "model", columns, exact(np.array([1.0, 2.0, 1.0, 3.0, 9.0]))),
    ]
    assert raw_panels(table, HEADER, 9)[0].names == ("c", "d", "b", "a", "e")
    assert raw_panels(table[:5], HEADER, 9)[0].names == ("c", "a", "b", "d", "e")


@pytest.mark.parametrize(("name", "alike"), [("classes", True), ("", False)])
def test_bars_of_one_unit_have_one_scale(name, alike):
    table = classes(3) if name else rows(["a", "b"])
    figure = plot.draw(table, HEADER, name=name)
    figure.canvas.draw()
    scales = {axes.get_xlim() for axes in figure.axes}
    assert (len(scales) == 1) == alike


def test_a_picture_too_high_for_the_oldest_matplotlib_has_fewer_dots(monkeypatch):
    def height():
        return int.from_bytes(plot.png(rows(["a", "b", "c"]), HEADER)[20:24], "big")

    whole = height()
    monkeypatch.setattr(plot, "_MOST_DOTS", 700)
    assert 0 < height() < whole
    assert height() <= 700


def test_groups_have_a_panel_with_their_columns():
    groups = [Column("size", "a + b"), Column("auto", "c + d")]
    table = rows(["a", "b", "c", "d"])
    table += rows_of("permutation", "group", "model", groups, exact(np.array([2.0, 1.0])))
    correlated = [{"name": "auto", "columns": ["c", "d"], "strength": 0.93}]
    said = texts_of("", table, {**HEADER, "correlated": correlated})
    assert "size: a + b" in said
    assert "c + d" in said
    assert "Move together (0.93): c, d" in said
    assert any("shuffled together" in text for text in said)


def test_features_stand_in_for_columns_that_cannot_be_traced():
    columns = [Column("column 0", ""), Column("column 1", "")]
    table = rows_of("native", "engineered", "model", columns, exact(np.array([1.0, 2.0])))
    said = texts_of("", table)
    assert [text for text in said if text.startswith("column ")] == ["column 1", "column 0"]
    assert any("can't be traced back" in text for text in said)


def test_pointing_at_a_name_in_the_svg_shows_all_of_it():
    long = "customer <b>&amp; " + "x" * 70 + " 2024"
    table = rows([long, "b"])
    table += rows_of("permutation", "group", "model", [Column("g", "b")], exact(np.ones(1)))
    root = ElementTree.fromstring(plot.svg(table, HEADER))
    titles = [node.text for node in root.iter() if node.tag == "{http://www.w3.org/2000/svg}title"]
    assert titles == [long, "b", "g"]
    shown = [text for text in texts(plot.svg(table, HEADER)) if text.startswith("customer")]
    assert "…" in shown[0]


def test_letters_without_a_font_are_announced_in_the_picture():
    cuneiform = "\U00012000"

    def foot(name):
        figure = plot.draw(rows([name]), HEADER, shown=lambda text: drawable(text, [BASE_FONT]))
        return [text.get_text() for text in figure.findobj(Text)]

    assert any("no font on this machine" in text for text in foot(cuneiform))
    assert "\\U00012000" in foot(cuneiform)
    assert not any("no font" in text for text in foot("a"))


def test_class_names_break_between_their_words():
    lines = broken_name("0 (RandomForestClassifier)", 15, 4, visible)
    assert lines == ["0 (RandomForest", "Classifier)"]
    assert broken_name("model_2 (BernoulliNB)", 15, 4, visible) == ["model_2", "(BernoulliNB)"]


def test_pictures_that_the_table_no_longer_has_are_removed(tmp_path):
    write_table(tmp_path, ensemble(["a", "b", "c"]))
    assert len(plot.save_plots(tmp_path)) == 4
    write_table(tmp_path, rows(["a", "b"]))
    assert [path.name for path in plot.save_plots(tmp_path)] == [plot.PNG_NAME, plot.SVG_NAME]
    assert not list(tmp_path.glob("*members*"))


def write_table(folder, table):
    (folder / CSV_NAME).write_text(csv_text(table), encoding="utf-8")


def test_one_method_of_several_is_drawn_when_asked(tmp_path):
    write_table(tmp_path, rows(["a", "b"]))
    _, svg = plot.save_plots(tmp_path, 20, ["native"])
    said = "\n".join(texts(svg.read_bytes()))
    assert "Native" in said
    assert "Permutation" not in said


def test_what_is_said_of_one_column_is_no_title():
    columns = [Column("a", "a", "moves together with b"), Column("b", "b", "not used")]
    table = rows_of("native", "raw", "model", columns, exact(np.array([2.0, 1.0])), "total gain")
    note = "mean |contribution| to the margin, mean over outputs; sums differ"
    table += rows_of("shap", "raw", "model", columns, exact(np.array([2.0, 1.0])), note)
    said = "\n".join(texts_of("", table))
    assert "training rows; total gain" in said
    assert "to the margin" in said
    assert "mean over" not in said
    assert "moves together" not in said


def test_a_part_of_the_rows_is_said_in_every_title():
    note = "mean |contribution| to the margin; 10,000 of 37,000 rows"
    columns = [Column(name, name) for name in "ab"]
    values = exact(np.array([2.0, 1.0]))
    found = rows_of("shap", "raw", "model", columns, values, note)
    for name in ("no", "yes"):
        found += rows_of("shap", "raw", "model", columns, values, note, class_name=name)
    for picture in ("", "classes"):
        assert "10,000 of 37,000 rows" in "\n".join(texts(plot.svg(found, HEADER, name=picture)))
    some = {**HEADER, "rows_available": 1_000_000}
    assert "n=150 of 1,000,000" in "\n".join(texts(plot.svg(rows(["a"]), some)))


def test_what_a_map_of_members_leaves_out_has_a_share():
    names = [f"c{i}" for i in range(40)]
    values = np.arange(40, 0, -1.0)
    found = rows_of("native", "raw", "model", [Column(n, n) for n in names], exact(values))
    for member in ("first", "second"):
        found += rows_of("native", "raw", member, [Column(n, n) for n in names], exact(values))
    said = "\n".join(texts(plot.svg(found, HEADER, top=30, name="members")))
    assert f"10 more columns are in the table, together {55 / 820:.1%} of the ensemble." in said
