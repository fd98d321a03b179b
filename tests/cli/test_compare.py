"""Folders side by side: what they scored, which column moved, which setting differs."""

from __future__ import annotations

import csv
import json
import re

import pytest

from codegen_fi.demo import script_bytes
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files, write_folder
from codegen_fi.rewrite import rewrite

HOSTILE = "<script>alert(1)</script>"


def trained(folder, importances, accuracy, method="permutation"):
    """An emitted folder with results of these importances, the largest first in rank."""
    source = script_bytes()
    script = parse_script(source.decode())
    write_folder(
        render_files(Emission(source, script.model, rewrite(script), {"kind": "test"})), folder
    )
    outputs = folder / "outputs"
    outputs.mkdir()
    metrics = {"metrics": {"accuracy": accuracy}}
    (outputs / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    names = ["method", "space", "model", "feature", "importance", "ci_low", "ci_high", "share"]
    with (outputs / "feature_importance.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, [*names, "rank", "note"])
        rows.writeheader()
        ordered = sorted(importances.items(), key=lambda item: -item[1])
        for rank, (name, value) in enumerate(ordered, 1):
            rows.writerow(
                {"method": method, "space": "raw", "model": "model", "feature": name,
                 "importance": value, "share": value / sum(importances.values()), "rank": rank}
            )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    base = tmp_path_factory.mktemp("compare")
    first = trained(base / "first", {"tenure": 0.3, "fee": 0.2, HOSTILE: 0.1}, 0.75)
    second = trained(base / "second", {"fee": 0.4, "tenure": 0.25, "region": 0.01}, 0.8125)
    train = second / "train.py"
    text = train.read_text(encoding="utf-8")
    train.write_text(text.replace("num_leaves=15", "num_leaves=3"), encoding="utf-8")
    return first, second


def test_metrics_ranks_and_settings_are_laid_side_by_side(cli, pair):
    content = json.loads(cli("compare", *pair, "--format", "json").stdout)
    assert content["names"] == ["first", "second"]
    assert content["metrics"] == [["accuracy", [0.75, 0.8125]]]
    columns = dict(content["columns"])
    assert [s["rank"] for s in columns["tenure"]] == [1, 2]
    assert [s["moved"] for s in columns["tenure"]] == [0, -1]
    assert [s["moved"] for s in columns["fee"]] == [0, 1]
    assert columns[HOSTILE][1] is None
    assert columns["region"][0] is None
    assert columns["region"][1]["moved"] is None
    assert content["settings"] == [["model_0: LGBMClassifier: num_leaves", ["15", "3"]]]


def test_arguments_count_among_the_folders_that_have_their_part(cli, pair, tmp_path):
    alone = trained(tmp_path / "alone", {"fee": 1.0}, 0.5)
    train = alone / "train.py"
    text = train.read_text(encoding="utf-8")
    last = text[text.index("('model_2',") :]
    text = text.replace(last[: last.index("\n")], "").replace("0.3, 0.3]", "0.3]")
    train.write_text(text, encoding="utf-8")
    content = json.loads(cli("compare", *pair, alone, "--format", "json").stdout)
    settings = dict(content["settings"])
    assert settings["model_2: model"][2] is None
    assert settings["model_0: LGBMClassifier: num_leaves"] == ["15", "3", "15"]
    assert not [name for name in settings if name.startswith("model_2: ") and name.count(":") > 1]


def test_the_best_method_that_all_folders_have_is_compared(cli, pair, tmp_path):
    both = trained(tmp_path / "both", {"fee": 0.3, "tenure": 0.1}, 0.5, method="native")
    table = both / "outputs" / "feature_importance.csv"
    other = (pair[0] / "outputs" / "feature_importance.csv").read_text(encoding="utf-8")
    text = table.read_text(encoding="utf-8") + other.split("\n", 1)[1]
    table.write_text(text, encoding="utf-8")
    native = trained(tmp_path / "native", {"tenure": 2.0, "fee": 1.0}, 0.5, method="native")
    assert json.loads(cli("compare", pair[0], both, "--format", "json").stdout)["method"] == (
        "permutation"
    )
    content = json.loads(cli("compare", both, native, "--format", "json").stdout)
    assert content["method"] == "native"
    assert dict(content["columns"])["tenure"][1]["moved"] == 1


def test_on_a_terminal_there_are_tables(cli, pair):
    done = cli("compare", *pair, "--top", "2")
    assert done.returncode == 0
    assert "num_leaves" in done.stdout
    assert "(+1)" in done.stdout
    assert "2 more columns" in done.stderr


def test_the_page_holds_all_of_it_and_no_name_acts(cli, pair, tmp_path):
    page = tmp_path / "page.html"
    assert cli("compare", *pair, "--out", page, "--top", "2").returncode == 0
    text = page.read_text(encoding="utf-8")
    assert len(re.findall("<script>", text)) == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "the first 2 of 4 columns" in text
    assert "num_leaves" in text
    refused = cli("compare", *pair, "--out", page)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert cli("compare", *pair, "--out", page, "--force").returncode == 0


@pytest.mark.parametrize(
    ("which", "words"),
    [("one", "two folders or more"), ("untrained", "wasn't trained"), ("other", "not a folder")],
)
def test_what_cannot_be_compared_is_refused(cli, pair, emitted, tmp_path, which, words):
    folders = {"one": pair[:1], "untrained": (pair[0], emitted), "other": (pair[0], tmp_path)}
    done = cli("compare", *folders[which])
    assert done.returncode == 2
    assert words in done.stderr


def test_importances_of_different_methods_are_not_mixed(cli, pair, tmp_path):
    native = trained(tmp_path / "native", {"fee": 1.0}, 0.5, method="native")
    done = cli("compare", pair[0], native)
    assert done.returncode == 0
    assert "different methods" in done.stderr
