"""Which rules are applied for what the user asks, and what is said about the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError, UsageError
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.options import Options
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.engine import Arity, Rule
from codegen_fi.rewrite.leftovers import Leftover
from codegen_fi.rewrite.partial import planned, warnings_about
from codegen_fi.rewrite.rules import RULES
from codegen_fi.rewrite.selection import left_out, rules_for

OWN = Path(__file__).resolve().parents[1] / "cases" / "scripts"
VOTING = (OWN / "voting.py").read_text(encoding="utf-8")
# What a rewriting with open-source packages can be given or be without.
CHOSEN = [r.name for r in RULES if not r.required and r.fix is None and "portable" in r.runtimes]
STACKING = (OWN / "stacking.py").read_text(encoding="utf-8")


def rule(name: str, **settings: object) -> Rule:
    return Rule(name, "places", Arity(), lambda _: (), why="for the test", **settings)  # type: ignore[arg-type]


TABLE = (
    rule("mark", required=True),
    rule("base"),
    rule("middle", needs=("base",)),
    rule("top", needs=("middle",)),
    rule("alone"),
    rule("open", runtimes=("portable",)),
    rule("mend", fix="repair", needs=("alone",)),
)


def chosen(
    rules: str = "", skip: str = "", fixes: str = "", runtime: str = "portable"
) -> list[str]:
    options = Options(
        runtime,  # type: ignore[arg-type]
        rules=frozenset(rules.split()) or None,
        skip=frozenset(skip.split()),
        fixes=frozenset(fixes.split()),
    )
    return [r.name for r in rules_for(options, TABLE)]


def rewritten(text: str = VOTING, **options: object) -> Rewritten:
    return rewrite(parse_script(text), Options(**options))  # type: ignore[arg-type]


def test_without_options_all_rules_but_the_repairs_are_applied() -> None:
    assert chosen() == ["mark", "base", "middle", "top", "alone", "open"]
    assert chosen(runtime="azureml") == ["mark", "base", "middle", "top", "alone"]


def test_named_rules_bring_what_they_build_on_and_what_cannot_be_left_out() -> None:
    assert chosen(rules="alone") == ["mark", "alone"]
    assert chosen(rules="top") == ["mark", "base", "middle", "top"]
    assert chosen(rules="base alone", fixes="repair") == ["mark", "base", "alone", "mend"]


def test_skipped_rules_are_left_out() -> None:
    assert chosen(skip="alone open") == ["mark", "base", "middle", "top"]
    assert chosen(skip="top") == ["mark", "base", "middle", "alone", "open"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rules": "nothing"}, "--rules: there is no 'nothing'. Choose from: mark, base,"),
        ({"skip": "a b"}, "--skip: there is no 'a', 'b'."),
        ({"fixes": "mend"}, "--fix: there is no 'mend'. Choose from: repair."),
        ({"skip": "mark"}, "mark can't be left out"),
        ({"rules": "base", "skip": "base"}, "named by --rules and by --skip"),
        ({"rules": "mend"}, "--fix repair"),
        ({"rules": "open", "runtime": "azureml"}, "open is only for --runtime portable"),
        (
            {"skip": "base"},
            "without base, middle, top can't work. To leave out all of them, "
            "use --skip base,middle,top.",
        ),
        ({"skip": "middle"}, "use --skip middle,top."),
        ({"rules": "top", "skip": "base"}, "without base, top can't work"),
        (
            {"skip": "alone", "fixes": "repair"},
            "without alone, mend can't work. To leave out all of them, use --skip alone and "
            "leave out --fix repair.",
        ),
    ],
)
def test_what_cannot_be_is_refused(options: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as refused:
        chosen(**options)
    assert words in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_refusal_tells_options_that_work() -> None:
    assert chosen(skip="base middle top") == ["mark", "alone", "open"]
    assert chosen(skip="alone") == ["mark", "base", "middle", "top", "open"]


def test_the_rules_left_out_are_those_the_user_left_out() -> None:
    def names(**options: frozenset[str]) -> list[str]:
        return [r.name for r in left_out(Options(**options), TABLE)]  # type: ignore[arg-type]

    assert names() == []
    assert names(skip=frozenset({"alone"})) == ["alone"]
    assert names(rules=frozenset({"top"})) == ["alone", "open"]
    assert names(fixes=frozenset({"repair"})) == []


def test_every_need_is_a_rule_that_comes_with_each_runtime() -> None:
    by_name = {rule.name: rule for rule in RULES}
    for rule_ in RULES:
        for need in rule_.needs:
            assert set(rule_.runtimes) <= set(by_name[need].runtimes)


@pytest.mark.parametrize("name", CHOSEN)
def test_each_rule_can_be_the_only_one(name: str) -> None:
    result = rewritten(rules=frozenset({name}))
    made = {change.rule for change in result.changes}
    assert made <= {r.name for r in rules_for(Options(rules=frozenset({name})))}
    compile(result.after, "train.py", "exec")
    assert parse_script(result.after).rewritten_by is not None


@pytest.mark.parametrize("name", CHOSEN)
def test_each_rule_can_be_left_out_with_what_builds_on_it(name: str) -> None:
    skip = {name}
    while more := {r.name for r in RULES if skip & set(r.needs)} - skip:
        skip |= more
    result = rewritten(skip=frozenset(skip))
    assert skip.isdisjoint(change.rule for change in result.changes)
    compile(result.after, "train.py", "exec")


@pytest.mark.parametrize(
    ("name", "package"),
    [("portable-imports", "azureml, sklearn_pandas"), ("drop-telemetry", "azureml")],
)
def test_imports_that_stay_on_request_are_a_warning(name: str, package: str) -> None:
    result = rewritten(skip=frozenset({name}))
    (warning,) = [w for w in result.warnings if name in w.message]
    assert f"Rule {name} was left out: the script still imports {package} (line" in warning.message
    assert warning.line is not None
    assert "azureml" in VOTING.split("\n")[warning.line - 1]
    assert not [w for w in rewritten().warnings if "left out" in w.message]


def test_an_import_that_no_rule_handles_is_refused_whatever_was_left_out() -> None:
    script = parse_script(VOTING, "s.py")
    leftover = Leftover(1, "import azureml.elsewhere", ("azureml",))
    for skip in (frozenset[str](), frozenset({"drop-telemetry"})):
        left = planned(script, left_out(Options(skip=skip)))
        with pytest.raises(ScriptNotUnderstoodError, match="only works inside Azure ML") as error:
            list(warnings_about(script, left, [leftover]))
        assert str(error.value).startswith("s.py, line 1: ")


def test_a_rule_that_would_have_refused_the_script_can_be_skipped() -> None:
    text = VOTING.replace(
        "            ImputationMarker,\n", "            WordEmbeddingTransformer,\n"
    )
    text = text.replace(
        "generic.imputation_marker import ImputationMarker",
        "text.wordembedding_transformer import WordEmbeddingTransformer",
    )
    with pytest.raises(ScriptNotUnderstoodError, match="into word embeddings"):
        rewritten(text)
    result = rewritten(text, skip=frozenset({"portable-imports"}))
    assert "wordembedding_transformer import WordEmbeddingTransformer" in result.after
    assert [w for w in result.warnings if "portable-imports was left out" in w.message]


def test_what_is_missing_without_a_rule_is_said_where_it_would_have_changed_something() -> None:
    said = [w.message for w in rewritten(rules=frozenset({"drop-telemetry"})).warnings]
    for words in (
        "Rule explain-after-training was left out: Neither metrics.json nor importances",
        "Rule local-arguments was left out: The command line still takes dataset ids",
        "Rule load-local-data was left out: the script still imports azureml",
    ):
        assert any(words in message for message in said)
    assert any("repair-missing-imports was left out: The training will" in m for m in said)
    without_defects = rewritten(STACKING, rules=frozenset({"drop-telemetry"})).warnings
    assert not any("repair-missing-imports" in w.message for w in without_defects)


def test_a_rewritten_script_that_lost_its_mark_is_refused() -> None:
    lines = rewritten().after.split("\n")
    mark = next(i for i, line in enumerate(lines) if line.startswith("# Rewritten by"))
    del lines[mark]
    with pytest.raises(ScriptNotUnderstoodError, match="it was rewritten before") as refused:
        rewritten("\n".join(lines))
    assert "line " in str(refused.value).partition(":")[0]


def test_an_expression_too_deep_to_be_rewritten_is_refused() -> None:
    script = parse_script(VOTING + "\nx = " + "1 + " * 900 + "1\n", "s.py")
    with pytest.raises(ScriptNotUnderstoodError, match="nested too deeply"):
        rewrite(script)
