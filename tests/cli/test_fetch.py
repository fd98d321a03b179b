"""What `fetch`, `runs` and a RUN say before any service is asked; no client is needed for it."""

from __future__ import annotations

import importlib.util
import json

import pytest

from codegen_fi.demo import script_bytes

_RUN = "azureml:AutoML_1f0c_3"
_STUDIO = "https://ml.azure.com/runs/AutoML_1f0c_3"
_WORKSPACE = {"subscription_id": "s", "resource_group": "g", "workspace_name": "w"}
_PARTS = ("--subscription-id", "s", "--resource-group", "g", "--workspace", "w")
# (arguments, what the message must hold)
_WRONG = (
    (("fetch", "--out", "x"), ("Missing argument 'RUN'", "--best-of")),
    (("fetch", _RUN), ("Missing option '--out'",)),
    (("runs",), ("Missing argument 'PARENT'",)),
    (("runs", "script.py"), ("script.py is not a run", "azureml:<run id>")),
    (("runs", "azureml:"), ("is not a run",)),
    (("fetch", _RUN, "--out", "x", "--workspace", "w"), ("--subscription-id",)),
    (("fetch", "azureml:", "--out", "x"), ("azureml: names no run",)),
    (("show", "mlflow:"), ("mlflow: names no run",)),
    (("fetch", _RUN, "--best-of", "churn", "--out", "x"), ("--best-of churn", "one of them")),
    (("fetch", "script.py", "--best-of", "churn", "--out", "x"), ("script.py is a path",)),
    (("fetch", "script.py", "--metric", "auc", "--out", "x"), ("script.py is a path",)),
    (
        ("run", _RUN, "--data", "auto", "--validation-data", "auto", "--out", "x"),
        ("leave out --validation-data",),
    ),
    (("fetch", "azureml:../../etc", "--out", "x"), ("names no run", "letters, digits")),
    (("fetch", "mlflow:a b", "--out", "x"), ("names no run",)),
    (("fetch", "mlflow:abc", "--out", "x"), ("--tracking-uri", "MLFLOW_TRACKING_URI")),
    (("run", "mlflow:abc", "--data", "auto", "--out", "x"), ("--tracking-uri",)),
    (("fetch", _RUN, "--out", "x"), ("workspace", "config.json", "--workspace")),
    (("fetch", _RUN, "--out", "x", "--tracking-uri", "mlruns"), ("--tracking-uri goes with",)),
    (("fetch", f"{_STUDIO[:20]}/models/x", "--out", "x"), ("no page of a run",)),
    (("fetch", "azureml://a/b", "--out", "x"), ("address of a store", "azureml:<run id>")),
    (("fetch", _RUN, "--out", "x", "--timeout", "0"), ("--timeout",)),
    (("fetch", _RUN, "--out", "x", "--credential", "magic"), ("--credential",)),
    (("fetch", _RUN, "--out", "x", "--sdk", "v3"), ("--sdk",)),
    (("run", "script.py", "--data", "auto", "--out", "x"), ("came from a file", "--data FILE")),
    (("run", _RUN, "--data", "gone.csv", "--out", "x"), ("gone.csv does not exist",)),
)


@pytest.mark.parametrize(("arguments", "says"), _WRONG, ids=lambda v: " ".join(v)[:40])
def test_a_command_that_cannot_be_meant_is_refused(cli, tmp_path, script, arguments, says):
    done = cli(*arguments, MLFLOW_TRACKING_URI="", HOME=str(tmp_path))
    assert done.returncode == 2, done.stderr
    for words in says:
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == [script.name]


def _configured(folder):
    (folder / "config.json").write_text(json.dumps(_WORKSPACE), encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [("fetch", _RUN), ("run", _RUN, "--data", "auto"), ("rewrite", _RUN), ("fetch", _STUDIO)],
    ids=" ".join,
)
def test_an_occupied_folder_is_refused_before_anything_is_asked(cli, tmp_path, command):
    _configured(tmp_path)
    mine = tmp_path / "mine" / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    for forced in ((), ("--force",)):
        done = cli(*command, "--out", "mine", *forced)
        assert done.returncode == 2, done.stderr
        assert "mine" in done.stderr
        assert "Connecting" not in done.stderr
    assert [path.name for path in mine.parent.iterdir()] == ["notes.txt"]
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "library", "extra"),
    [
        ((_RUN,), "azure.ai.ml", "azure"),
        ((_STUDIO,), "azure.ai.ml", "azure"),
        ((_RUN, "--sdk", "v1"), "azureml.core", "azure-v1"),
        ((_RUN, *_PARTS), "azure.ai.ml", "azure"),
        (("mlflow:abc", "--tracking-uri", "mlruns"), "mlflow", "mlflow"),
    ],
)
def test_a_missing_client_comes_with_the_command_that_installs_it(
    cli, tmp_path, arguments, library, extra
):
    if importlib.util.find_spec(library.partition(".")[0]) is not None:
        pytest.skip(f"{library} is installed here")
    if _PARTS[0] not in arguments:
        _configured(tmp_path)
    (tmp_path / "mlruns").mkdir()
    done = cli("fetch", *arguments, "--out", "x")
    assert done.returncode == 4, done.stderr
    assert f'pip install "codegen-fi[{extra}]"' in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "x").exists()


def test_a_folder_whose_script_came_from_a_file_has_no_data_of_its_own(cli, emitted):
    done = cli("train", emitted, "--data", "auto")
    assert done.returncode == 2, done.stderr
    assert "came from a file" in done.stderr
    assert "--data FILE" in done.stderr


def test_a_script_on_disk_can_be_fetched_like_a_run(cli, tmp_path, script):
    assert cli("fetch", script, "--out", "copy").returncode == 0
    assert (tmp_path / "copy" / "script.py").read_bytes() == script_bytes()
    again = cli("fetch", script, "--out", "copy")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert cli("fetch", script, "--out", "copy", "--force").returncode == 0


def test_nothing_of_a_client_is_loaded_to_refuse_a_command(cli):
    done = cli("fetch", "mlflow:a b", "--out", "x", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "codegen_fi.sources.address" in loaded
    assert not loaded & {"mlflow", "azure", "azureml", "pandas", "numpy", "libcst"}
