"""``rewrite``: what it says, what it writes, with which rules, and its exit codes."""

from __future__ import annotations

import json

import pytest


def _names(folder):
    return sorted(p.name for p in folder.iterdir())


def _rules(manifest):
    return {change["rule"] for change in manifest["changes"]}


def _manifest(folder):
    return json.loads((folder / "codegen-fi.json").read_text(encoding="utf-8"))


def test_it_says_which_rules_changed_what_and_why(cli, script):
    done = cli("rewrite", script, "--out", "m")
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["portable-imports", "34"] in [row[:2] for row in rows]
    assert "the stand-in gives the same result" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Wrote ")


def test_a_rule_with_several_reasons_is_named_once_on_a_terminal(cli, on_terminal, script):
    _, shown = on_terminal("rewrite", script, "--check")
    piped = cli("rewrite", script, "--check").stdout
    assert shown.count("replace-removed-arguments") == 1
    reasons = piped.count("replace-removed-arguments")
    assert reasons > 1
    assert sum("replace-removed-arguments" in line for line in piped.splitlines()) == reasons


def test_a_check_alone_tells_what_would_change_and_ends_with_1(cli, script, tmp_path):
    done = cli("rewrite", script, "--check")
    assert done.returncode == 1
    assert "load-local-data" in done.stdout
    assert "script.py would change: " in done.stderr
    assert _names(tmp_path) == ["script.py"]


def test_a_check_of_a_rewritten_script_ends_with_0(cli, emitted, tmp_path):
    for again in (emitted, emitted / "train.py"):
        done = cli("rewrite", again, "--check")
        assert done.returncode == 0
        assert "nothing to change" in done.stderr
        assert done.stdout == ""
    assert _names(tmp_path) == []


def test_a_check_tells_whether_a_folder_is_what_would_be_written(cli, script, tmp_path):
    missing = cli("rewrite", script, "--check", "--out", "m")
    assert missing.returncode == 1
    assert "m holds none of the " in missing.stderr
    assert _names(tmp_path) == ["script.py"]
    assert cli("rewrite", script, "--out", "m").returncode == 0
    same = cli("rewrite", script, "--check", "--out", "m")
    assert same.returncode == 0
    assert "m is up to date" in same.stderr
    (tmp_path / "m" / "train.py").write_text("# edited")
    edited = cli("rewrite", script, "--check", "--out", "m")
    assert edited.returncode == 1
    assert "differs in: train.py" in edited.stderr
    assert "other options" not in edited.stderr


def test_of_many_files_that_differ_those_of_the_script_are_named_first(cli, script, tmp_path):
    assert cli("rewrite", script, "--out", "m").returncode == 0
    for path in sorted((tmp_path / "m" / "codegen_fi_runtime").glob("*.py")):
        path.write_text("# another version")
    (tmp_path / "m" / "train.py").write_text("# edited")
    done = cli("rewrite", script, "--check", "--out", "m")
    assert "m differs in: train.py, codegen_fi_runtime/__init__.py" in done.stderr
    assert done.stderr.rstrip().endswith(" more")
    said = json.loads(cli("rewrite", script, "--check", "--out", "m", "--format", "json").stdout)
    assert len(said["differing_files"]) > 12


def test_a_check_with_other_options_says_which_the_folder_was_written_with(cli, script):
    assert cli("rewrite", script, "--out", "m", "--skip", "drop-telemetry").returncode == 0
    done = cli("rewrite", script, "--check", "--out", "m")
    assert done.returncode == 1
    assert "other options: skip drop-telemetry" in done.stderr
    again = cli("rewrite", script, "--check", "--out", "m", "--skip", "drop-telemetry")
    assert again.returncode == 0


def test_a_check_of_what_cannot_be_rewritten_ends_with_3(cli, script, tmp_path):
    script.write_text("print('hello')\n")
    done = cli("rewrite", script, "--check")
    assert done.returncode == 3
    assert "error: " in done.stderr
    assert _names(tmp_path) == ["script.py"]


def test_a_second_rewrite_changes_nothing_and_says_so(cli, emitted, tmp_path):
    for again in (emitted, emitted / "train.py"):
        done = cli("rewrite", again, "--out", "again")
        assert done.returncode == 0
        assert "nothing to change" in done.stderr
        assert _names(tmp_path) == []


def test_rules_are_left_out_on_request_and_the_user_told(cli, script, tmp_path):
    done = cli("rewrite", script, "--out", "m", "--skip", "drop-telemetry,save-model-locally")
    assert done.returncode == 0, done.stderr
    manifest = _manifest(tmp_path / "m")
    assert not {"drop-telemetry", "save-model-locally"} & _rules(manifest)
    assert manifest["options"] == {
        "runtime": "portable",
        "rules": None,
        "skip": ["drop-telemetry", "save-model-locally"],
        "fixes": [],
    }
    assert "azureml.telemetry" in (tmp_path / "m" / "train.py").read_text(encoding="utf-8")
    assert "warning: line 19: Rule drop-telemetry was left out" in done.stderr
    assert any("left out" in w["message"] for w in manifest["warnings"])


def test_rules_can_be_named_more_than_once(cli, script, tmp_path):
    options = ("--rules", "drop-telemetry, local-run", "--rules", "replace-removed-arguments")
    assert cli("rewrite", script, "--out", "m", *options).returncode == 0
    manifest = _manifest(tmp_path / "m")
    assert _rules(manifest) == {
        "inline-metadata",
        "drop-telemetry",
        "local-run",
        "replace-removed-arguments",
    }
    assert manifest["options"]["rules"] == [
        "drop-telemetry",
        "local-run",
        "replace-removed-arguments",
    ]


@pytest.mark.parametrize("command", ["rewrite", "run"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ["--rules", "telemetry"],
            "--rules: there is no 'telemetry'. Choose from: inline-metadata",
        ),
        (["--skip", "x,y"], "--skip: there is no 'x', 'y'."),
        (["--fix", "everything"], "--fix: there is no 'everything'."),
        (["--skip", "inline-metadata"], "can't be left out"),
        (["--skip", "local-run"], "use --skip explain-after-training,local-arguments,"),
    ],
)
def test_options_that_cannot_be_end_with_2(cli, script, table, tmp_path, command, options, says):
    data = ["--data", table] if command == "run" else []
    done = cli(command, script, "--out", "m", *data, *options)
    assert done.returncode == 2
    assert says in done.stderr
    assert _names(tmp_path) == ["script.py"]


def test_an_empty_name_is_no_rule(cli, script):
    done = cli("rewrite", script, "--out", "m", "--skip", "local-run,")
    assert done.returncode == 2
    assert "a name is missing" in done.stderr


def test_what_cannot_be_started_is_not_run(cli, script, table, tmp_path):
    skip = ("--skip", "local-arguments")
    run = cli("run", script, "--data", table, "--out", "m", *skip)
    assert run.returncode == 2
    assert "A training is started through what the rule local-arguments writes" in run.stderr
    assert _names(tmp_path) == ["script.py"]
    assert cli("rewrite", script, "--out", "m", *skip).returncode == 0
    train = cli("train", "m", "--data", table)
    assert train.returncode == 2
    assert "m was rewritten without the rule local-arguments" in train.stderr
    assert not (tmp_path / "m" / "outputs").exists()
    submit = cli("submit", "m", "--compute", "c", "--data", "azureml:d:1", "--dry-run")
    assert submit.returncode == 2
    assert "m was rewritten without the rule local-arguments" in submit.stderr


def test_run_takes_the_options_of_rewriting(cli, script, table, tmp_path):
    skip = ("--skip", "explain-after-training")
    done = cli("run", script, "--data", table, "--out", "m", *skip)
    assert done.returncode == 0, done.stderr
    assert _manifest(tmp_path / "m")["options"]["skip"] == ["explain-after-training"]
    assert _names(tmp_path / "m" / "outputs") == ["model.pkl", "run.log"]


def test_the_outcome_for_programs(cli, script, emitted, tmp_path):
    checked = cli("rewrite", script, "--check", "--format", "json")
    assert checked.returncode == 1
    said = json.loads(checked.stdout)
    assert (said["checked_only"], said["would_change"], said["folder"]) == (True, True, None)
    assert {"rule", "why", "first_line", "last_line"} <= set(said["changes"][0])
    written = json.loads(cli("rewrite", script, "--out", "m", "--format", "json").stdout)
    assert written["folder"] == "m"
    assert set(written["files"]) == {
        p.relative_to(tmp_path / "m").as_posix() for p in (tmp_path / "m").rglob("*") if p.is_file()
    }
    (tmp_path / "m" / "README.md").write_text("mine")
    stale = cli("rewrite", script, "--check", "--out", "m", "--format", "json")
    assert stale.returncode == 1
    assert json.loads(stale.stdout)["differing_files"] == ["README.md"]
    again = cli("rewrite", emitted, "--check", "--format", "json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["already_rewritten"] is True
