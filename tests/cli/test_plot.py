"""``plot`` draws again from the table, and needs nothing else; `explain` asks on a terminal."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.naive_bayes import GaussianNB


@pytest.fixture
def outputs(demo, tmp_path):
    _, folder = demo
    copy = tmp_path / "copy"
    shutil.copytree(folder / "outputs", copy / "outputs")
    return copy


def _pictures(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.[ps][nv]g")}


def test_the_same_pictures_are_drawn_without_the_model(cli, outputs):
    (outputs / "outputs" / "model.pkl").unlink()
    before = _pictures(outputs / "outputs")
    assert "feature_importance_members.png" in before
    for path in (outputs / "outputs").glob("*.[ps][nv]g"):
        path.unlink()
    done = cli("plot", outputs)
    assert done.returncode == 0, done.stderr
    assert {Path(line).name for line in done.stdout.splitlines()} == set(before)
    assert _pictures(outputs / "outputs") == before


def test_fewer_bars_and_one_method(cli, outputs):
    done = cli("plot", outputs / "outputs", "--top", "3", "--method", "native")
    assert done.returncode == 0, done.stderr
    text = (outputs / "outputs" / "feature_importance.svg").read_text(encoding="utf-8")
    assert "more columns, together" in text
    assert "Native" in text
    assert "Permutation" not in text


def test_what_cannot_be_drawn_is_refused(cli, outputs, tmp_path):
    unknown = cli("plot", outputs, "--method", "magic")
    assert unknown.returncode == 2
    assert "has no method 'magic'. It has: native" in unknown.stderr
    nothing = cli("plot", tmp_path)
    assert nothing.returncode == 2
    assert "holds no feature_importance.csv" in nothing.stderr
    (outputs / "outputs" / "feature_importance.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    damaged = cli("plot", outputs)
    assert damaged.returncode == 2
    assert "has no column" in damaged.stderr
    assert "Traceback" not in damaged.stderr


@pytest.fixture
def model(tmp_path):
    frame = pd.DataFrame(np.random.default_rng(0).random((60, 2)), columns=["a", "b"])
    label = np.where(frame["a"] > 0.5, "yes", "no")
    frame.assign(label=label).to_csv(tmp_path / "data.csv", index=False)
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(GaussianNB().fit(frame, label)))
    return ("explain", "model.pkl", "--data", "data.csv", "--label", "label", "--out", "why")


def test_pictures_drawn_again_are_no_edits(cli, tmp_path, model):
    command = (*model, "--repeats", "2", "--yes")
    assert cli(*command).returncode == 0
    assert cli("plot", "why", "--top", "1").returncode == 0
    done = cli(*command, "--force")
    assert done.returncode == 0, done.stderr
    (tmp_path / "why" / "feature_importance.png").write_bytes(b"mine")
    assert cli(*command, "--force").returncode == 2


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 2), (b"\n", 2)])
def test_a_terminal_is_asked(tmp_path, model, answer, code):
    pty = pytest.importorskip("pty", reason="NOT TESTED: needs a pseudo-terminal")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "codegen_fi", *model, "--repeats", "2", "--no-plot"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200"},
    )
    os.close(theirs)
    os.write(ours, answer)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:
        pass
    process.communicate()
    assert process.returncode == code
    assert b"Load it? [y/N]" in said
    assert said.index(b"About to load a model") < said.index(b"Load it?")
    assert (tmp_path / "why").exists() == (code == 0)
