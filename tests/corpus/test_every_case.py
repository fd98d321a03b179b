"""Every classification and regression script of the corpus, the way a user runs it."""

import ast
import functools
import json
import math
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import generated
import ranking
from codegen_fi.cli.app import run as command_line
from driver import catalogue
from finished import Outcome, once, run_tool
from lanes import NEWEST
from refused import REFUSED, unsaid

NAMES = catalogue.tabular_cases(NEWEST.release, NEWEST.extras)
TRAINED = [name for name in NAMES if name not in REFUSED]

# Metrics that are not numbers for a reason that lies in the script, not in the tool.
NOT_FINITE: Mapping[str, str] = {"reg_weights": ranking.UNRANKED["reg_weights"]}

NOISE_PREFIXES = ("noise", "row_hash", "const")
WITHOUT_NOISE = {
    "data_iris", "data_wine", "data_cancer", "data_diabetes", "data_one_column",
    "data_int_columns", "data_text_binary", "data_cat_binary",
}  # fmt: skip
WITH_NOISE = [
    name for name in TRAINED if catalogue.CASES[name]["data"].__name__ not in WITHOUT_NOISE
]
RANKED = [name for name in WITH_NOISE if name not in ranking.UNRANKED]

# Accuracy on 150 rows moves in steps of 0.7 %, more than the weak columns are worth; the area
# under the curve, the scripts' own primary metric, tells them from noise.
EXPLAINING = {
    "classification": ("--scoring", "roc_auc_ovr_weighted", "--repeats", "20"),
    "regression": ("--repeats", "20"),
}

MADE = (
    "script.py", "train.py", "train.ipynb", "requirements.txt", "changes.diff", "codegen-fi.json",
    "codegen_fi_runtime/__init__.py", "outputs/model.pkl", "outputs/metrics.json",
    "outputs/feature_importance.csv", "outputs/feature_importance.json",
    "outputs/feature_importance.png", "outputs/feature_importance.svg",
)  # fmt: skip


@pytest.fixture(scope="module")
def finish(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Outcome]:
    """Run the command on a case by name; once a session, however many tests and workers ask."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def run(name: str, out: Path) -> Outcome:
        outcome, seconds = timed_run(corpus / name, out)
        record(outcome, seconds, shared / "corpus-figures.jsonl")
        return outcome

    return functools.cache(lambda name: once(corpus / name, shared / "cases" / name, run))


def timed_run(case: Path, out: Path) -> tuple[Outcome, float]:
    validation = case / "valid.csv"
    options = [*EXPLAINING[catalogue.CASES[case.name]["task"]]]
    options += ["--validation-data", str(validation)] if validation.exists() else []
    began = time.monotonic()
    done = run_tool("run", case / "script.py", "--data", case / "train.csv", *options, "--out", out)
    outcome = Outcome(case, out, done.returncode, done.stdout, done.stderr)
    return outcome, time.monotonic() - began


def record(outcome: Outcome, seconds: float, table: Path) -> None:
    """Add the case's figures to the session's table, one JSON line each."""
    trained = outcome.exit_code == 0
    row = {
        "case": outcome.name,
        "seconds": round(seconds, 1),
        "exit_code": outcome.exit_code,
        "metrics": generated.scalar_metrics(outcome.outputs) if trained else None,
        "behind_noise": behind_noise(outcome) if trained else None,
        "last_words": outcome.stderr.strip().splitlines()[-1:],
    }
    with table.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def behind_noise(outcome: Outcome) -> dict[str, float]:
    """Informative columns the model sees that don't beat every noise column, by importance."""
    facts = outcome.facts
    table = generated.raw_permutation(outcome.outputs)
    seen = generated.columns_the_model_sees(outcome.text("script.py"), facts["raw_columns"])
    noise = [value for name, value in table.items() if name.startswith(NOISE_PREFIXES)]
    if not noise:
        return {}
    informative = (name for name in facts["informative"] if name in seen)
    return {name: table[name] for name in informative if table[name] <= max(noise)}


@pytest.fixture
def outcome(request: pytest.FixtureRequest, finish: Any) -> Outcome:
    return finish(request.param)


@pytest.fixture
def trained(request: pytest.FixtureRequest, finish: Any) -> Outcome:
    """A run that ended well; the other claims mean nothing otherwise."""
    done = finish(request.param)
    assert done.exit_code == 0, done.stderr[-3000:]
    return done


every_case = pytest.mark.parametrize("trained", TRAINED, indirect=True)
pytestmark = pytest.mark.corpus


def test_nine_in_ten_scripts_are_expected_to_train() -> None:
    assert len(NAMES) == 95
    assert len(TRAINED) == len(NAMES) - len(REFUSED) == 93
    assert set(REFUSED) < set(NAMES)


def test_every_excuse_is_of_a_ranked_case_and_has_a_reason() -> None:
    assert set(ranking.OUTRANKED) < set(RANKED)
    assert {c for columns in ranking.OUTRANKED.values() for c in columns} == set(ranking.WEAK)
    assert set(ranking.UNRANKED) < set(WITH_NOISE)


@every_case
def test_it_ends_with_a_model_metrics_importances_and_a_diff(trained: Outcome) -> None:
    empty = [
        name
        for name in MADE
        if not ((path := trained.out / name).is_file() and path.stat().st_size)
    ]
    assert [name for name in empty if not name.endswith("__init__.py")] == []
    assert trained.text("script.py") == (trained.case / "script.py").read_bytes().decode("utf-8")


@every_case
def test_every_raw_column_has_a_row(trained: Outcome) -> None:
    table = generated.raw_permutation(trained.outputs)
    assert set(table) == set(trained.facts["raw_columns"])
    assert all(generated.is_finite(value) for value in table.values())


@every_case
def test_shares_of_each_method_space_and_model_add_up_to_one(trained: Outcome) -> None:
    found = generated.shares(trained.outputs)
    assert ("permutation", "raw", "model", "") in found
    sums = {key: math.fsum(values) for key, values in found.items() if any(values)}
    assert sums == pytest.approx(dict.fromkeys(sums, 1.0))
    # Where no column matters there is nothing to share.
    assert trained.name in ranking.UNRANKED or sums.keys() == found.keys()


@every_case
def test_every_metric_that_has_a_value_is_a_number(trained: Outcome) -> None:
    metrics = generated.scalar_metrics(trained.outputs)
    assert metrics
    lost = {name for name, value in metrics.items() if not generated.is_finite(value)}
    if trained.name in NOT_FINITE:
        assert {"r2_score", "root_mean_squared_error"} <= lost
        return
    assert lost == generated.undefined(trained, metrics)


@every_case
def test_the_rewritten_script_parses_and_only_named_lines_change(trained: Outcome) -> None:
    before, after = trained.text("script.py"), trained.text("train.py")
    ast.parse(after)
    diff = trained.text("changes.diff")
    edits = trained.manifest["changes"]
    lines = list(generated.changed_lines(diff))
    assert lines
    assert [line for line in lines if not generated.is_named(line, edits)] == []
    assert generated.is_explained(before, after, edits)
    assert generated.differences(before, after, diff) == []
    assert all(edit["rule"] and edit["why"] for edit in edits)


@every_case
def test_rewriting_again_changes_nothing_and_says_so(
    trained: Outcome, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before, target = trained.text("train.py"), tmp_path / "again"
    # In this process: to start one takes longer than to rewrite.
    code = command_line(["rewrite", str(trained.out / "train.py"), "--out", str(target)])
    said = "".join(capfd.readouterr())
    assert code == 0, said
    assert "nothing to change" in said
    assert trained.text("train.py") == before
    second = target / "train.py"
    assert not second.exists() or second.read_bytes().decode("utf-8") == before


@pytest.mark.parametrize("outcome", sorted(REFUSED), indirect=True)
def test_a_script_that_cannot_run_is_refused_by_name(outcome: Outcome) -> None:
    assert outcome.exit_code == 3
    assert unsaid(outcome.name, outcome.stderr) == []
    assert "Traceback" not in outcome.stderr
    assert not outcome.out.exists()


@pytest.mark.parametrize("trained", RANKED, indirect=True)
def test_informative_columns_come_before_noise_where_the_score_is_good(trained: Outcome) -> None:
    is_good, score = score_is_good(trained)
    assert is_good, (
        f"{score}: too close to chance; a case for ranking.UNRANKED if that is the data's doing"
    )
    assert any(name.startswith(NOISE_PREFIXES) for name in trained.facts["raw_columns"])
    behind = behind_noise(trained)
    excused = set(ranking.OUTRANKED.get(trained.name, ()))
    assert set(behind) <= excused, behind


@pytest.mark.parametrize("trained", sorted(ranking.UNRANKED), indirect=True)
def test_only_cases_without_a_good_score_go_unranked(trained: Outcome) -> None:
    is_good, score = score_is_good(trained)
    assert not is_good, score


def score_is_good(trained: Outcome) -> tuple[bool, str]:
    """Whether the model is clearly better than guessing the commonest class or the mean."""
    metrics = generated.scalar_metrics(trained.outputs)
    if trained.facts["task"] == "regression":
        score = metrics["r2_score"]
        return generated.is_finite(score) and score > 0.3, f"R2 {score}"
    labels = generated.labels_of(trained)
    chance = max(map(labels.count, set(labels))) / len(labels)
    accuracy = metrics["accuracy"]
    return accuracy > chance + 0.15, f"accuracy {accuracy}, chance {chance:.2f}"
