"""The official runtime is the truth: the same columns must come out of both, number by number."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytestmark = [pytest.mark.official]

ENCODERS = ("CountBasedTargetEncoder", "WoEBasedTargetEncoder")
# Nothing to count in no rows, and no folds of one: scikit-learn itself refuses, in both runtimes.
REFUSED = {"one-hot | no rows", "one-hot | no rows, new rows"} | {
    f"target | {encoder} | 2 folds | one row{rows}"
    for encoder in ENCODERS
    for rows in ("", ", new rows")
}
# A missing cell among categories is encoded as the mean of all; officially it is NaN.
ON_PURPOSE = {
    f"target | {encoder} | {folds} folds | {kind}"
    for encoder in ENCODERS
    for folds in (0, 2)
    for kind in ("category", "category of integers")
}


@pytest.fixture(scope="module")
def answers(runtimes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("probe")
    runtimes.official("probe.py", folder / "official.json")
    runtimes.portable("probe.py", folder / "portable.json")
    return tuple(
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("official", "portable")
    )


def same(official, portable):
    if "numbers" not in official or "numbers" not in portable:
        return official == portable
    return official["shape"] == portable["shape"] and np.allclose(
        official["numbers"], portable["numbers"], rtol=1e-6, atol=0, equal_nan=True
    )


@pytest.mark.parametrize(
    ("topic", "least"),
    [
        ("cast", 70),
        ("impute", 70),
        ("impute, cast", 70),
        ("mark", 70),
        ("label", 70),
        ("hash 128", 70),
        ("hash 8096", 70),
        ("dates", 70),
        ("impute, cast, dates", 70),
        ("one-hot", 70),
        ("date", 2000),
        ("target", 300),
        ("bag", 7),
        ("mapper", 45),
        ("definition", 1),
        ("empty definition", 1),
    ],
)
def test_every_column_comes_out_as_officially(answers, topic, least):
    official, portable = answers
    left_out = REFUSED | ON_PURPOSE
    keys = [key for key in official if key.split(" | ")[0] == topic and key not in left_out]
    different = {
        key: (official[key], portable[key])
        for key in keys
        if not same(official[key], portable[key])
    }
    assert not different, f"{len(different)} of {len(keys)}: {list(different.items())[:5]}"
    assert len(keys) >= least


def test_missing_cells_among_categories_have_the_mean_of_all(answers):
    for key in ON_PURPOSE:
        told, given = (np.array(each[key]["numbers"]) for each in answers)
        assert np.isnan(told).any()
        np.testing.assert_allclose(given[~np.isnan(told)], told[~np.isnan(told)], rtol=1e-6)
        assert np.isfinite(given).all()


def test_only_columns_nobody_can_featurize_are_refused(answers):
    official, portable = answers
    assert {key for key in official if "error" in official[key]} == REFUSED
    assert {key for key in portable if "error" in portable[key]} == REFUSED
    assert set(official) == set(portable)
