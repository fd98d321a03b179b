"""The budget of rows on the command line: stated in each help, told in the summary."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from codegen_fi.cli.app import app
from codegen_fi.run.results import read_results
from codegen_fi.runtime.run_budget import BUDGET


@pytest.mark.parametrize("command", ["train", "explain", "run", "demo"])
def test_each_help_states_the_budget(command):
    said = CliRunner().invoke(app, [command, "--help"], terminal_width=80).output
    assert BUDGET in " ".join(said.split())


@pytest.mark.parametrize(("used", "of"), [(37_000, " of 1,000,000"), (1_000_000, "")])
def test_the_summary_says_how_many_rows_of_how_many(tmp_path, used, of):
    columns = "method,space,model,feature,importance,ci_low,ci_high,share,rank,note"
    table = f"{columns}\npermutation,raw,model,a,0.5,0.4,0.6,1.0,1,\n"
    (tmp_path / "feature_importance.csv").write_text(table, encoding="utf-8")
    header = {"scoring": "r2", "split": "validation", "rows_used": used, "rows_available": 10**6}
    (tmp_path / "feature_importance.json").write_text(json.dumps(header), encoding="utf-8")
    assert read_results(tmp_path).scored_on == f"drop in r2 on {used:,}{of} validation rows"
