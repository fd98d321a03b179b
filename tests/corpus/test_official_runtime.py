"""Rewritten for the official packages, a script trains the model it trained before."""

import json
import math
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fidelity import store

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


@pytest.fixture(scope="module")
def original_metrics(
    case_of: Callable[[str, str], Any], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], dict[str, float]]:
    """The numbers that an original logs; a release's are made once for all workers that ask."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def find(release: str, name: str) -> dict[str, float]:
        names = [each for lane, each in TRAINED if lane == release]
        with store.locked(shared / "originals"):
            kept = shared / "originals" / f"{release}.json"
            if not kept.exists():
                folders = [case_of(release, each).folder for each in names]
                kept.write_text(logged(python_of(release), folders), encoding="utf-8")
        found = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
        return dict(zip(names, found, strict=True))[name]

    return find


def logged(python: Path, folders: list[Path]) -> str:
    """What one process for all of the cases says of each, line by line."""
    done = subprocess.run(
        [python, HERE / "original_metrics.py", *folders],
        env={**os.environ, "PYTHONPATH": str(HERE), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize(("release", "name"), TRAINED)
def test_the_metrics_are_those_of_the_original(
    release: str,
    name: str,
    case_of: Callable[[str, str], Any],
    original_metrics: Callable[[str, str], dict[str, float]],
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
    original = original_metrics(release, name)
    assert original
    ours = generated.scalar_metrics(trained.results.outputs)
    assert {k: v for k, v in ours.items() if v is not None} == {
        k: v for k, v in original.items() if math.isfinite(v)
    }
    assert trained.results.method == "permutation"
    assert (trained.results.importances[0].importance or 0) > 0
