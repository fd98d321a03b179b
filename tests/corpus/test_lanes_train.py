"""What trains in the environment of its own release trains, rewritten, on today's libraries."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import pytest

import generated
from codegen_fi.workflow import rewrite_to_folder
from driver import catalogue
from lanes import LANES, NEWEST
from ranking import UNRANKED

pytestmark = pytest.mark.corpus

HERE = Path(__file__).parent
# The newest release's are trained by test_every_case, with importances.
OLDER = [lane for lane in LANES.values() if lane is not NEWEST]

# Scripts that don't train as they are, what is wrong there, and whether rewriting mends it.
NOT_OFFICIALLY: Mapping[str, tuple[str, bool]] = {
    "cls_bnb": ("NameError: name 'SparseScaleZeroOne' is not defined", True),
    "cls_label_quote": ("SyntaxError", False),
    "cls_word_embeddings": ("Exception", False),
}
TRAINED = [
    (lane.release, name)
    for lane in OLDER
    for name in catalogue.tabular_cases(lane.release, lane.extras)
    if NOT_OFFICIALLY.get(name, ("", True))[1]
]
# The scores of these rows are weighted by rows that aren't scored.
NOT_FINITE = {"reg_weights": UNRANKED["reg_weights"]}


@pytest.fixture(scope="module")
def train() -> Iterator[Callable[[Path, list[str]], int]]:
    """Run a folder's train.py, without the seconds that the imports take each time."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, HERE / "forker.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        asks: IO[str] | None = process.stdin
        answers: IO[str] | None = process.stdout
        assert asks is not None
        assert answers is not None

        def ask(folder: Path, arguments: list[str]) -> int:
            said = str(said_by(folder))
            line = json.dumps({"folder": str(folder), "arguments": arguments, "said": said})
            print(line, file=asks, flush=True)
            return int(answers.readline())

        yield ask
        asks.close()


def said_by(folder: Path) -> Path:
    return folder.with_suffix(".log")


@pytest.mark.parametrize("release", [lane.release for lane in OLDER])
def test_these_and_no_others_fail_in_their_own_environment(
    release: str, case_of: Callable[[str, str], Any]
) -> None:
    names = catalogue.tabular_cases(release, LANES[release].extras)
    officially = {name: case_of(release, name).official for name in names}
    failed = {name: said["error"] for name, said in officially.items() if not said["trained"]}
    assert set(failed) == set(NOT_OFFICIALLY)
    assert [n for n, (words, _) in NOT_OFFICIALLY.items() if words not in failed[n]] == []


@pytest.mark.parametrize(("release", "name"), TRAINED)
def test_it_ends_with_a_model_and_finite_metrics(
    release: str,
    name: str,
    case_of: Callable[[str, str], Any],
    train: Callable[[Path, list[str]], int],
    tmp_path: Path,
) -> None:
    case = case_of(release, name)
    folder, outputs = tmp_path / name, tmp_path / name / "outputs"
    rewrite_to_folder(case.script, folder)
    arguments = [f"--training-data={case.training_data}", f"--outputs={outputs}"]
    if case.validation_data:
        arguments += [f"--validation-data={case.validation_data}"]
    code = train(folder, [*arguments, "--importance=none"])
    assert code == 0, said_by(folder).read_text(encoding="utf-8")[-3000:]
    assert (outputs / "model.pkl").stat().st_size > 0
    metrics = generated.scalar_metrics(outputs)
    assert metrics
    lost = {metric for metric, value in metrics.items() if not generated.is_finite(value)}
    if name in NOT_FINITE:
        assert "r2_score" in lost
        return
    assert lost == {metric for metric in metrics if generated.is_undefined(case, metric)}
