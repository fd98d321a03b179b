"""On scripts of the corpus permutation gives scikit-learn's numbers on the whole pipeline.

Every sixth one is taken; CODEGEN_FI_EXACT_EVERY=1 takes them all.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from driver import catalogue
from finished import run_tool
from lanes import NEWEST
from refused import REFUSED

ALL = [n for n in catalogue.tabular_cases(NEWEST.release, NEWEST.extras) if n not in REFUSED]
# Scoring everything the slow way takes a quarter of an hour for all of them.
EVERY = int(os.environ.get("CODEGEN_FI_EXACT_EVERY", "6"))
TRAINED = ALL[::EVERY]
COMPARE = Path(__file__).with_name("permuted.py")
pytestmark = pytest.mark.corpus


def compared(case: Path, out: Path) -> dict[str, Any]:
    """Rewrite a script, train it and compare."""
    written = run_tool("rewrite", case / "script.py", "--out", out)
    assert written.returncode == 0, written.stderr[-2000:]
    valid = case / "valid.csv"
    data = ["--training-data", str(case / "train.csv")]
    data += ["--validation-data", str(valid)] if valid.exists() else []
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", COMPARE, out, *data],
        capture_output=True, text=True, encoding="utf-8", env=environment, check=False, cwd=out,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", TRAINED)
def test_permutation_equals_scikit_learns_to_the_last_bit(
    corpus: Path, name: str, tmp_path: Path
) -> None:
    found = compared(corpus / name, tmp_path / "out")
    assert found
    assert {score: each["failures"] for score, each in found.items() if each["failures"]} == {}
    assert {s: each["difference"] for s, each in found.items() if each["difference"]} == {}
    assert all(each["quick"] for each in found.values())
