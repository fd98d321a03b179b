"""The notebook runs top to bottom beside its `train.py`, and shows what came out."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from codegen_fi.demo import script_bytes, write_data
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files, write_folder
from codegen_fi.rewrite import rewrite

FIXTURES = Path(__file__).parents[1] / "fixtures"


def _tables():
    spec = importlib.util.spec_from_file_location("tables", FIXTURES / "tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _customers(path, rows=400, seed=7):
    return write_data(path, rows, seed)


CASES = {
    "demo": (_customers, {"monthly fee", "tenure", "contract", "last message"}),
    "classification_folds": (_tables().flowers, {"width", "height"}),
    "regression_split": (_tables().houses, {"area", "street's side"}),
    "regression_validation": (_tables().houses, {"area", "street's side"}),
}


# Settings that the last cell changes, and none in the others.
CHANGES = {case: {} for case in CASES} | {"regression_split": {"model__n_estimators": 2}}


@pytest.fixture(scope="module", params=CASES)
def executed(request, tmp_path_factory):
    """The executed notebook of a script, its folder and the columns that must stand out."""
    make, planted = CASES[request.param]
    demo = request.param == "demo"
    path = FIXTURES / "scripts" / f"{request.param}.py"
    source = script_bytes() if demo else path.read_bytes()
    script = parse_script(source.decode())
    folder = tmp_path_factory.mktemp("notebook") / "model"
    emission = Emission(
        source, script.model, rewrite(script), {"kind": "test"}, "data.csv", "validation.csv"
    )
    write_folder(render_files(emission), folder)
    make(folder / "data.csv")
    make(folder / "validation.csv", seed=1)
    book = nbformat.read(folder / "train.ipynb", as_version=4)
    book.metadata["case"] = request.param
    given = next(cell for cell in book.cells if cell.id == "parameters-py")
    given.source += f"\nCHANGES = {CHANGES[request.param]}"
    NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return book, folder, planted


def _outputs(book, cell_id):
    cell = next(c for c in book.cells if c.id == cell_id)
    return [o.get("data", {}) for o in cell.outputs]


def _shown(book, cell_id, kind="text/plain"):
    return "\n".join(o[kind] for o in _outputs(book, cell_id) if kind in o)


def test_the_outputs_hold_every_picture_that_was_saved_the_main_one_first(executed):
    book, folder, _ = executed
    images = [base64.b64decode(o["image/png"]) for o in _outputs(book, "plot-py")]
    outputs = folder / "outputs"
    main = outputs / "feature_importance.png"
    assert images[0] == main.read_bytes()
    assert len(images[0]) > 10_000
    others = {path.read_bytes() for path in outputs.glob("*.png") if path != main}
    assert set(images[1:]) == others
    assert others or book.metadata["case"] != "demo"


def test_scikit_learn_draws_the_pipeline(executed):
    book, _, _ = executed
    assert "sk-top-container" in _shown(book, "pipeline-py", "text/html")


def test_nothing_but_results_is_on_the_page(executed):
    """No log lines, no warnings, and what moved says in the end how long it took."""
    book, _, _ = executed
    streams = [o for c in book.cells for o in c.get("outputs", ()) if o.output_type == "stream"]
    assert {o.name for o in streams} == {"stdout"}
    assert not [o.text for o in streams if "Running" in o.text]
    assert re.match(r"Training took .* s\.", _shown(book, "train-py"))
    assert re.match(r"Explaining took .* s\.", _shown(book, "importances-py"))


def test_the_planted_columns_lead_the_table(executed):
    book, folder, planted = executed
    content = json.loads((folder / "outputs" / "feature_importance.json").read_text())
    ranks = {
        row["feature"]: row["rank"]
        for row in content["rows"]
        if row["space"] == "raw" and row["method"] == "permutation"
    }
    noise = [rank for name, rank in ranks.items() if name.startswith("noise")]
    assert max(ranks[name] for name in planted) < min(noise)
    shown = _shown(book, "importances-py")
    assert all(name in shown for name in planted)


def test_every_metric_the_script_logs_is_shown_and_saved(executed):
    book, folder, _ = executed
    saved = json.loads((folder / "outputs" / "metrics.json").read_text())["metrics"]
    assert len(saved) > 10
    lines = _shown(book, "metrics-py").splitlines()[-len(saved) :]
    shown = dict(line.split(maxsplit=1) for line in lines)
    known = {name: value for name, value in saved.items() if value is not None}
    assert {name: float(shown[name]) for name in known} == pytest.approx(known, rel=1e-3)
    assert all(shown[name] == "not defined" for name in saved.keys() - known.keys())


def test_the_confusion_matrix_counts_every_row_that_was_scored(executed):
    book, folder, _ = executed
    tables = json.loads((folder / "outputs" / "metrics.json").read_text())["tables"]
    if "confusion_matrix" not in tables:
        assert "confusion-py" not in [cell.id for cell in book.cells]
        return
    matrix = tables["confusion_matrix"]["data"]["matrix"]
    lines = _shown(book, "confusion-py").splitlines()[1:]
    counts = [[float(n) for n in line.split()[-len(matrix) :]] for line in lines]
    assert counts == matrix


def test_predictions_stand_beside_the_labels(executed):
    book, _, _ = executed
    head, *lines, rest = _shown(book, "predict-py").splitlines()
    assert head.split()[:2] == ["predicted", "actual"]
    assert len(lines) == 10
    assert re.fullmatch(r"and [\d,]+ more rows", rest)


def test_the_settings_of_the_script_can_be_set(executed):
    book, _, _ = executed
    assert "random_state" in _shown(book, "settings-py")


def test_a_changed_model_stands_beside_the_first_one(executed):
    book, folder, planted = executed
    shown = _shown(book, "change-py")
    saved = json.loads((folder / "outputs" / "feature_importance.json").read_text())["rows"]
    if not CHANGES[book.metadata["case"]]:
        assert shown == ""
        return
    metrics = json.loads((folder / "outputs" / "metrics.json").read_text())["metrics"]
    assert "r2_score" in metrics
    assert all(name in shown for name in metrics)
    assert all(name in shown for name in planted)
    kind = ("permutation", "raw")
    first = {row["feature"] for row in saved if (row["method"], row["space"]) == kind}
    assert [name for name in first if name not in shown] == []
