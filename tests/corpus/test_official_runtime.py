"""Rewritten for the official packages, a script trains the model it trained before."""

import json
import math
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import generated
from codegen_fi.model.options import Options
from codegen_fi.workflow import RewriteOptions, TrainOptions, rewrite_to_folder, train
from lanes import LANES, is_made

pytestmark = pytest.mark.corpus

HERE = Path(__file__).parent
OFFICIALLY = RewriteOptions(rewriting=Options(runtime="azureml"))
TRAINED = [
    ("1.62", "cls_lgbm_maxabs"),
    ("1.62", "ts_lgbm_multi_lags"),
    ("1.62", "ts_lgbm_valid"),
    ("1.56", "ts_voting"),
]


def python_of(release: str) -> Path:
    lane = LANES[release]
    if not is_made(lane.environment, lane.environment_key()):
        pytest.skip(f"NOT TESTED with SDK {release}: its environment is not there or out of date")
    return lane.environment / "bin" / "python"


def original_metrics(python: Path, case: Any) -> dict[str, float]:
    done = subprocess.run(
        [python, HERE / "original_metrics.py", case.folder],
        env={**os.environ, "PYTHONPATH": str(HERE), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("release", "name"), TRAINED)
def test_the_metrics_are_those_of_the_original(
    release: str,
    name: str,
    case_of: Callable[[str, str], Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, python = case_of(release, name), python_of(release)
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    rewrite_to_folder(case.script, tmp_path / "model", OFFICIALLY)
    options = TrainOptions(
        environment=python, validation_data=case.validation_data, repeats=2, plot=False
    )
    trained = train(tmp_path / "model", case.training_data, options)
    original = original_metrics(python, case)
    assert original
    ours = generated.scalar_metrics(trained.results.outputs)
    assert {k: v for k, v in ours.items() if v is not None} == {
        k: v for k, v in original.items() if math.isfinite(v)
    }
    assert trained.results.method == "permutation"
    assert (trained.results.importances[0].importance or 0) > 0
