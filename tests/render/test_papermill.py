"""The emitted notebook under papermill, started as its users start it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import nbformat
import pytest

from codegen_fi.demo import script_bytes, write_data
from codegen_fi.workflow import rewrite_to_folder

CHANGES = "CHANGES: {pipeline__ensemble__model_0__model__n_estimators: 3}"
ROWS, NEW_ROWS = 260, 37


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with the emitted one in it, and data that its notebook doesn't know of."""
    desk = tmp_path_factory.mktemp("papermill")
    (desk / "script.py").write_bytes(script_bytes())
    rewrite_to_folder(desk / "script.py", desk / "model")
    write_data(desk / "other.csv", ROWS, seed=3)
    write_data(desk / "labelled.csv", NEW_ROWS, seed=4)
    with (desk / "labelled.csv").open(newline="", encoding="utf-8") as stream:
        lines = [line[:-1] for line in csv.reader(stream)]
    with (desk / "new.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(lines)
    return desk


def papermill(desk, *options):
    command = ["papermill", "model/train.ipynb", "executed.ipynb", "--no-progress-bar", *options]
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=desk, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def executed(desk):
    given = {
        "FOLDER": "model",
        "TRAINING_DATA": "other.csv",
        "NEW_DATA": "new.csv",
        "OUTPUTS": "results",
        "IMPORTANCE": "permutation",
        "SCORING": "AUC_weighted",
        "REPEATS": "2",
        "MAX_ROWS": "50",
    }
    options = [part for name, value in given.items() for part in ("-p", name, value)]
    done = papermill(desk, *options, "-y", CHANGES)
    assert done.returncode == 0, done.stderr[-3000:]
    return nbformat.read(desk / "executed.ipynb", as_version=4)


def outputs(book, cell_id):
    (cell,) = (cell for cell in book.cells if cell.id == cell_id)
    return "\n".join(o.data.get("text/plain", "") for o in cell.outputs if "data" in o)


def test_the_parameters_are_injected_behind_their_defaults(executed):
    tags = [cell.metadata.get("tags", []) for cell in executed.cells]
    place = next(i for i, found in enumerate(tags) if "parameters" in found)
    assert "injected-parameters" in tags[place + 1]


def test_the_executed_notebook_is_about_the_given_data(executed):
    assert f"{ROWS} rows, 13 columns" in outputs(executed, "load-py")
    assert "drop in AUC_weighted" in outputs(executed, "importances-py")
    assert "2 shuffles per column" in outputs(executed, "importances-py")
    assert "native" not in outputs(executed, "importances-py")
    assert outputs(executed, "metrics-py").splitlines()[1].startswith("AUC_weighted")


def test_what_was_written_is_what_was_asked_for(executed, desk):
    header = json.loads((desk / "results" / "feature_importance.json").read_text())
    asked = {"methods": ["permutation"], "scoring": "AUC_weighted", "repeats": 2, "rows_used": 50}
    assert {name: header[name] for name in asked} == asked
    assert {row["method"] for row in header["rows"]} == {"permutation"}
    written = {path.name for path in (desk / "results").iterdir()}
    assert {"model.pkl", "metrics.json", "feature_importance.png", "run.log"} <= written
    assert not (desk / "model" / "outputs").exists()


def test_the_log_tells_of_each_member(executed, desk):
    log = (desk / "results" / "run.log").read_text(encoding="utf-8")
    assert "Fitting 1 of 3: model_0, LGBMClassifier" in log
    assert "Fitting 3 of 3: model_2, LogisticRegression" in log


def test_new_rows_are_predicted_and_saved(executed, desk):
    with (desk / "results" / "predictions.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == NEW_ROWS
    assert list(rows[0]) == ["predicted", "P(no)", "P(yes)"]
    assert {row["predicted"] for row in rows} == {"yes", "no"}
    for row in rows:
        assert float(row["P(no)"]) + float(row["P(yes)"]) == pytest.approx(1)
        assert float(row[f"P({row['predicted']})"]) >= 0.5
    assert f"{NEW_ROWS} predictions are in" in outputs(executed, "predict-py")


def test_the_changed_setting_makes_another_model_and_leaves_the_saved_one(executed, desk):
    shown = outputs(executed, "change-py")
    assert "Training the changed model took" in shown
    line = next(text for text in shown.splitlines() if text.startswith("AUC_weighted "))
    _, original, changed, difference = line.split()
    saved = json.loads((desk / "results" / "metrics.json").read_text())["metrics"]
    assert float(original) == pytest.approx(saved["AUC_weighted"], rel=1e-3)
    assert original != changed
    assert float(difference) == pytest.approx(float(changed) - float(original), abs=2e-4)


def test_it_says_what_to_give_where_it_is_not_beside_its_script(desk):
    done = papermill(desk)
    assert done.returncode != 0
    assert "give its folder as FOLDER" in done.stderr
