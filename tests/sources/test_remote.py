"""How a client's process is waited for and ended, whatever it leaves running."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from codegen_fi.cli.app import app
from codegen_fi.errors import UsageError
from codegen_fi.sources.child import Child
from codegen_fi.sources.clients.watch import Answer
from codegen_fi.sources.failures import KINDS, Context, Failure, RemoteError, remote_error
from codegen_fi.sources.records import Settings
from codegen_fi.sources.remote import Remote
from codegen_fi.sources.run_file import RUN_FILE, read_run_file
from codegen_fi.sources.waiting import Wait

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and process groups")
SETTINGS = Settings("mlflow", "mlruns", timeout=20)
CONTEXT = Context("downloading", "workspace w", "azure-ai-ml", 60)
# Seconds: what the tool may take for an end, and what the program that holds its pipe lives.
SOON, LONG = 8, 25

HOLDS_THE_PIPE = f"""
import subprocess, sys
held = subprocess.Popen(["sleep", "{LONG}"], stdout=subprocess.DEVNULL, start_new_session=True)
sys.stderr.write(f"holds {{held.pid}}\\n")
"""


def started_with(place: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every Python that is started from now on run this code first."""
    (place / "sitecustomize.py").write_text(code, encoding="utf-8")
    paths = [str(place), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))


@POSIX
def test_a_program_that_holds_its_pipe_does_not_delay_the_end(tmp_path, monkeypatch):
    started_with(tmp_path, HOLDS_THE_PIPE, monkeypatch)
    child = Child(SETTINGS)
    while child.lines.get(timeout=SOON) is not None:
        pass
    began = time.monotonic()
    said = child.last_words()
    child.end()
    took = time.monotonic() - began
    os.kill(int(said.split("holds ")[1].split()[0]), signal.SIGKILL)
    assert took < SOON


@POSIX
def test_a_process_ended_by_a_signal_is_told_as_that(tmp_path, monkeypatch):
    code = "import os, sys; sys.stderr.write('a warning'); os.kill(os.getpid(), 9)"
    started_with(tmp_path, code, monkeypatch)
    with Remote(SETTINGS) as remote, pytest.raises(RemoteError, match="with signal 9") as raised:
        remote.connect()
    assert "a warning" not in str(raised.value)


def test_a_client_that_does_not_start_in_time_is_told_as_that(tmp_path, monkeypatch):
    started_with(tmp_path, "import time; time.sleep(60)", monkeypatch)
    with (
        Remote(Settings("mlflow", "mlruns", timeout=1)) as remote,
        pytest.raises(RemoteError, match="mlflow did not start within 1 s on this machine") as told,
    ):
        remote.connect()
    assert told.value.kind == "start_timeout"
    assert "--timeout" in str(told.value)


def test_progress_makes_the_errors_before_it_harmless():
    wait = Wait(CONTEXT, time.monotonic() + 60)
    bad = Answer("storage", "h", "/x", 500)
    for _ in range(5):
        assert not wait.take(bad)
        assert not wait.take(bad)
        wait.progressed()
    assert [wait.take(bad) for _ in range(3)] == [False, False, True]


def test_an_error_that_comes_back_without_progress_ends_the_wait():
    wait = Wait(CONTEXT, time.monotonic() + 60)
    answers = [wait.take(Answer("service", "h", f"/{n}", 503)) for n in range(5)]
    assert answers == [False] * 4 + [True]
    assert "h answered 503 5 times in 60 s" in wait.given_up().detail


def test_a_sign_in_by_hand_has_its_own_limit_and_message():
    context = Context("signing in", "workspace w", "azure-ai-ml", 300)
    told = str(remote_error(Failure("sign_in_timeout"), context))
    assert told.startswith("The sign-in to workspace w was not finished within 300 s.")


@pytest.mark.parametrize(
    ("client", "advised"), [("mlflow", False), ("azure-ai-ml", True), ("azureml-core", True)]
)
def test_the_other_sdk_is_advised_where_there_is_one(client, advised):
    told = str(remote_error(Failure("other", "odd"), Context("looking", "w", client, 60)))
    assert ("--sdk" in told) is advised


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_failure_makes_a_message(kind):
    told = str(remote_error(Failure(kind, "said", 500, "storage"), CONTEXT))
    assert "said" in told
    assert "{" not in told


def run_file_with(place: Path, **changed: object) -> Path:
    """Write the record of a run, changed in its origin or its data."""
    data = changed.get("data", [{"role": "training", "kind": "id", "value": "x", "name": None}])
    workspace = changed.get("workspace")
    origin = {"workspace": workspace, "tracking_uri": changed.get("tracking_uri")}
    content = {"schema_version": 1, "origin": origin, "run": {"data": data}, "files": {}}
    (place / RUN_FILE).write_text(json.dumps(content), encoding="utf-8")
    return place


NAMES = {"subscription_id": "s", "resource_group": "g", "workspace_name": "w"}


@pytest.mark.parametrize("workspace", [None, NAMES])
def test_a_record_as_it_was_written_is_read(tmp_path, workspace):
    read = read_run_file(run_file_with(tmp_path, workspace=workspace))
    assert read["origin"]["workspace"] == workspace


@pytest.mark.parametrize(
    "changed",
    [
        {"data": {"role": "training"}},
        {"data": ["x"]},
        {"data": [{"role": "training", "kind": "id"}]},
        {"data": [{"role": "training", "kind": "id", "value": 3}]},
        {"data": [{"role": "other", "kind": "id", "value": "x"}]},
        {"data": [{"role": "training", "kind": ["id"], "value": "x"}]},
        {"data": [{"role": "training", "kind": "id", "value": "x", "more": 1}]},
        {"workspace": "w"},
        {"workspace": {"workspace_name": "w"}},
        {"workspace": {**NAMES, "workspace_name": 3}},
        {"workspace": {**NAMES, "region": "x"}},
        {"tracking_uri": 3},
    ],
)
def test_a_record_that_was_edited_wrongly_is_refused(tmp_path, changed):
    with pytest.raises(UsageError, match="damaged"):
        read_run_file(run_file_with(tmp_path, **changed))


def test_only_standard_error_is_kept_of_a_failed_start(tmp_path, monkeypatch):
    started_with(tmp_path, "import sys; sys.exit('no luck: password=hunter2hunter2')", monkeypatch)
    child = Child(SETTINGS)
    while child.lines.get(timeout=SOON) is not None:
        pass
    said = child.last_words()
    child.end()
    assert "no luck" in said
    assert "hunter2" not in said


def test_an_end_can_be_asked_for_twice():
    child = Child(SETTINGS)
    child.end()
    child.end()
    assert child.lines.get(timeout=SOON) is None


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e10", "0", "-5", "soon"])
def test_a_wait_without_a_sensible_end_is_refused(seconds):
    done = CliRunner().invoke(app, ["fetch", "azureml:x", "--timeout", seconds])
    assert done.exit_code == 2
    assert "'--timeout'" in done.output
    assert "seconds" in done.output


def test_a_sensible_wait_is_taken(tmp_path):
    where = ["--config", str(tmp_path / "none.json"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, ["fetch", "azureml:x", "--timeout", "86400", *where])
    assert "--timeout" not in done.output
    assert "none.json" in f"{done.output}{done.exception}"
