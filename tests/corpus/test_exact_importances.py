"""On every script of the corpus permutation gives scikit-learn's numbers on the whole pipeline.

Each takes three scores in turn; CODEGEN_FI_EXACT_SCORES=all takes all. CODEGEN_FI_EXACT_RELEASE
names another release's scripts, CODEGEN_FI_EXACT_LOG a file that a line per script is added to, of
which `scripts/exactness_page.py` makes `docs/exactness.md`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen_fi.parse import parse_script
from codegen_fi.render.runtime_files import runtime_files
from codegen_fi.rewrite import rewrite
from driver import catalogue
from lanes import LANES, NEWEST
from refused import REFUSED

LANE = LANES[os.environ.get("CODEGEN_FI_EXACT_RELEASE", NEWEST.release)]
TRAINED = [n for n in catalogue.tabular_cases(LANE.release, LANE.extras) if n not in REFUSED]
LOG = os.environ.get("CODEGEN_FI_EXACT_LOG")
COMPARE = Path(__file__).with_name("permuted.py")
pytestmark = pytest.mark.corpus

Ask = Callable[..., dict[str, Any]]

PLAIN, WEIGHTED = False, True
# Of labels and of probabilities, scikit-learn's and AutoML's. A script takes one row.
SCORES = {
    "classification": [
        [("AUC_weighted", PLAIN), ("accuracy", PLAIN), ("neg_log_loss", WEIGHTED)],
        [("norm_macro_recall", WEIGHTED), ("f1_macro", PLAIN), ("roc_auc_ovr_weighted", PLAIN)],
        [("AUC_weighted", WEIGHTED), ("precision_score_weighted", PLAIN), ("log_loss", PLAIN)],
        [
            ("average_precision_score_weighted", PLAIN),
            ("matthews_corrcoef", WEIGHTED),
            ("neg_log_loss", PLAIN),
        ],
    ],
    "regression": [
        [
            ("normalized_root_mean_squared_error", PLAIN),
            ("r2", WEIGHTED),
            ("spearman_correlation", PLAIN),
        ],
        [
            ("normalized_mean_absolute_error", WEIGHTED),
            ("r2", PLAIN),
            ("neg_median_absolute_error", PLAIN),
        ],
        [
            ("normalized_root_mean_squared_error", WEIGHTED),
            ("r2_score", PLAIN),
            ("neg_mean_absolute_percentage_error", WEIGHTED),
        ],
    ],
}
DENSE = ("data_iris", "data_wine", "data_cancer", "data_diabetes", "data_int", "data_one")


def task_of(name: str) -> str:
    return catalogue.CASES[name]["task"]


def matrix_of(name: str) -> str:
    """Tables of numbers alone are featurized into a dense matrix."""
    data: str = catalogue.CASES[name]["data"].__name__
    return "dense" if data.startswith(DENSE) else "sparse"


def scores_of(name: str) -> list[tuple[str, bool]]:
    rows = SCORES[task_of(name)]
    if os.environ.get("CODEGEN_FI_EXACT_SCORES") == "all":
        return [score for row in rows for score in row]
    alike = [other for other in TRAINED if task_of(other) == task_of(name)]
    return rows[alike.index(name) % len(rows)]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask one process that trains and compares many scripts."""
    home = tmp_path_factory.mktemp("compared")
    for name, content in runtime_files().items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
    said = home / "said.txt"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    with (
        said.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(
            [sys.executable, "-W", "ignore", COMPARE, home], cwd=home, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, encoding="utf-8",
        ) as process,
    ):  # fmt: skip
        assert process.stdin
        assert process.stdout

        def asked(**question: Any) -> dict[str, Any]:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, said.read_text(encoding="utf-8")[-3000:]
            return json.loads(answer)

        yield asked
        process.stdin.close()


def compared(ask: Ask, case: Path, out: Path) -> dict[str, Any]:
    """Rewrite a script, train it and compare."""
    script, valid = out / "train.py", case / "valid.csv"
    text = (case / "script.py").read_bytes().decode("utf-8")
    script.write_bytes(rewrite(parse_script(text)).after.encode("utf-8"))
    options = ["--training-data", case / "train.csv", "--outputs", out / "outputs"]
    options += ["--validation-data", valid] if valid.exists() else []
    found = ask(script=str(script), options=[*map(str, options)], scores=scores_of(case.name))
    assert "error" not in found, found["error"][-3000:]
    return found


def record(row: dict[str, Any]) -> None:
    if LOG:
        with Path(LOG).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")


@pytest.mark.parametrize("name", TRAINED)
def test_permutation_equals_scikit_learns_to_the_last_bit(
    ask: Ask, corpus_of: Callable[[str], Path], name: str, tmp_path: Path
) -> None:
    found = compared(ask, corpus_of(LANE.release) / name, tmp_path)
    record({"release": LANE.release, "case": name, "task": task_of(name), **found})
    scores = found["scores"]
    assert found["without"] == {}
    assert len(scores) == len(scores_of(name))
    assert {score: each["failures"] for score, each in scores.items() if each["failures"]} == {}
    assert {s: each["difference"] for s, each in scores.items() if each["difference"]} == {}
    assert all(each["quick"] for each in scores.values())
    assert found["matrix"] == matrix_of(name)
    assert found["own weights"] == ("weight" in catalogue.CASES[name])


def test_the_scripts_together_take_every_score_weights_and_both_kinds_of_matrix() -> None:
    for task, rows in SCORES.items():
        names = [name for name in TRAINED if task_of(name) == task]
        assert {score for row in rows for score in row} == {
            score for name in names for score in scores_of(name)
        }
        assert {matrix_of(name) for name in names} == {"dense", "sparse"}
