"""A local run keeps what the script logs, saves first, and leaves whole files only."""

from __future__ import annotations

import argparse
import io
import json
import logging
import math
import pickle
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from codegen_fi.runtime import run_progress
from codegen_fi.runtime.errors import ExplanationError
from codegen_fi.runtime.local_run import LocalRun, Run, add_local_arguments
from codegen_fi.runtime.run_log import warn_of
from codegen_fi.runtime.run_options import RunOptions
from codegen_fi.runtime.run_outputs import RESULTS, plain, replacing

# The model is linear, for two classes, and no ensemble.
ALL = {name for name in RESULTS if "_classes." not in name and "_members." not in name}


@pytest.fixture(autouse=True)
def _quiet_after():
    logger = logging.getLogger("azureml.training.tabular")
    level, hook = logger.level, sys.excepthook
    yield
    sys.excepthook = hook
    Run._current = None
    logging.captureWarnings(False)
    logger.setLevel(level)
    for name in ("azureml.training.tabular", "py.warnings"):
        logging.getLogger(name).handlers.clear()


@pytest.fixture(scope="module")
def fitted():
    draw = np.random.default_rng(0)
    X = pd.DataFrame({"große Zahl": draw.normal(size=200), "it's noise": draw.normal(size=200)})
    y = (X["große Zahl"] > 0).to_numpy().astype(int)
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y), X, y


def _names(folder):
    return {p.name for p in folder.iterdir()}


def test_everything_is_written_and_the_planted_column_is_first(tmp_path, fitted):
    model, X, y = fitted
    run = Run.start(outputs=tmp_path / "o")
    assert Run.get_context() is run
    run.save_model(model)
    run.log("accuracy", np.float64(0.5))
    explanation = run.explain(model, X, y)
    assert _names(tmp_path / "o") == ALL
    rows = pd.read_csv(tmp_path / "o" / "feature_importance.csv")
    first = rows[(rows["space"] == "raw") & (rows["rank"] == 1)]
    assert set(first["feature"]) == {"große Zahl"}
    assert set(first["method"]) >= {"native", "permutation"}
    assert len(explanation.to_frame()) == len(rows)
    saved = pickle.loads((tmp_path / "o" / "model.pkl").read_bytes())
    np.testing.assert_array_equal(saved.predict(X), model.predict(X))


def test_rows_that_are_left_out_are_in_the_log(tmp_path, fitted):
    model, X, y = fitted
    run = Run.start(outputs=tmp_path, importance=["permutation"], max_rows=20, plot=False)
    run.save_model(model)
    run.explain(model, X, y)
    said = f"Not all rows: permutation used 20 of {len(X):,} rows: as asked by max_rows"
    assert said in (tmp_path / "run.log").read_text(encoding="utf-8")


def test_nothing_is_on_disk_before_the_model_is_saved(tmp_path):
    run = Run.start(outputs=tmp_path / "o")
    logging.getLogger("azureml.training.tabular").warning("from the start")
    run.log("a", 1.0)
    run.log_confusion_matrix("confusion_matrix", {})
    assert not (tmp_path / "o").exists()
    run.save_model("model")
    assert _names(tmp_path / "o") == {"model.pkl", "run.log"}
    assert "from the start" in (tmp_path / "o" / "run.log").read_text()


def test_later_lines_and_warnings_are_in_the_log(tmp_path, fitted):
    arguments = argparse.Namespace(outputs=tmp_path / "o", training_data="x", importance=["none"])
    run = Run.start(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("watch out", UserWarning, stacklevel=1)
        run.save_model(1)
        logging.getLogger("azureml.training.tabular").info("größer")
    text = (tmp_path / "o" / "run.log").read_text(encoding="utf-8")
    assert text.index("watch out") < text.index("größer")


def test_results_of_an_earlier_run_do_not_stay_beside_new_ones(tmp_path):
    folder = tmp_path / "o"
    folder.mkdir()
    for name in [*RESULTS, "mine.txt"]:
        (folder / name).write_text("old")
    run = Run.start(outputs=folder, importance=["none"])
    run.save_model(1)
    assert _names(folder) == {"model.pkl", "run.log", "mine.txt"}
    assert (folder / "mine.txt").read_text() == "old"


def test_metrics_are_strict_json(tmp_path):
    run = Run.start(outputs=tmp_path, importance=["none"])
    run.log("nothing", math.nan)
    run.log("endless", np.float32("inf"))
    run.log("accuracy", np.float64(0.75))
    run.log_accuracy_table("accuracy_table", {"data": {"p": np.arange(3)}, "version": 1})
    run.log_residuals("residuals", {"data": {"edges": [np.float64(1.5), math.nan]}})
    run.log_predictions("predicted_true", {"a": 1})
    run.log_row("rows", a=np.int64(1))
    run.log_row("rows", a=2)
    run.upload_file("a", "b")
    run.upload_folder("outputs/", "outputs/")
    assert run.explain(None, None, None) is None
    content = json.loads((tmp_path / "metrics.json").read_text(), parse_constant=pytest.fail)
    assert content == {
        "schema_version": 1,
        "metrics": {"nothing": None, "endless": None, "accuracy": 0.75},
        "tables": {
            "accuracy_table": {"data": {"p": [0, 1, 2]}, "version": 1},
            "residuals": {"data": {"edges": [1.5, None]}},
            "predicted_true": {"a": 1},
            "rows": [{"a": 1}, {"a": 2}],
        },
    }


@pytest.mark.parametrize(
    ("value", "is_scalar"),
    [
        (0.5, True),
        (np.float64("nan"), True),
        (np.array(0.5), True),
        (None, True),
        ({"schema_type": "accuracy_table"}, False),
        ([0.1, 0.9], False),
        (np.array([0.1, 0.9]), False),
    ],
)
def test_a_table_that_is_logged_as_a_metric_is_kept_as_a_table(tmp_path, value, is_scalar):
    run = LocalRun(RunOptions(outputs=tmp_path))
    run.log("it", value)
    assert ("it" in run.metrics, "it" in run.tables) == (is_scalar, not is_scalar)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(pd.Timestamp("2024-01-02"), "2024-01-02 00:00:00"), ({1: (np.True_,)}, {"1": [True]})],
)
def test_whatever_is_logged_can_be_written(value, expected):
    assert plain(value) == expected
    json.dumps(plain(value))


class Unpicklable(LogisticRegression):
    def __getstate__(self):
        raise TypeError("cannot pickle 'lock' object")


def test_a_model_that_cannot_be_pickled_is_explained_and_then_reported(tmp_path, fitted, caplog):
    _, X, y = fitted
    model = Unpicklable().fit(X, y)
    run = Run.start(outputs=tmp_path)
    run.save_model(model)
    with pytest.raises(ExplanationError, match=r"could not be saved.*cannot pickle 'lock'"):
        run.explain(model, X, y)
    assert _names(tmp_path) == ALL - {"model.pkl"}
    assert "Traceback" in (tmp_path / "run.log").read_text()
    assert "Traceback" not in caplog.text


class Unscorable(LogisticRegression):
    def predict(self, X):
        raise RuntimeError("no\nprediction")


def test_a_failing_method_is_a_row_and_an_error_after_all_is_written(tmp_path, fitted):
    _, X, y = fitted
    model = Unscorable().fit(X, y)
    run = Run.start(outputs=tmp_path)
    run.save_model(model)
    with pytest.raises(ExplanationError, match=r"permutation: RuntimeError") as caught:
        run.explain(model, X, y)
    assert "\n" not in str(caught.value)
    assert str(tmp_path / "feature_importance.csv") in str(caught.value)
    assert _names(tmp_path) == ALL
    rows = pd.read_csv(tmp_path / "feature_importance.csv")
    assert rows.loc[rows["method"] == "permutation", "note"].str.contains("failed").all()
    assert "permutation" in (tmp_path / "run.log").read_text()


def test_an_explanation_that_breaks_loses_neither_model_nor_metrics(tmp_path, fitted):
    model, X, y = fitted
    run = Run.start(outputs=tmp_path, scoring="no such score")
    run.save_model(model)
    run.log("accuracy", 1.0)
    with pytest.raises(ExplanationError, match="no such score"):
        run.explain(model, X, y)
    assert _names(tmp_path) == {"model.pkl", "metrics.json", "run.log"}
    assert "Traceback" in (tmp_path / "run.log").read_text()


def test_a_picture_that_cannot_be_drawn_costs_nothing_else(tmp_path, fitted):
    model, X, y = fitted
    run = Run.start(outputs=tmp_path, importance=("native",), top=0)
    run.save_model(model)
    with pytest.raises(ExplanationError, match="plots could not be drawn: ValueError"):
        run.explain(model, X, y)
    assert {"model.pkl", "metrics.json", "feature_importance.csv"} <= _names(tmp_path)
    assert "Traceback" in (tmp_path / "run.log").read_text()


def test_without_plot_there_is_a_table_only(tmp_path, fitted):
    model, X, y = fitted
    Run.start(outputs=tmp_path, plot=False).explain(model, X, y)
    assert _names(tmp_path) == {
        "metrics.json",
        "run.log",
        "feature_importance.csv",
        "feature_importance.json",
    }


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "model.pkl"
    path.write_text("old")

    def interrupted():
        with replacing(path) as temporary:
            temporary.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert _names(tmp_path) == {"model.pkl"}
    assert path.read_text() == "old"


def test_without_a_start_there_is_a_default_run(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.modules", {**__import__("sys").modules, "__main__": object()})
    monkeypatch.chdir(tmp_path)
    run = Run.get_context()
    assert run is Run.get_context()
    assert isinstance(run, LocalRun)
    assert run.id == "local"
    assert run.outputs == tmp_path / "outputs"
    assert _names(tmp_path) == set()


def _parsed(*arguments, validation=False):
    parser = argparse.ArgumentParser()
    add_local_arguments(parser, validation=validation)
    return parser.parse_args(arguments)


def test_arguments_become_options():
    arguments = _parsed(
        *("--training-data", "t.csv", "--outputs", "o", "--scoring", "accuracy", "--no-plot"),
        *("--importance", "native", "permutation", "--repeats", "3", "--seed", "7"),
        *("--top", "5", "--max-rows", "100"),
    )
    assert arguments.training_data == "t.csv"
    options = RunOptions.of(arguments)
    assert options.importance == ("native", "permutation")
    assert (options.scoring, options.plot) == ("accuracy", False)
    assert (options.repeats, options.seed, options.top, options.max_rows) == (3, 7, 5, 100)


def test_defaults_are_as_documented():
    options = RunOptions.of(_parsed("--training-data", "t.csv"))
    assert options.importance == ("auto",)
    assert (options.repeats, options.top, options.seed) == (5, 20, 0)
    assert (options.scoring, options.max_rows, options.plot) == (None, "auto", True)
    assert options.outputs.name == "outputs"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--training-data", "t", "--importance", "guess"],
        ["--training-data", "t", "--importance", "none", "native"],
        ["--training-data", "t", "--repeats", "0"],
        ["--training-data", "t", "--max-rows", "-1"],
        ["--training-data", "t", "--seed", "-1"],
        ["--training-data", "t", "--validation-data", "v"],
        ["--training-data", "t", "--outputs", f"{__file__}/results"],
    ],
)
def test_wrong_arguments_end_with_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        _parsed(*arguments)
    assert caught.value.code == 2
    assert "error" in capsys.readouterr().err


def test_a_validation_table_is_required_where_the_script_has_one(capsys):
    with pytest.raises(SystemExit):
        _parsed("--training-data", "t", validation=True)
    assert "--validation-data" in capsys.readouterr().err


@pytest.mark.parametrize("options", [{"importance": "guess"}, {"importance": ["none", "native"]}])
def test_wrong_keywords_are_refused(options):
    with pytest.raises(ValueError, match=r"guess|none"):
        RunOptions.of(**options)
    with pytest.raises(TypeError, match="speed"):
        RunOptions.of(speed=1)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_one_line_on_a_terminal(monkeypatch):
    monkeypatch.delenv(run_progress.ENVIRONMENT, raising=False)
    stream = Terminal()
    report = run_progress.reporter(stream)
    for done in range(1, 30):
        report(done, 30, "a\x1b[2J\nb")
    assert stream.getvalue().count("\n") == 0
    assert r"a\x1b[2J\nb" in stream.getvalue()
    report(30, 30, "column")
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().endswith("Importances 30/30 column\n")


def test_progress_is_a_line_for_each_tenth_elsewhere(monkeypatch):
    monkeypatch.delenv(run_progress.ENVIRONMENT, raising=False)
    stream = io.StringIO()
    report = run_progress.reporter(stream)
    for done in range(1, 201):
        report(done, 200, "column")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[-1] == "Importances 200/200 column"


def test_progress_says_how_long_the_rest_takes():
    said = run_progress.left_in_words
    assert said(10.0, 1, 3) == "about 20 s left"
    assert said(10.0, 10, 100) == "about 2 min left"
    assert said(3600.0, 100, 1000) == "about 9.0 h left"
    assert said(0.5, 1, 2) == said(10.0, 3, 3) == said(5.0, 0, 3) == ""


def test_a_line_of_wide_letters_fits_the_terminal(monkeypatch):
    monkeypatch.delenv(run_progress.ENVIRONMENT, raising=False)
    monkeypatch.setattr(run_progress, "_width", lambda: 40)
    stream = Terminal()
    run_progress.reporter(stream)(1, 2, "年" * 50)
    assert stream.getvalue().count("年") == (39 - len("Importances 1/2 ")) // 2


def test_long_silence_is_broken_elsewhere(monkeypatch):
    monkeypatch.delenv(run_progress.ENVIRONMENT, raising=False)
    monkeypatch.setattr(run_progress, "SILENCE", 0.0)
    stream = io.StringIO()
    report = run_progress.reporter(stream)
    for done in range(1, 6):
        report(done, 1000, "column")
    assert len(stream.getvalue().splitlines()) == 5


def test_progress_is_json_for_a_program(monkeypatch):
    monkeypatch.setenv(run_progress.ENVIRONMENT, "json")
    stream = io.StringIO()
    run_progress.reporter(stream)(1, 2, "it's\nodd")
    line = stream.getvalue()
    assert line.startswith(run_progress.PREFIX)
    assert line.count("\n") == 1
    step = json.loads(line.removeprefix(run_progress.PREFIX))
    assert step == {"done": 1, "total": 2, "text": "it's\nodd"}


def test_what_was_asked_for_and_left_out_is_warned_of(caplog):
    left_out = [
        ("groups", "no columns of the data move together"),
        ("further repeats", "30 are the most of auto; still tied are a and b"),
        ("repeats", "the order of the first 20 columns is decided after 5"),
        ("correlation of id", "too many different values"),
    ]
    warn_of(left_out)
    assert [record.getMessage() for record in caplog.records] == [
        "No groups: no columns of the data move together",
        "No further repeats: 30 are the most of auto; still tied are a and b",
    ]
