"""A real Chromium, and review pages of the kinds there are."""

from __future__ import annotations

import csv
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from named_script import Names, script_with
from playwright.sync_api import sync_playwright

from codegen_fi.demo import script_bytes
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files, write_folder
from codegen_fi.rewrite import rewrite
from codegen_fi.workflow.comparing import compare, write_comparison
from codegen_fi.workflow.reviewing import write_review

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Every name that a page shows, so that each place of it is tried.
HOSTILE = '<script>fail("{{7*7}}")</script>" onload="fail()</style>\x1b[31m\u202e\nend'
# A folder's name holds no slash.
NAMED = {"hostile": HOSTILE.replace("/", "|")}
COLUMNS = [
    "method", "space", "model", "feature", "raw_feature", "importance", "std",
    "ci_low", "ci_high", "share", "rank", "note",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("NOT TESTED in a browser: no Chromium here; Debian's package is chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=found,
            args=[
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
            ],
        )


@dataclass
class Opened:
    """A page, what it said on the console, and what it asked for."""

    page: object
    said: list = field(default_factory=list)
    asked: list = field(default_factory=list)


@pytest.fixture
def open_page(browser):
    """Open a file; options are those of a browser context (viewport, color_scheme, ...)."""
    contexts = []

    def open_(path: Path, **options) -> Opened:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.said.append(message.text))
        opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.goto(path.as_uri())
        return opened

    yield open_
    for context in contexts:
        context.close()


def ensemble_of(members: int) -> str:
    """Return the example's script with more members, each as the one it has."""
    text = script_bytes().decode("utf-8")
    start = text.index("def generate_preprocessor_config_0")
    end = text.index("def generate_preprocessor_config_1")
    one = text[start:end]
    more = "".join(one.replace("_config_0", f"_config_{n}") for n in range(3, members))
    text = text[:start] + more + text[start:]
    entry = "('model_2',"
    at = text.index(entry)
    line = text[at : text.index("\n", at)]
    lines = "".join(
        line.replace("model_2", f"model_{n}").replace("_config_2", f"_config_{n}") + "\n    "
        for n in range(3, members)
    )
    text = text[:at] + lines + text[at:]
    weights = text.index("weights=[")
    return text[: weights + 9] + "0.05, " * (members - 3) + text[weights + 9 :]


def script_of(kind: str) -> str:
    plain = ["age", "fee", "hours", "visits", "size"]
    many = [f"column {n:03} of the long table" for n in range(500)]
    hostile = Names(f"l{HOSTILE}", f"w{HOSTILE}", [[HOSTILE, "a"]], [False], HOSTILE, HOSTILE)
    return {
        "example": lambda: script_bytes().decode("utf-8"),
        "5 columns": lambda: script_with(Names("days", None, [plain], [False])),
        "500 columns": lambda: script_with(Names("days", None, [many], [False])),
        "11 members": lambda: ensemble_of(11),
        "hostile": lambda: script_with(hostile),
    }[kind]()


def write_outputs(folder: Path, columns: list[str]) -> None:
    """Write results as a training does, for these columns."""
    folder.mkdir()
    metrics = {"accuracy": 0.875, "AUC_weighted": 0.91, "log_loss": 0.4, "iou": None}
    (folder / "metrics.json").write_text(json.dumps({"metrics": metrics}), encoding="utf-8")
    with (folder / "feature_importance.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, COLUMNS)
        rows.writeheader()
        for rank, name in enumerate(columns, 1):
            value = 1 / rank
            numbers = dict.fromkeys(("importance", "ci_low", "ci_high", "share"), value)
            same = {"method": "permutation", "space": "raw", "model": "model", "note": name}
            rows.writerow(
                {**same, **numbers, "feature": name, "raw_feature": name, "std": 0, "rank": rank}
            )
    header = {
        "scoring": "accuracy", "baseline": 0.875, "split": "validation", "rows_used": 90,
        "rows_available": 120, "packages": {"python": "3.13.0"}, "skipped": [["rows", "sampled"]],
    }  # fmt: skip
    (folder / "feature_importance.json").write_text(json.dumps(header), encoding="utf-8")


def trained(folder: Path, kind: str) -> Path:
    """Write an emitted folder of this kind with the results of a training."""
    text = script_of(kind)
    script = parse_script(text)
    emission = Emission(text.encode(), script.model, rewrite(script), {"kind": "test"})
    write_folder(render_files(emission), folder)
    write_outputs(folder / "outputs", list(script.model.pipeline.columns()))
    return folder


@pytest.fixture(scope="session")
def review(tmp_path_factory):
    """The path of a trained folder's page, by the kind of its script."""
    made = {}

    def find(kind: str) -> Path:
        if kind not in made:
            folder = trained(tmp_path_factory.mktemp("review") / "model", kind)
            write_review(folder, folder / "outputs")
            made[kind] = folder / "review.html"
        return made[kind]

    return find


@pytest.fixture(scope="session")
def comparison(tmp_path_factory):
    """The path of a page that lays trained folders side by side, by their kinds."""
    made = {}

    def find(*kinds: str) -> Path:
        if kinds not in made:
            base = tmp_path_factory.mktemp("comparison")
            folders = [trained(base / f"{n} {NAMED.get(k, k)}", k) for n, k in enumerate(kinds)]
            train = folders[-1] / "train.py"
            text = train.read_text(encoding="utf-8")
            train.write_text(text.replace("num_leaves=15", "num_leaves=3"), encoding="utf-8")
            made[kinds] = base / "page.html"
            write_comparison(compare(folders), made[kinds], 20)
        return made[kinds]

    return find
