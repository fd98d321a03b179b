"""What the notebook says of a model is what the script says, and short whatever its size."""

from __future__ import annotations

import json
import re

import pytest
from hostile import NAMES
from hostile import script as hostile_script
from named_script import Names, script_with
from specimens import SCRIPTS

from codegen_fi.demo import script_bytes
from codegen_fi.parse import parse_script
from codegen_fi.render.describe import describe
from codegen_fi.render.notebook import notebook
from codegen_fi.render.notebook_text import name_of, names, tell


def cells_of(text):
    script = parse_script(text).model
    book = json.loads(notebook(script, describe(script)))
    return script, {cell["id"]: "".join(cell["source"]) for cell in book["cells"]}


def rows_of(cell):
    """The cells of the tables in Markdown, without head and rule."""
    lines = [line for line in cell.splitlines() if line.startswith("|")]
    split = [[part.strip() for part in line.strip("|").split(" | ")] for line in lines]
    return [row for row in split if not set("".join(row)) <= set("|-: ")]


def test_the_title_names_task_label_run_and_release():
    script, cells = cells_of(script_bytes().decode())
    facts = {row[0]: row[1] for row in rows_of(cells["title-md"])}
    assert facts["task"] == "classification"
    assert facts["label"] == "churned, through LabelEncoder"
    assert facts["columns"] == f"{len(script.pipeline.columns())}, through 8 groups of transformers"
    assert facts["model"] == "voting ensemble of 3 models"
    assert facts["AutoML run"] == r"AutoML\_demo\_7"
    assert facts["SDK"] == script.generator_version
    assert "Predicts **churned** (classification) from 11 columns" in cells["title-md"]


def test_every_group_of_columns_is_listed_with_its_count():
    script, cells = cells_of(script_bytes().decode())
    rows = [row for row in rows_of(cells["pipeline-md"]) if len(row) == 3 and row[0] != "count"]
    assert [int(row[0]) for row in rows] == [len(m.names()) for m in script.pipeline.mappers]
    chains = [", ".join(t.name for t in m.transformers) for m in script.pipeline.mappers]
    assert [row[2] for row in rows] == chains


def test_every_member_is_listed_with_its_weight_and_steps():
    _, cells = cells_of(script_bytes().decode())
    rows = [row for row in rows_of(cells["pipeline-md"]) if len(row) == 4]
    assert rows == [
        ["member", "weight", "preprocessor", "estimator"],
        [r"model\_0", "0.4", "MaxAbsScaler", "LGBMClassifier"],
        [r"model\_1", "0.3", "MaxAbsScaler", "XGBClassifier"],
        [r"model\_2", "0.3", "StandardScaler", "LogisticRegression"],
    ]


def test_a_stack_names_its_meta_learner():
    script, cells = cells_of(SCRIPTS["stacking"])
    meta = script.pipeline.ensemble.meta_learner.name
    assert f"The meta-learner is **{meta}**." in cells["pipeline-md"]
    count = len(script.pipeline.ensemble.members)
    assert f"stacking ensemble of {count} member" in cells["pipeline-md"]


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_kind_of_script_is_told_without_gaps(name):
    script, cells = cells_of(SCRIPTS[name])
    told = tell(script, describe(script))
    text = cells["title-md"] + cells["pipeline-md"]
    assert "None" not in text
    assert all(all(part for part in row) for row in told.members)
    assert told.members


def test_five_hundred_columns_stay_readable():
    many = [f"column {n:03} of the long table" for n in range(500)]
    _, cells = cells_of(script_with(Names("days", None, [many], [False])))
    assert "500 columns" in cells["title-md"]
    assert " and 492 more |" in cells["pipeline-md"]
    assert max(map(len, cells.values())) < 2_000


def test_as_many_names_as_fit_are_all_there():
    assert names([f"c{i}" for i in range(12)]) == ", ".join(f"c{i}" for i in range(12))
    assert names([f"c{i}" for i in range(13)]).endswith("c7 and 5 more")


def test_a_very_long_name_loses_its_middle_only():
    short = name_of("start" + "x" * 5000 + "end")
    assert short.startswith("start")
    assert short.endswith("end")
    assert "…" in short
    assert len(short) < 80
    assert name_of("") == "(no name)"


def test_hostile_names_make_no_markup_and_no_table_of_another_shape():
    _, plain = cells_of(script_bytes().decode())
    _, cells = cells_of(hostile_script())
    for cell, text in cells.items():
        if cell.endswith("-md"):
            assert len(rows_of(text)) == len(rows_of(plain[cell]))
            assert "<" not in re.sub(r"<span>&#(36|92);</span>", "", text)
            assert "$" not in text
            assert all(c.isprintable() or c == "\n" for c in text)
    assert all(name not in cells["pipeline-md"] for name in NAMES.values() if "<" in name)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a_b*", r"a\_b\*"),
        ("5 $ or 6 $", "5 <span>&#36;</span> or 6 <span>&#36;</span>"),
        (r"\(x\)", "<span>&#92;</span>(x<span>&#92;</span>)"),
        (r"\begin{x}", "<span>&#92;</span>begin{x}"),
        (r"\$", "<span>&#92;</span><span>&#36;</span>"),
        ("\x1b", "<span>&#92;</span>x1b"),
        ("<span>", "&lt;span&gt;"),
    ],
)
def test_what_begins_a_formula_stands_apart_from_what_ends_it(name, written):
    assert name_of(name) == written
