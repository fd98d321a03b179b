"""``rules``: the table, one rule with its examples, for people and for programs."""

from __future__ import annotations

import json

import pytest

from codegen_fi.rewrite.examples import examples_of
from codegen_fi.rewrite.rules import RULES


def test_the_table_lists_every_rule_with_its_reason(cli):
    done = cli("rules")
    assert done.returncode == 0
    rows = [line.strip() for line in done.stdout.splitlines()]
    for rule in RULES:
        (row,) = [r for r in rows if r.startswith(f"{rule.name} ")]
        assert rule.why in row
        assert (f"--fix {rule.fix}" in row) == (rule.fix is not None)
    assert any(r.startswith("portable-imports") and "default (portable)" in r for r in rows)
    assert any(row.startswith("inline-metadata") and "always" in row for row in rows)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_shows_its_examples(cli, rule):
    done = cli("rules", rule.name)
    assert done.returncode == 0
    assert done.stdout.startswith(rule.name)
    assert rule.why in done.stdout
    lines = done.stdout.splitlines()
    for example in examples_of(rule.name):
        assert example.why in done.stdout
        shown = [line[2:] for line in lines if line[:2] in {"  ", "- "}]
        assert "\n".join(example.before.splitlines()) in "\n".join(shown)
        shown = [line[2:] for line in lines if line[:2] in {"  ", "+ "}]
        assert "\n".join(example.after.splitlines()) in "\n".join(shown)
    assert "\x1b" not in done.stdout


def test_needs_are_named(cli):
    assert "Builds on: load-local-data, local-run" in cli("rules", "local-arguments").stdout


def test_an_unknown_rule_ends_with_2_and_the_known_ones(cli):
    done = cli("rules", "telemetry")
    assert done.returncode == 2
    assert "There is no rule 'telemetry'. Choose from: inline-metadata, drop-telemetry" in (
        done.stderr
    )


def test_programs_get_the_same(cli):
    listed = json.loads(cli("rules", "--format", "json").stdout)
    assert [rule["id"] for rule in listed] == [rule.name for rule in RULES]
    one = json.loads(cli("rules", "drop-telemetry", "--format", "json").stdout)
    assert one in listed
    assert set(one) == {"id", "why", "fix", "runtimes", "needs", "required", "examples"}
    assert one["examples"][0]["before"] != one["examples"][0]["after"]


def test_on_a_terminal_the_changed_lines_are_coloured(on_terminal):
    code, said = on_terminal("rules", "local-run")
    assert code == 0
    assert "\x1b[31m-     from azureml.core.run import Run" in said
    assert "\x1b[32m+     from codegen_fi_runtime.local_run import Run" in said
