"""A training that is ended while it explains keeps model, metrics and a table that says so."""

from __future__ import annotations

import csv
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from codegen_fi.runtime import run_outputs
from codegen_fi.runtime.run_outputs import RESULTS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs the signals of a POSIX system")

# The path that this Python was given may be a relative one.
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(run_outputs.__file__).resolve().parents[2])}
_SLOW = """
import time
from sklearn.linear_model import Ridge

class Slow(Ridge):
    def predict(self, X):
        time.sleep(0.05)
        return super().predict(X)
"""
_TRAIN = """
import argparse
from sklearn.datasets import load_diabetes
from codegen_fi.runtime.local_run import Run, add_local_arguments
{model}
X, y = load_diabetes(return_X_y=True, as_frame=True)
X = X.sample({rows}, replace=True, random_state=0).reset_index(drop=True)
y = y.sample({rows}, replace=True, random_state=0).to_numpy()
fitted = model.fit(X[:600], y[:600])
parser = argparse.ArgumentParser()
add_local_arguments(parser)
run = Run.start(parser.parse_args())
run.save_model(fitted)
run.log("r2_score", 0.5)
{before}
run.explain(fitted, X, y)
"""


def _script(folder, model, rows=400, before=""):
    (folder / "slow.py").write_text(_SLOW, encoding="utf-8")
    text = _TRAIN.format(model=model, rows=rows, before=before)
    (folder / "train.py").write_text(text, encoding="utf-8")
    options = ("--training-data=none", "--outputs=outputs", "--repeats=2000", "--jobs=1")
    return [sys.executable, "train.py", *options]


def _table(outputs):
    with (outputs / "feature_importance.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _wait_for_natives(outputs, process):
    """Wait until the first method is in the table and the second one is under way."""
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        told = outputs / "feature_importance.json"
        if told.is_file():
            failures = json.loads(told.read_text(encoding="utf-8"))["failures"]
            if [method for method, _ in failures] == ["permutation"]:
                return
        time.sleep(0.05)
    pytest.fail(f"the explanation never began: {process.communicate()}")


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_whatever_ends_it_the_results_so_far_are_there(tmp_path, how):
    command = _script(tmp_path, "from slow import Slow\nmodel = Slow()")
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    outputs = tmp_path / "outputs"
    _wait_for_natives(outputs, process)
    process.send_signal(getattr(signal, how))
    _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in said
    sys.path.insert(0, str(tmp_path))
    try:
        assert pickle.loads((outputs / "model.pkl").read_bytes()).coef_.shape == (10,)
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("slow", None)
    metrics = json.loads((outputs / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["metrics"] == {"r2_score": 0.5}
    rows = _table(outputs)
    assert len([row for row in rows if row["method"] == "native" and row["space"] == "raw"]) == 10
    (reason,) = [row for row in rows if row["method"] == "permutation"]
    assert "ended before it was done" in reason["note"]
    header = json.loads((outputs / "feature_importance.json").read_text(encoding="utf-8"))
    assert header["failures"] == [["permutation", reason["note"].removeprefix("failed: ")]]
    assert {path.name for path in outputs.iterdir()} <= set(RESULTS)


def test_memory_that_runs_out_is_a_row_with_the_reason(tmp_path):
    model = (
        "from sklearn.gaussian_process import GaussianProcessRegressor\n"
        "model = GaussianProcessRegressor(alpha=1.0)"
    )
    # Each prediction of all rows takes rows x 600 numbers.
    limit = (
        "import resource\n"
        "pages = int(open('/proc/self/statm').read().split()[0])\n"
        "most = pages * resource.getpagesize() + 300 * 2**20\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))"
    )
    if not os.path.exists("/proc/self/statm"):  # noqa: PTH110
        pytest.skip("needs /proc to know how much memory is taken already")
    command = _script(tmp_path, model, rows=100_000, before=limit)
    done = subprocess.run(
        command, cwd=tmp_path, env=_ENVIRONMENT, capture_output=True, text=True, check=False
    )
    outputs = tmp_path / "outputs"
    assert done.returncode == 1, done.stderr
    assert (outputs / "model.pkl").is_file()
    assert (outputs / "metrics.json").is_file()
    (reason,) = [row for row in _table(outputs) if row["method"] == "permutation"]
    assert "MemoryError" in reason["note"]
    assert "--max-rows" in reason["note"]
