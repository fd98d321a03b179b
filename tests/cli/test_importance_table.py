"""What a terminal tells of the importances: digits, groups, and who hides whom."""

import json

import pytest

from codegen_fi.cli import _console
from codegen_fi.cli._importance_table import print_importances
from codegen_fi.run import read_results

_HEAD = "method,space,model,feature,raw_feature,importance,std,ci_low,ci_high,share,rank,note,class"
_PAIR = {"name": "a + b", "columns": ["a", "b"], "strength": 0.987}


@pytest.fixture
def printed(tmp_path, capsys):
    def show(*rows, **header):
        lines = [_HEAD, *rows]
        (tmp_path / "feature_importance.csv").write_text("\n".join(lines), encoding="utf-8")
        known = {"scoring": "r2", "rows_used": 9, "split": "validation", "baseline": 0.75}
        text = json.dumps({**known, **header})
        (tmp_path / "feature_importance.json").write_text(text, encoding="utf-8")
        _console.out.cache_clear()
        print_importances(read_results(tmp_path))
        _console.out.cache_clear()
        return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line]

    return show


def _row(name, importance, low, high, rank, space="raw", of=None):
    return f"permutation,{space},model,{name},{of or name},{importance},0,{low},{high},0.5,{rank},,"


@pytest.mark.parametrize(
    ("largest", "smaller", "shown"),
    [
        (0.09999999, 0.00001, ("0.1000", "0.0000")),
        (0.12961, -0.00001, ("0.1296", "0.0000")),
        (0.00000214, 0.0000001, ("0.000002140", "0.000000100")),
        (1500.7, -28.3, ("1,501", "-28")),
        (3.14159, 0.01, ("3.142", "0.010")),
        (2.5e-12, 0, ("2.500e-12", "0.000e+00")),
        (0, 0, ("0.0000", "0.0000")),
    ],
)
def test_the_largest_has_four_digits_and_the_rest_as_many_places(printed, largest, smaller, shown):
    lines = printed(_row("a", largest, largest, largest, 1), _row("b", smaller, 0, 0, 2))
    assert lines[0] == "drop in r2 on 9 validation rows, unshuffled 0.75"
    assert next(line for line in lines if line.startswith("1 a")).split()[2] == shown[0]
    assert next(line for line in lines if line.startswith("2 b")).split()[2] == shown[1]


def test_groups_are_shown_and_columns_that_move_together_are_named(printed):
    alone = printed(_row("a", 0.01, 0, 0.02, 1), correlated=[_PAIR])
    assert alone[-2:] == [
        "Move together (0.99): a, b",
        "Columns that move together share or hide importance; --group auto shuffles them together.",
    ]
    rows = [
        _row("a", 0.01, 0, 0.02, 1),
        _row("a + b", 0.5, 0.4, 0.6, 1, "group", "a + b"),
        _row("mine", 0.4, 0.3, 0.5, 2, "group", "b + c"),
    ]
    grouped = printed(*rows, correlated=[_PAIR])
    assert "1 a + b 0.5000 0.4000 .. 0.6000 50.0%" in grouped
    assert "2 mine: b + c 0.4000 0.3000 .. 0.5000 50.0%" in grouped
    assert not any(line.startswith("Move together") for line in grouped)


def test_rows_that_do_not_count_alike_are_told(printed):
    said = " ".join(printed(_row("a", 0.01, 0, 0.02, 1), weighted=True))
    assert "9 validation rows, counted by their sample weights, unshuffled 0.75" in said


def test_many_groups_are_counted(printed):
    pairs = [{**_PAIR, "columns": [f"a{i}", f"b{i}"], "strength": 0.9 + i / 100} for i in range(5)]
    lines = printed(_row("a", 0.01, 0, 0.02, 1), correlated=pairs)
    assert lines[-5] == "Move together (0.94): a4, b4"
    assert lines[-2] == "and 2 more of such groups in feature_importance.json"
