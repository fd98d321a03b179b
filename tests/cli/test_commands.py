"""Each command does what its help says, for people and for programs."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest

from codegen_fi.cli import _help
from codegen_fi.demo import INFORMATIVE, NOISE
from codegen_fi.runtime.run_outputs import RESULTS

# The example is an ensemble for two classes, whose members aren't all linear.
ALL = {name for name in RESULTS if "_classes." not in name and "_coefficients." not in name}


def test_help_is_the_same_text_with_and_without_click(cli):
    quick, full = cli("--help"), cli("--help", "--help")
    assert quick.stdout == full.stdout == _help.text()
    assert (quick.returncode, full.returncode) == (0, 0)


@pytest.mark.parametrize("name", _help.COMMANDS)
def test_every_command_has_help(cli, name):
    for flag in ("-h", "--help"):
        done = cli(name, flag)
        assert done.returncode == 0
        assert _help.COMMANDS[name] in done.stdout
    assert len(_help.COMMANDS[name]) <= 60


def test_help_loads_nothing_heavy(cli):
    done = cli("--help", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    heavy = {"libcst", "pandas", "numpy", "sklearn", "rich", "jinja2", "nbformat", "click"}
    heavy |= {"azure", "azureml", "mlflow", "lightgbm", "xgboost", "matplotlib"}
    assert "codegen_fi.cli" in loaded
    assert not {module.partition(".")[0] for module in loaded} & heavy


def test_the_version_is_told(cli):
    from codegen_fi import __version__

    assert cli("--version").stdout.strip().endswith(__version__)


def test_the_demo_ends_with_the_planted_columns_first(demo):
    done, folder = demo
    assert done.returncode == 0, done.stderr
    outputs = folder / "outputs"
    assert {p.name for p in outputs.iterdir()} == ALL
    with (outputs / "feature_importance.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if (r["space"], r["model"]) == ("raw", "model")]
    for method in ("permutation", "native"):
        ranked = {r["feature"]: int(r["rank"]) for r in rows if r["method"] == method}
        worst = max(ranked[name] for name in INFORMATIVE)
        assert worst == len(INFORMATIVE)
        assert all(ranked[name] > worst for name in NOISE)
    metrics = json.loads((outputs / "metrics.json").read_text())["metrics"]
    assert metrics["AUC_weighted"] > 0.9


def test_the_summary_is_on_standard_output_and_the_talk_on_standard_error(demo):
    done, folder = demo
    on = "drop in accuracy on 375 validation rows"
    for text in ("AUC_weighted", on, *INFORMATIVE, "codegen-fi-demo/outputs/model.pkl"):
        assert text in done.stdout
    assert "Running train_model" in done.stderr
    assert "Running train_model" not in done.stdout
    assert "Importances 55/55" in done.stderr
    assert "Traceback" not in done.stderr
    assert folder.joinpath("data.csv").exists()


def test_a_second_demo_never_takes_an_edit_away(demo, cli, tmp_path):
    _, folder = demo
    assert "exists already" in cli("demo", "--out", folder).stderr
    copy = shutil.copytree(folder, tmp_path / "copy")
    with (copy / "data.csv").open("a", encoding="utf-8") as stream:
        stream.write("my,own,row\n")
    again = cli("demo", "--out", copy, "--force")
    assert again.returncode == 2
    assert "edits" in again.stderr
    assert "data.csv" in again.stderr
    assert (copy / "data.csv").read_text(encoding="utf-8").endswith("my,own,row\n")


def test_the_folder_trains_where_codegen_fi_cannot_be_imported(demo, tmp_path):
    _, folder = demo
    alone = tmp_path / "elsewhere" / "model"
    shutil.copytree(folder, alone, ignore=shutil.ignore_patterns("outputs"))
    program = (
        "import runpy, sys\n"
        "sys.modules['codegen_fi'] = None\n"
        "try:\n    import codegen_fi\n"
        "except ImportError: pass\n"
        "else: raise SystemExit('importable')\n"
        "sys.argv = sys.argv[1:]\n"
        f"sys.path.insert(0, {str(alone)!r})\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [
            *(sys.executable, "-c", program, alone / "train.py"),
            *("--training-data", alone / "data.csv", "--repeats", "1"),
        ],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (alone / "outputs").iterdir()} == ALL
    same = [(p / "outputs" / "metrics.json").read_bytes() for p in (folder, alone)]
    assert same[0] == same[1]


def test_the_saved_model_predicts_in_its_folder(demo):
    _, folder = demo
    program = (
        "import pickle, pandas as pd\n"
        "model = pickle.load(open('outputs/model.pkl', 'rb'))\n"
        "rows = pd.read_csv('data.csv').drop(columns='churned').head(20)\n"
        "print(set(model.predict(rows)) <= {'yes', 'no'}, model.predict_proba(rows).shape)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True (20, 2)"


def test_train_takes_its_options(cli, emitted, table, tmp_path):
    done = cli(
        *("train", emitted, "--data", table, "--outputs", "o", "--importance", "permutation"),
        *("--scoring", "roc_auc", "--repeats", "2", "--seed", "3", "--max-rows", "50", "--no-plot"),
    )
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "o").iterdir()} == {
        name for name in ALL if not name.endswith((".png", ".svg"))
    }
    header = json.loads((tmp_path / "o" / "feature_importance.json").read_text())
    assert (header["scoring"], header["repeats"], header["seed"]) == ("roc_auc", 2, 3)
    assert header["rows_used"] == 50
    assert header["methods"] == ["permutation"]


def test_run_goes_the_whole_way(cli, script, table, tmp_path):
    done = cli("run", script, "--data", table, "--out", "m", "--importance", "none")
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (tmp_path / "m" / "outputs").iterdir()} == {
        "model.pkl",
        "metrics.json",
        "run.log",
    }
    assert json.loads((tmp_path / "m" / "codegen-fi.json").read_text())["origin"] == {
        "kind": "path",
        "path": str(script),
    }
    assert repr(str(table)) in (tmp_path / "m" / "train.ipynb").read_text()


def test_show_says_what_the_script_does(cli, script):
    text = cli("show", script)
    assert text.returncode == 0
    for expected in (
        "churned",
        "voting ensemble of 3",
        "XGBClassifier",
        "client's region",
        "größe",
    ):
        assert expected in text.stdout
    content = json.loads(cli("show", script, "--format", "json").stdout)
    assert content["script"]["label"] == "churned"
    assert content["script"]["task"] == "classification"
    assert content["rewritten_by"] is None


def test_show_knows_a_folder_of_ours(cli, emitted):
    content = json.loads(cli("show", emitted, "--format", "json").stdout)
    assert content["script"]["label"] == "churned"
    assert content["rewritten_by"] is not None


def test_a_piped_diff_is_the_patch_itself(cli, emitted):
    assert cli("diff", emitted).stdout.encode() == (emitted / "changes.diff").read_bytes()


def test_a_diff_of_one_rule_is_its_hunks(cli, emitted):
    whole = cli("diff", emitted).stdout
    part = cli("diff", emitted, "--rule", "load-local-data").stdout
    heads = [line for line in part.split("\n") if line.startswith("@@")]
    assert heads
    assert all("[load-local-data]" in line for line in heads)
    assert len(heads) == sum("[load-local-data]" in line for line in whole.split("\n"))


def test_a_rule_that_changed_nothing_is_refused_with_those_that_did(cli, emitted):
    done = cli("diff", emitted, "--rule", "repair-short-series")
    assert done.returncode == 2
    assert "'repair-short-series'" in done.stderr
    assert "load-local-data" in done.stderr


def test_the_numbers_of_a_diff_are_those_of_the_patch(cli, emitted):
    lines = cli("diff", emitted).stdout.split("\n")[5:]
    done = cli("diff", emitted, "--stat")
    removed, added = (sum(line.startswith(sign) for line in lines) for sign in "-+")
    assert f"{removed} lines out, {added} in" in done.stderr
    assert "inline-metadata" in done.stdout


def test_a_diff_for_programs_holds_every_line_of_the_patch(cli, emitted):
    hunks = json.loads(cli("diff", emitted, "--format", "json").stdout)
    patch = cli("diff", emitted).stdout.split("\n")[5:-1]
    assert [line for line in patch if not line.startswith("@@ ")] == [
        line for hunk in hunks for line in hunk["lines"]
    ]
    assert all(hunk["reasons"] for hunk in hunks)


def test_the_page_of_a_diff_is_named(cli, emitted):
    done = cli("diff", emitted, "--format", "html")
    assert done.stdout.strip() == str((emitted / "review.html").resolve())


def test_a_diff_on_a_terminal_is_coloured_with_each_hunk_under_its_reason(on_terminal, emitted):
    code, text = on_terminal("diff", emitted)
    assert code == 0
    assert "\x1b[32m+" in text
    assert "\x1b[31m-" in text
    assert "load-local-data" in text
    assert "@@" not in text


def test_a_diff_of_an_edited_train_py_says_that_it_was_edited(cli, emitted, tmp_path):
    assert "edited" not in cli("diff", emitted).stderr
    folder = shutil.copytree(emitted, tmp_path / "edited")
    with (folder / "train.py").open("a", encoding="utf-8") as stream:
        stream.write("\n# mine\n")
    done = cli("diff", folder)
    assert "was edited after it was written" in done.stderr
    assert done.stdout == cli("diff", emitted).stdout


def test_a_closed_pipe_is_no_error(emitted):
    done = subprocess.run(
        f"{sys.executable} -m codegen_fi diff {emitted} | head -1; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr
