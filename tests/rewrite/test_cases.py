"""One rule on a small text, against the text written beside it.

A case file holds: why it exists (first line), options of the harness (a line ``# --- with {...}``,
optional), the source, and ``# --- becomes`` with the expected text or ``# --- refused: part of the
message``.  A file with neither says that the rule leaves the source alone.  The examples that
`codegen-fi rules` shows are cases as well.
"""

import ast
import difflib
import importlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from codegen_fi import __version__
from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.options import Options
from codegen_fi.model.pipeline import Component, Learner, Mapper, Pipeline
from codegen_fi.model.script import DatasetInput, TrainingScript, Validation
from codegen_fi.parse.reader import read_source
from codegen_fi.parse.script import Script
from codegen_fi.rewrite import examples, proof
from codegen_fi.rewrite.engine import Arity, Rule, apply, plan
from codegen_fi.rewrite.examples import BECOMES, WITH, examples_of
from codegen_fi.rewrite.rules import RULES

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "rewrite"
EXAMPLES = sorted(Path(examples.__file__).parent.glob("*.txt"))
FILES = sorted(FOLDER.rglob("*.py"))
REFUSED = "# --- refused: "

# Rules whose edits leave nothing behind that they would edit again.
IDEMPOTENT = {
    "drop_telemetry",
    "load_local_data",
    "local_run",
    "portable_imports",
    "repair_missing_imports",
    "replace_removed_arguments",
}


@dataclass(frozen=True)
class Case:
    path: Path
    why: str
    options: dict[str, Any]
    before: str
    after: str
    refused: str | None

    @property
    def is_example(self) -> bool:
        return self.path.suffix == ".txt"

    @property
    def rule_module(self) -> str:
        if self.is_example:
            return self.path.name.partition(".")[0].replace("-", "_")
        return self.path.parent.name

    @property
    def rule(self) -> Rule:
        if self.is_example:
            name = self.path.name.partition(".")[0]
            rule = next(rule for rule in RULES if rule.name == name)
        else:
            module: Any = importlib.import_module(f"codegen_fi.rewrite.rules.{self.rule_module}")
            rule = module.RULE
        # A snippet need not hold as many places as a whole script does.
        return replace(rule, arity=Arity())

    def script(self, text: str) -> Script:
        source = read_source(text, self.path.name)
        wanted = Options(
            runtime=self.options.get("runtime", "portable"), scoring=self.options.get("scoring")
        )
        return Script(source, model(self.options), options=wanted)


def read_case(path: Path) -> Case:
    why, _, text = path.read_text(encoding="utf-8").partition("\n")
    options: dict[str, Any] = {}
    if text.startswith(WITH):
        line, _, text = text.partition("\n")
        options = ast.literal_eval(line.removeprefix(WITH))
    refused = None
    if REFUSED in text:
        text, _, rest = text.partition(REFUSED)
        refused = rest.strip()
    before, becomes, after = text.partition(BECOMES)
    after = after.replace("{version}", __version__) if becomes else before
    if options.get("newline") == "crlf":
        before, after = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    if not options.get("final_newline", True):
        before, after = before.rstrip("\r\n"), after.rstrip("\r\n")
    return Case(path, why, options, before, after, refused)


def model(options: dict[str, Any]) -> TrainingScript:
    """A model of the columns age and signup, unless the options say otherwise."""
    dates = Component("DateTimeFeaturesTransformer", "azureml.training.tabular", {}, 1)
    plain = Component("SimpleImputer", "sklearn.impute", {}, 1)
    names = options.get("columns", ["age"])
    mappers = (
        Mapper("mapper_0", "get_mapper_0", tuple((n,) for n in names), True, (plain,), 1),
        Mapper("mapper_1", "get_mapper_1", (("signup",),), False, (dates,), 1),
    )
    featurized = options.get("featurized", True)
    validation = options.get("validation", False)
    datasets = [DatasetInput("training", "id", None, 1)]
    if validation:
        datasets.append(DatasetInput("validation", "id", None, 1))
    return TrainingScript(
        generator_version="1.62.0",
        automl_run_id=None,
        task="regression",
        label=options.get("label", "price"),
        weight_column=options.get("weights"),
        datasets=tuple(datasets),
        pipeline=Pipeline(
            step_names=("featurization", "model"),
            featurized=featurized,
            mappers=mappers if featurized else (),
            learner=Learner(None, Component("Ridge", "sklearn.linear_model", {}, 1)),
            ensemble=None,
            y_transformer=None,
        ),
        validation=Validation("dataset" if validation else "split"),
        metrics=(),
        functions=(),
    )


def applied(case: Case, text: str) -> str:
    """Apply the case's rule, prove the result, and return it."""
    script = case.script(text)
    edits = plan(script, [case.rule])
    after = apply(script, edits).code
    changes = [change for edit in edits for change in edit.changes]
    old, new = proof.code_of(text), proof.code_of(after)
    blocks = proof.blocks(old.lines, new.lines, changes)
    proof.untouched_functions_are_equal(old, new, {c.function for c in changes})
    assert bool(blocks) == (after != text)
    assert all(change.rule and change.why for change in changes)
    return after


def name_of(path: Path) -> str:
    if path.suffix == ".txt":
        return f"example/{path.stem}"
    return path.relative_to(FOLDER).with_suffix("").as_posix()


CASES = [read_case(path) for path in [*FILES, *EXAMPLES]]
CHANGED = [case for case in CASES if case.refused is None and case.after != case.before]
KEPT = [case for case in CASES if case.refused is None and case.after == case.before]
REFUSALS = [case for case in CASES if case.refused is not None]


def ids(cases: list[Case]) -> list[str]:
    return [name_of(case.path) for case in cases]


@pytest.mark.parametrize("case", CHANGED, ids=ids(CHANGED))
def test_a_rule_makes_the_expected_text(case: Case) -> None:
    after = applied(case, case.before)
    shown = difflib.unified_diff(
        case.after.splitlines(keepends=True), after.splitlines(keepends=True), "expected", "made"
    )
    assert after == case.after, case.why + "\n" + "".join(shown)
    ast.parse(after)


@pytest.mark.parametrize("case", KEPT, ids=ids(KEPT))
def test_a_rule_leaves_the_text_alone(case: Case) -> None:
    assert applied(case, case.before) == case.before, case.why


@pytest.mark.parametrize("case", REFUSALS, ids=ids(REFUSALS))
def test_a_rule_refuses_what_it_does_not_know(case: Case) -> None:
    with pytest.raises(ScriptNotUnderstoodError) as refused:
        applied(case, case.before)
    assert case.refused is not None
    assert case.refused in str(refused.value), case.why
    assert str(refused.value).startswith(case.path.name)


@pytest.mark.parametrize(
    "case",
    [case for case in CHANGED if case.rule_module in IDEMPOTENT],
    ids=ids([case for case in CHANGED if case.rule_module in IDEMPOTENT]),
)
def test_a_second_application_changes_nothing(case: Case) -> None:
    once = applied(case, case.before)
    assert applied(case, once) == once


def test_two_in_five_cases_leave_the_source_alone() -> None:
    # The examples count as well, though they are there to show changes.
    assert len(KEPT) >= 0.4 * len(CASES)


@pytest.mark.parametrize("case", CASES, ids=ids(CASES))
def test_a_case_says_why_it_exists(case: Case) -> None:
    assert case.why.startswith("# ")
    assert case.why.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_an_example_that_it_changes(rule: Rule) -> None:
    found = examples_of(rule.name)
    assert found
    for example in found:
        assert example.before
        assert example.after not in {"", example.before}
        assert example.why[0].isupper()
        assert WITH not in example.before


def test_every_example_belongs_to_a_rule() -> None:
    assert {path.name.partition(".")[0] for path in EXAMPLES} <= {rule.name for rule in RULES}
