"""Transformers that scripts rarely name: the official runtime says what comes out of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytestmark = [pytest.mark.official]

# What the official class refuses and ours takes: NA among flags and texts is a missing value.
TAKEN = {
    "bin | boolean",
    "bin | boolean, new rows",
    "encode | string",
    "encode | string, new rows",
    "encode | string, two columns",
    "encode | string, unseen",
}
# What ours refuses: patterns that can't match a word, and dates that today's pandas won't compare
# with texts.
REFUSED = {
    "style | '(a)(b)' | array",
    "style | '(a)(b)' | series",
    "encode | date objects",
    "encode | date objects, new rows",
}
# Where the official class puts NaT among dates with a zone hangs on the order of a set.
ARBITRARY = "encode | zoned dates"


@pytest.fixture(scope="module")
def answers(runtimes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("probe")
    runtimes.official("probe_more.py", folder / "official.json")
    runtimes.portable("probe_more.py", folder / "portable.json")
    return tuple(
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("official", "portable")
    )


def same(official, portable):
    if "error" in official or "error" in portable:
        return ("error" in official) == ("error" in portable)
    if _rest(official) != _rest(portable) or "numbers" not in official:
        return official == portable
    return np.allclose(official["numbers"], portable["numbers"], rtol=1e-6, atol=0, equal_nan=True)


def _rest(answer):
    return {name: value for name, value in answer.items() if name != "numbers"}


@pytest.mark.parametrize(
    ("topic", "least"),
    [
        ("bin", 120),
        ("join", 170),
        ("style", 160),
        ("dense bag", 90),
        ("encode", 180),
        ("function", 40),
        ("bayes", 200),
        ("default", 26),
        ("smooth", 55),
        ("gauss", 26),
        ("neighbours", 26),
        ("rare mapper", 48),
    ],
)
def test_every_column_comes_out_as_officially(answers, topic, least):
    official, portable = answers
    keys = [key for key in official if key.split(" | ")[0] == topic]
    different = {
        key: (official[key], portable[key])
        for key in keys
        if key not in TAKEN | REFUSED and not key.startswith(ARBITRARY)
        if not same(official[key], portable[key])
    }
    assert not different, f"{len(different)} of {len(keys)}: {list(different.items())[:5]}"
    assert len(keys) >= least
    assert sum("error" not in official[key] for key in keys) > least / 2


def test_the_same_is_refused_but_for_what_is_said(answers):
    official, portable = answers
    assert set(official) == set(portable)
    refused = {key for key in official if "error" in official[key]}
    assert {key for key in portable if "error" in portable[key]} == refused - TAKEN | REFUSED
    assert refused >= TAKEN
    assert not refused & REFUSED
