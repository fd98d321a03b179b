"""The notebook runs top to bottom beside its `train.py`, and shows the plot."""

from __future__ import annotations

import base64
import importlib.util
import json
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
    change = next(cell for cell in book.cells if cell.id == "change-py")
    change.source = change.source.replace("CHANGES = {}", f"CHANGES = {CHANGES[request.param]}")
    NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return book, folder, planted


def _outputs(book, cell_id):
    cell = next(c for c in book.cells if c.id == cell_id)
    return [o.get("data", {}) for o in cell.outputs]


def test_the_outputs_hold_the_plot_that_was_saved(executed):
    book, folder, _ = executed
    images = [o["image/png"] for o in _outputs(book, "plot-py") if "image/png" in o]
    assert len(images) == 1
    png = base64.b64decode(images[0])
    assert png == (folder / "outputs" / "feature_importance.png").read_bytes()
    assert len(png) > 10_000


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
    shown = "".join(o.get("text/plain", "") for o in _outputs(book, "importances-py"))
    assert all(name in shown for name in planted)


def test_every_metric_the_script_logs_is_shown_and_saved(executed):
    book, folder, _ = executed
    saved = json.loads((folder / "outputs" / "metrics.json").read_text())["metrics"]
    (shown,) = (o["text/plain"] for o in _outputs(book, "metrics-py") if "text/plain" in o)
    assert len(saved) > 10
    assert all(name in shown for name in saved)


def test_predictions_stand_beside_the_labels(executed):
    book, _, _ = executed
    (shown,) = (o["text/plain"] for o in _outputs(book, "predict-py"))
    assert "predicted" in shown
    assert len(shown.splitlines()) == 11


def test_a_changed_model_stands_beside_the_first_one(executed):
    book, folder, planted = executed
    shown = "".join(o.get("text/plain", "") for o in _outputs(book, "change-py"))
    saved = json.loads((folder / "outputs" / "feature_importance.json").read_text())["rows"]
    if not CHANGES[book.metadata["case"]]:
        assert "model__random_state" in shown
        assert "rank changed" not in shown
        return
    assert "rank changed" in shown
    assert all(name in shown for name in planted)
    kind = ("permutation", "raw")
    first = {row["feature"] for row in saved if (row["method"], row["space"]) == kind}
    assert [name for name in first if name not in shown] == []
