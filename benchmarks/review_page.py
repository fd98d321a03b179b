"""Weigh the review page and time it: made by Python, loaded and laid out by a real Chromium.

    python benchmarks/review_page.py [SCRIPT ...] [--rounds N] [--write]

Without a script, the largest one that ``make corpus`` made is taken.  A script that reads 500
columns is measured as well.  Each page is shown as it is before a training and with the results
of one: both methods for all columns and two pictures.  The goals are 1.5 MB and 2 seconds from
opening the file until it is loaded and laid out, on a desktop screen.  ``--write`` puts the
figures into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from page_of_figures import put
from playwright.sync_api import Browser, sync_playwright

from codegen_fi.model.plain import to_plain
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.render.review import read_results_view, review_page
from codegen_fi.rewrite import rewrite
from codegen_fi.runtime.importance.plot import save_plots

CACHE = Path(os.environ.get("CODEGEN_FI_CACHE", "~/.cache/codegen-fi")).expanduser()
SUPPORT = Path(__file__).resolve().parents[1] / "tests" / "support"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
VIEWPORT = {"width": 1280, "height": 900}
MOST_BYTES, MOST_SECONDS = 1_500_000, 2.0
COLUMNS = 500
# Until the page is loaded, and then until a layout of all of it is there.
LOADED = """() => new Promise(done => requestAnimationFrame(() => {
    const height = document.documentElement.scrollHeight;
    requestAnimationFrame(() => done([performance.now(), height]));
}))"""


def largest() -> Path:
    scripts = [
        path
        for path in CACHE.glob("corpus-*/*/script.py")
        if "train_model" in path.read_text(encoding="utf-8") and "ts_" not in path.parent.name
    ]
    if not scripts:
        raise SystemExit("No corpus here: run make corpus, or name a script.")
    return max(scripts, key=lambda path: path.stat().st_size)


def of_many_columns() -> str:
    sys.path.insert(0, str(SUPPORT))
    from named_script import Names, script_with

    names = [f"column {n:03} of the long table" for n in range(COLUMNS)]
    return script_with(Names("days", None, [names], [False]))


def train(outputs: Path, columns: Sequence[str]) -> None:
    """Leave what a training leaves: metrics, both rankings of all columns, pictures."""
    chance = random.Random(0)
    outputs.mkdir()
    metrics = {f"metric_{n}": chance.random() for n in range(25)}
    (outputs / "metrics.json").write_text(json.dumps({"metrics": metrics}), encoding="utf-8")
    rows = [row for method in ("permutation", "native") for row in ranking(method, columns, chance)]
    with (outputs / "feature_importance.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    header: dict[str, Any] = {
        "schema_version": 2, "model": "a model", "task": "classification",
        "methods": ["permutation", "native"], "scoring": "accuracy", "baseline": 0.8,
        "split": "validation", "rows_used": 900, "rows_available": 900, "repeats": 5, "seed": 0,
        "raw_columns": len(columns), "engineered_columns": len(columns), "packages": {},
        "skipped": [], "failures": [], "correlated": [],
        "scoring_direction": "higher is better", "columns": list(rows[0]), "rows": rows,
    }  # fmt: skip
    (outputs / "feature_importance.json").write_text(json.dumps(header), encoding="utf-8")
    save_plots(outputs, top=20)


def ranking(method: str, columns: Sequence[str], chance: random.Random) -> list[dict[str, Any]]:
    values = sorted((chance.random() for _ in columns), reverse=True)
    return [
        {
            "method": method, "space": "raw", "model": "model", "feature": name,
            "raw_feature": name, "importance": value, "std": 0.01, "ci_low": value - 0.01,
            "ci_high": value + 0.01, "share": value / sum(values), "rank": rank,
            "note": "moves together with another column" if rank % 9 == 0 else "", "class": "",
        }
        for rank, (name, value) in enumerate(zip(columns, values, strict=True), 1)
    ]  # fmt: skip


def pages(text: str, folder: Path, rounds: int) -> dict[str, tuple[bytes, float]]:
    """Return the page before and after a training, each with the seconds it takes to make it."""
    script = parse_script(text)
    files = render_files(Emission(text.encode(), script.model, rewrite(script), {"kind": "demo"}))
    content = to_plain(json.loads(files["codegen-fi.json"]))
    train(folder / "outputs", list(script.model.pipeline.columns()) or ["a", "b", "c"])
    train_py = files["train.py"].decode("utf-8")
    made = {}
    for state, outputs in (("not trained", None), ("trained", folder / "outputs")):
        spent = []
        page = b""
        for _ in range(rounds):
            began = time.process_time()
            results = read_results_view(outputs) if outputs else None
            page = review_page(content, text, train_py, results)
            spent.append(time.process_time() - began)
        made[state] = page, statistics.median(spent)
    return made


def shown(browser: Browser, path: Path, rounds: int) -> tuple[float, int]:
    """Return the median seconds from opening a file until all of it is laid out, and its height."""
    spent, height = [], 0
    for _ in range(rounds + 1):
        context = browser.new_context(viewport=VIEWPORT)
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="load")
        now, height = page.evaluate(LOADED)
        spent.append(now / 1e3)
        context.close()
    return statistics.median(spent[1:]), height


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scripts", nargs="*", type=Path, metavar="SCRIPT")
    parser.add_argument("--rounds", type=int, default=7, help="times each is measured (default 7)")
    parser.add_argument("--write", action="store_true", help="put the figures into the docs")
    given = parser.parse_args()
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit("No Chromium here; Debian's package is chromium.")

    texts = {p.parent.name: p.read_text(encoding="utf-8") for p in given.scripts or [largest()]}
    texts[f"{COLUMNS} columns"] = of_many_columns()
    lines = [
        "`python benchmarks/review_page.py " + " ".join(sys.argv[1:]) + "`",
        "",
        "| script | lines | page | kB | made, ms | loaded and laid out, s | height, px |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for place, (name, text) in enumerate(texts.items()):
            folder = Path(scratch) / str(place)
            folder.mkdir()
            for state, (page, made) in pages(text, folder, given.rounds).items():
                path = folder / f"{state}.html"
                path.write_bytes(page)
                spent, height = shown(browser, path, given.rounds)
                lines.append(
                    f"| {name} | {text.count(chr(10)):,} | {state} | {len(page) / 1e3:,.0f} "
                    f"| {made * 1e3:.0f} | {spent:.2f} | {height:,} |"
                )
        version = browser.version
        browser.close()
    lines += ["", f"Python {platform.python_version()}, Chromium {version}."]
    print("\n".join(lines))
    if given.write:
        put("review-page", lines)


if __name__ == "__main__":
    main()
