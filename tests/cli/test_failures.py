"""Each failure is one clear message and an exit code, and leaves nothing half-written."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from codegen_fi.demo import script_bytes

NO_TRACE = ("Traceback", "usage:")


def _files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def _one_error(done, code, *says):
    assert done.returncode == code, done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1, done.stderr
    for text in says:
        assert text in errors[0]
    assert done.stderr.count(errors[0].removeprefix("error: ")) == 1
    assert not any(mark in done.stderr for mark in NO_TRACE)
    assert done.stdout == ""


BAD_DATA = {
    "without the label": (lambda t: t.drop(columns="churned"), "label column 'churned'"),
    "with a missing column": (
        lambda t: t.rename(columns={"monthly fee": "Monthly Fee"}),
        "'monthly fee' (it has 'Monthly Fee')",
    ),
    "without rows": (lambda t: t.iloc[:0], "no rows"),
}


@pytest.mark.parametrize("name", BAD_DATA)
def test_data_that_do_not_fit_end_with_2(cli, emitted, table, tmp_path, name):
    change, says = BAD_DATA[name]
    change(pd.read_csv(table)).to_csv(tmp_path / "data.csv", index=False)
    before = _files(emitted)
    _one_error(cli("train", emitted, "--data", "data.csv"), 2, says, "data.csv")
    assert _files(emitted) == before


@pytest.mark.parametrize("lost", ["price", "area"])
def test_a_validation_table_that_does_not_fit_is_refused_before_the_training(cli, tmp_path, lost):
    scripts = Path(__file__).parents[1] / "fixtures" / "scripts"
    assert cli("rewrite", scripts / "regression_validation.py", "--out", "made").returncode == 0
    (tmp_path / "train.csv").write_text("price,area\n1,2\n", encoding="utf-8")
    columns = ["price", "area", "built on", "floor", "noise", "street's side"]
    table = pd.DataFrame({name: [1, 2] for name in columns if name != lost})
    table.to_csv(tmp_path / "valid.csv", index=False)
    before = _files(tmp_path)
    done = cli("train", "made", "--data", "train.csv", "--validation-data", "valid.csv")
    _one_error(done, 2, "valid.csv lacks", f"'{lost}'")
    assert _files(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0", "PNG image"),
        ("book.xlsx", b"PK\x03\x04", "Excel"),
        ("latin.csv", "größe,churned\n1,yes\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2(cli, emitted, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    before = _files(emitted)
    _one_error(cli("train", emitted, "--data", name), 2, says, name)
    assert _files(emitted) == before


def test_refused_data_leave_the_results_of_an_earlier_training(cli, emitted, tmp_path):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "model.pkl").write_text("earlier")
    _one_error(cli("train", emitted, "--data", "no.csv", "--outputs", "results"), 2, "no.csv")
    assert (tmp_path / "results" / "model.pkl").read_text() == "earlier"


def test_outputs_that_cannot_be_written_are_refused_before_the_training(cli, emitted, table):
    done = cli("train", emitted, "--data", table, "--outputs", table / "results")
    _one_error(done, 2, "is not a folder that can be written", "--outputs")


def test_data_that_are_not_there_end_a_run_before_it_writes(cli, script, tmp_path):
    _one_error(cli("run", script, "--data", "no.csv", "--out", "m"), 2, "no.csv does not exist")
    assert _files(tmp_path) == ["script.py"]


def test_a_folder_that_is_not_ours_ends_with_2(cli, tmp_path, table):
    _one_error(cli("train", ".", "--data", table), 2, "not a folder written by codegen-fi")
    _one_error(cli("diff", "."), 2, "not a folder written by codegen-fi")
    assert _files(tmp_path) == []


def test_a_validation_table_is_neither_missing_nor_ignored(cli, emitted, table):
    done = cli("train", emitted, "--data", table, "--validation-data", table)
    _one_error(done, 2, "--validation-data")


@pytest.mark.parametrize(
    "text",
    [
        b"print('hello')\n",
        b"def main(:\n",
        b"\xff\xfe\x00",
        b"",
        script_bytes().replace(b"'churned'", b"'chur'ned'"),
        script_bytes().replace(b"def train_model", b"def fit_model"),
    ],
    ids=["another program", "not Python", "not UTF-8", "empty", "quote in label", "no train_model"],
)
def test_a_script_that_is_not_understood_ends_with_3(cli, tmp_path, table, text):
    (tmp_path / "script.py").write_bytes(text)
    for command in (
        ["show", "script.py"],
        ["rewrite", "script.py", "--out", "m"],
        ["run", "script.py", "--data", table, "--out", "m"],
    ):
        _one_error(cli(*command), 3, "script.py")
    assert _files(tmp_path) == ["script.py"]


def test_no_script_ends_with_4(cli, tmp_path):
    _one_error(cli("show", "nothing.py"), 4, "nothing.py does not exist")
    _one_error(cli("rewrite", ".", "--out", "m"), 4, "holds no script")
    assert _files(tmp_path) == []


def test_an_environment_that_cannot_be_built_ends_with_5(cli, script, tmp_path, table):
    assert cli("rewrite", script, "--out", "m").returncode == 0
    (tmp_path / "m" / "requirements.txt").write_text("./no-such-package.whl\n")
    done = cli(
        "train", "m", "--data", table, "--env", "managed", CODEGEN_FI_CACHE=str(tmp_path / "cache")
    )
    _one_error(done, 5, "could not be built")
    assert not (tmp_path / "m" / "outputs").exists()


def test_a_training_that_fails_ends_with_1_and_keeps_the_folder(cli, script, tmp_path, table):
    one_class = pd.read_csv(table)
    one_class["churned"] = "yes"
    one_class.to_csv(tmp_path / "one.csv", index=False)
    done = cli("run", script, "--data", "one.csv", "--out", "m")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert (tmp_path / "m" / "train.py").exists()
    assert not (tmp_path / "m" / "outputs" / "model.pkl").exists()


def test_an_existing_folder_is_refused_without_force(cli, script, tmp_path):
    assert cli("rewrite", script, "--out", "m").returncode == 0
    _one_error(cli("rewrite", script, "--out", "m"), 2, "exists already")
    assert cli("rewrite", script, "--out", "m", "--force").returncode == 0
    (tmp_path / "m" / "train.py").write_text("# mine")
    _one_error(cli("rewrite", script, "--out", "m", "--force"), 2, "edits", "train.py")
    assert (tmp_path / "m" / "train.py").read_text() == "# mine"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["train"],
        ["rewrite", "script.py"],
        ["train", "x", "--data", "y", "--importance", "none", "--importance", "native"],
        ["train", "x", "--data", "y", "--repeats", "0"],
    ],
)
def test_a_wrong_command_line_ends_with_2(cli, arguments):
    done = cli(*arguments)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert done.stdout == ""


def test_an_unknown_scorer_is_refused_before_the_training(cli, emitted, table):
    done = cli("train", emitted, "--data", table, "--scoring", "acuracy")
    _one_error(done, 2, "acuracy", "did you mean accuracy")
    assert not (emitted / "outputs").exists()


def test_a_bug_shows_its_trace_and_asks_for_a_report(cli, script, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import codegen_fi.workflow as w\n"
        "def show(*_): raise ZeroDivisionError('broken')\n"
        "w.show = show\n"
    )
    import os

    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    done = cli("show", script, PYTHONPATH=path)
    assert done.returncode == 70
    assert "ZeroDivisionError: broken" in done.stderr
    assert "please report" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another signal there")
def test_ctrl_c_ends_with_130_and_leaves_no_half_written_file(emitted, table, tmp_path):
    command = [
        *(sys.executable, "-m", "codegen_fi", "train", emitted, "--data", table),
        *("--outputs", tmp_path / "results", "--repeats", "20000"),
    ]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as process:
        for line in process.stderr:
            # The last line before the importances, which take minutes with so many repeats.
            if "also computed" in line:
                break
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) == 130
    assert rest.rstrip().endswith("interrupted")
    assert "Traceback" not in rest
    time.sleep(0.2)
    left = {p.name for p in (tmp_path / "results").iterdir()}
    table = {f"feature_importance.{kind}" for kind in ("csv", "json", "png", "svg")}
    assert left - table == {"model.pkl", "metrics.json", "run.log"}
    # What was done before is in the table, and that the rest was ended.
    rows = (tmp_path / "results" / "feature_importance.csv").read_text(encoding="utf-8")
    assert "native" in rows
    assert re.search("permutation.*ended", rows)
