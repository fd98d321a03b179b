"""Each stand-in against a table worked out by hand, and the table against the official class."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from expecting import PORTABLE, Runtime, answer, expected, same, tables

ROWS = {
    f"{name} | {what}": (table, row)
    for name, table in tables().items()
    for what, row in table.TABLE.items()
}


@pytest.mark.parametrize("key", ROWS)
def test_the_stand_in_gives_what_the_table_says(key):
    table, row = ROWS[key]
    got = answer(table, row, Runtime(PORTABLE))
    assert same(expected(row), got), (expected(row), got)


@pytest.mark.official
def test_the_tables_say_what_the_official_classes_give(official_python, tmp_path):
    probe = Path(__file__).with_name("probe_expectations.py")
    done = subprocess.run(
        [official_python, "-W", "ignore", probe, tmp_path / "official.json"],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ, PYTHONHASHSEED="0"),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    official = json.loads((tmp_path / "official.json").read_text(encoding="utf-8"))
    wrong = {
        key: (wanted, official[key])
        for key, (_, row) in ROWS.items()
        if not row.ours
        for wanted in [expected(row)]
        # The words of a refusal are ours; that there is one is not.
        if not ("refused" in wanted and "refused" in official[key])
        and not same(wanted, official[key])
    }
    assert wrong == {}
    assert len(official) >= 0.9 * len(ROWS)


def test_a_table_can_be_wrong():
    """The comparison tells apart what differs, or no table would be worth anything."""
    assert same(
        {"trained": [1.0, "text a"], "new": None}, {"trained": [1.0, "text a"], "new": None}
    )
    for got in ([1.001, "text a"], [1.0, "text b"], [1.0], ["text 1", "text a"]):
        assert not same({"trained": [1.0, "text a"], "new": None}, {"trained": got, "new": None})
    assert not same({"trained": [1.0], "new": None}, {"refused": "no"})
    assert not same({"refused": "words"}, {"refused": "others"})
    assert not same({"refused": ""}, {"trained": [], "new": None})
