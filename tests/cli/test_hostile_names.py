"""Names and values that would act on a terminal are shown on it as text, the whole way."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import hostile
import pytest

import codegen_fi

SOURCE = str(Path(codegen_fi.__file__).parents[1])
FILE = f"data{hostile.BLINK}.parquet"
STEPS = ("rewrite", "show", "diff", "stat", "train", "run", "plot", "compare", "explain", "alone")


def on_terminal(cwd, *command):
    """Run a program whose every stream is a terminal; returns its exit code and all it showed."""
    pty = pytest.importorskip("pty", reason="NOT TESTED: needs a pseudo-terminal")
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=writer,
        env={**os.environ, "PYTHONPATH": SOURCE, "TERM": "xterm-256color", "PAGER": "cat"},
    )
    os.close(writer)
    shown = bytearray()
    while select.select([reader], [], [], 300)[0]:
        try:
            chunk = os.read(reader, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not chunk:
            break
        shown += chunk
    os.close(reader)
    return process.wait(timeout=60), shown.decode("utf-8")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = tmp_path_factory.mktemp("hostile")
    (desk / "script.py").write_text(hostile.script(), encoding="utf-8")
    hostile.table(240).to_parquet(desk / "data.parquet")
    hostile.table(80).to_parquet(desk / FILE)
    short = hostile.table(60).drop(columns=hostile.NAMES["client's region"])
    short.to_parquet(desk / "short.parquet")
    return desk


@pytest.fixture(scope="module")
def said(desk):
    """What each step of the whole way showed."""
    tool = ("-m", "codegen_fi")
    data, few = ("--data", "data.parquet"), ("--repeats", "1")
    explained = ("--yes", "--label", hostile.LABEL, "--out", "explained")
    steps = {
        "rewrite": (*tool, "rewrite", "script.py", "--out", "one"),
        "show": (*tool, "show", "one"),
        "diff": (*tool, "diff", "one"),
        "stat": (*tool, "diff", "one", "--stat"),
        "train": (*tool, "train", "one", *data, *few),
        "run": (*tool, "run", "script.py", "--out", "two", *data, "--repeats", "2"),
        "plot": (*tool, "plot", "one"),
        "compare": (*tool, "compare", "one", "two", "--out", "page.html"),
        "explain": (*tool, "explain", "one/outputs/model.pkl", *data, *few, *explained),
        "alone": ("one/train.py", "--training-data", FILE, *few),
    }
    found = {}
    for name, command in steps.items():
        code, found[name] = on_terminal(desk, *command)
        assert code == 0, f"{name}: {found[name][-2000:]}"
    return found


@pytest.mark.parametrize("step", STEPS)
def test_nothing_acts_on_the_terminal(said, step):
    assert hostile.acting(said[step]) == []


@pytest.mark.parametrize("step", ["show", "diff", "train", "run", "compare", "explain"])
def test_the_names_are_shown_as_they_are_written(said, step):
    text = "".join(said[step].split())
    assert r"\x1b[5;35;41mloud" in text
    assert "{{7*7}}" in text


def test_a_missing_column_is_named_without_acting(desk, said):
    for command in (
        ("-m", "codegen_fi", "train", "one", "--data", "short.parquet", "--outputs", "lost"),
        ("one/train.py", "--training-data", "short.parquet", "--outputs", "lost"),
    ):
        code, shown = on_terminal(desk, *command)
        assert code == 2
        assert hostile.acting(shown) == []
        assert "loud" in shown
        assert "Traceback" not in shown


def test_a_failure_that_nobody_foresaw_is_told_without_acting(desk, said):
    text = (desk / "one" / "train.py").read_text(encoding="utf-8")
    broken = "    raise RuntimeError(label_column_name)\n    return X, y, sample_weights"
    assert "    return X, y, sample_weights" in text
    (desk / "one" / "broken.py").write_text(
        text.replace("    return X, y, sample_weights", broken), encoding="utf-8"
    )
    code, shown = on_terminal(desk, "one/broken.py", "--training-data", FILE, "--outputs", "lost")
    assert code == 1
    assert "Traceback" in shown
    assert "RuntimeError: <img src=x onerror=fail(4)>" in shown
    assert hostile.acting(shown) == []


def test_the_search_finds_what_it_is_for():
    assert hostile.acting(f"a{hostile.BLINK}") == ["\x1b"]
    assert hostile.acting(hostile.TITLE) == ["\x07", "\x1b"]
    assert hostile.acting("\x1b[1;36mbold\x1b[0m\r\x1b[K done\x1b[?25h") == []
