"""Permutation importances on real tables against scikit-learn's, with equal shuffles.

    python benchmarks/importances.py [CASE ...] [--write]

Prints for each case the processor time of both on one thread, the ratio, the largest difference
between the importances (must be 0) and the peak of memory of each, measured in processes of
their own.  scikit-learn's runs on the whole pipeline; where that would take too long it shuffles
some of the columns only, spread evenly, and its time is scaled up (marked with ~).  ``shap`` is
timed on rows of the same matrix where the package is installed.  The goals: at least 10 times
as fast as scikit-learn's on mixed tables, 50 times on the wide one.  ``--write`` puts the table
into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import warnings
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- importances: begin -->", "<!-- importances: end -->"
SEED = 0


@dataclass(frozen=True)
class Case:
    """A table, a model, how many rows of it train and are scored, and how long it may take."""

    table: str
    model: str
    rows: int
    repeats: int = 5
    # Columns that scikit-learn shuffles; None for all.
    columns: int | None = None


CASES = {
    "adult lightgbm": Case("adult", "lightgbm", 16_000),
    "adult lightgbm, 30 repeats": Case("adult", "lightgbm", 16_000, repeats=30),
    "adult voting of 9": Case("adult", "voting", 6_500),
    "bikes lightgbm": Case("bikes", "lightgbm", 4_300),
    "credit lightgbm": Case("credit", "lightgbm", 500),
    "credit voting of 9": Case("credit", "voting", 500),
    "housing lightgbm": Case("housing", "lightgbm", 10_000),
    "titanic voting of 9": Case("titanic", "voting", 440),
    "khan forest, wide": Case("khan", "bare forest", 83, columns=40),
    "rossmann lightgbm, long": Case("rossmann", "lightgbm", 1_017_209, repeats=1, columns=2),
}


def prepared(case: Case) -> tuple[Any, Any, Any, Any]:
    """Fit the model on half of the rows; give it, the rows to score and the task."""
    import numpy as np
    from importances_data import table
    from importances_models import fitted

    data = table(case.table)
    order = np.random.RandomState(SEED).permutation(len(data.X))
    train = order[: case.rows]
    score = train if 2 * case.rows > len(order) else order[case.rows : 2 * case.rows]
    X, y = data.X.iloc[score].reset_index(drop=True), data.y[score]
    # A million rows need not all train.
    train = train[:100_000]
    part = replace(data, X=data.X.iloc[train].reset_index(drop=True), y=data.y[train])
    return fitted(part, case.model), X, y, data.task


def ours(model: Any, X: Any, y: Any, task: str, case: Case) -> dict[str, float]:
    """Explain the raw columns."""
    from codegen_fi.runtime.importance import explain, permuting

    # scikit-learn measures no engineered columns.
    permuting.ENGINEERED_BUDGET = 0
    result = explain(
        model, X, y, methods=["permutation"], repeats=case.repeats, seed=SEED, task=task
    )
    if result.failures:
        raise RuntimeError(result.failures)
    return {row.feature: row.importance for row in result.rows if row.space == "raw"}


def theirs(model: Any, X: Any, y: Any, task: str, case: Case) -> dict[str, float]:
    """Let scikit-learn shuffle all columns, or some of them."""
    from sklearn.inspection import permutation_importance

    names = list(X.columns)
    step = 1 if case.columns is None else max(1, len(names) // case.columns)
    chosen = names[::step]
    scoring = "accuracy" if task == "classification" else "r2"
    options = {"scoring": scoring, "n_repeats": case.repeats, "random_state": SEED, "n_jobs": 1}
    if step == 1:
        found = permutation_importance(model, X, y, **options)
        return dict(zip(names, found.importances_mean.tolist(), strict=True))
    # Every column is shuffled alike, so that a model over some columns gives their numbers.
    some = _Some(model, X, chosen)
    found = permutation_importance(some, X[chosen], y, **options)
    return dict(zip(chosen, found.importances_mean.tolist(), strict=True))


class _Some:
    """Predicts from some columns; the others stay as they are."""

    def __init__(self, model: Any, X: Any, chosen: list[str]) -> None:
        self._model = model
        self._X = X
        self._chosen = chosen
        if hasattr(model, "classes_"):
            self.classes_ = model.classes_

    def fit(self, *_: Any) -> _Some:
        return self

    def __sklearn_tags__(self) -> Any:
        return self._model.__sklearn_tags__()

    def predict(self, part: Any) -> Any:
        whole = self._X.copy()
        whole[self._chosen] = part
        return self._model.predict(whole)


def contributions(model: Any, X: Any, y: Any, task: str, case: Case) -> dict[str, float]:
    """Let the package shap explain the same matrix; mean of the absolute values per column."""
    import numpy as np
    import shap

    del y, task, case
    matrix = X
    for step in (step for _, step in model.steps[:-1]):
        matrix = step.transform(matrix)
    dense = matrix.toarray() if hasattr(matrix, "toarray") else matrix
    values = np.asarray(shap.TreeExplainer(model.steps[-1][1]).shap_values(dense))
    return {str(i): float(v) for i, v in enumerate(np.abs(values).mean(axis=0).ravel())}


WAYS = {"ours": ours, "theirs": theirs, "shap": contributions}


def measure(case: Case, way: str) -> dict[str, Any]:
    """Run one way in this process."""
    warnings.simplefilter("ignore")
    model, X, y, task = prepared(case)
    # What is imported on first use isn't timed.
    few = X.iloc[:, :40].columns if case.model != "bare forest" else X.columns
    WAYS[way](model, X[list(few)].iloc[:20], y[:20], task, replace(case, repeats=1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    found = WAYS[way](model, X, y, task, case)
    return {
        "seconds": time.process_time() - began,
        "before": before / 1024,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "importances": found,
        "columns": X.shape[1],
        "rows": len(X),
    }


def in_a_process(case: Case, way: str) -> dict[str, Any] | None:
    """Run one way in a process of its own; None when it fails."""
    command = [sys.executable, __file__, "--measure", way, json.dumps(asdict(case))]
    done = subprocess.run(
        command, env={**os.environ, **THREADS}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"  {way} failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def line(name: str, case: Case) -> str:
    """Measure a case and lay it out as a row."""
    mine, sklearns = in_a_process(case, "ours"), in_a_process(case, "theirs")
    if mine is None or sklearns is None:
        return f"| {name} | failed |"
    seen = sklearns["importances"]
    scale = mine["columns"] / len(seen)
    about = "~" if scale > 1 else ""
    worst = max(abs(mine["importances"][column] - value) for column, value in seen.items())
    shap = in_a_process(case, "shap") if case.model == "lightgbm" and _has_shap() else None
    return (
        f"| {name} | {mine['rows']:,} x {mine['columns']:,} | {case.repeats} "
        f"| {mine['seconds']:.2f} | {about}{sklearns['seconds'] * scale:.1f} "
        f"| {about}{sklearns['seconds'] * scale / mine['seconds']:.1f} | {worst:.1g} "
        f"| {mine['peak']:,.0f} | {sklearns['peak']:,.0f} "
        f"| {'' if shap is None else format(shap['seconds'], '.1f')} |"
    )


def _has_shap() -> bool:
    from importlib.util import find_spec

    return find_spec("shap") is not None


HEADER = (
    "| table and model | rows x columns | repeats | ours, s | scikit-learn, s | ratio "
    "| largest difference | peak, MB | scikit-learn's peak, MB | shap, s |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def write(lines: list[str]) -> None:
    """Put the table between its marks in the page of benchmarks."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join([BEGIN, HEADER, *lines, END])
    PAGE.write_text(f"{before}{table}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        way, text = arguments.measure
        print(json.dumps(measure(Case(**json.loads(text)), way)))
        return
    print(HEADER, flush=True)
    lines = []
    for name in arguments.cases or CASES:
        lines.append(line(name, CASES[name]))
        print(lines[-1], flush=True)
    if arguments.write:
        write(lines)


if __name__ == "__main__":
    main()
