"""The saved table reads back as it was, whatever is in it."""

from __future__ import annotations

import csv
import dataclasses
import json
import math

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor

from codegen_fi.runtime.importance import COLUMNS, explain, read_header, read_rows
from codegen_fi.runtime.importance.rows import (
    FIRST_COLUMNS,
    Column,
    Measure,
    exact,
    record_of,
    row_from,
    rows_of,
)
from codegen_fi.runtime.importance.save import csv_text, write_whole

ODD = ["NA", "nan", "", "a, b", 'say "x"', "line\nbreak", "größe", "年齢", "=1+1", "'", "\udc80"]


@pytest.fixture(scope="module")
def explanation():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = KNeighborsRegressor().fit(X, y)
    return explain(model, X, y, repeats=2)


def same(left, right):
    return all(
        a == b or (isinstance(a, float) and math.isnan(a) and math.isnan(b))
        for a, b in zip(
            record_of(left).values(),
            record_of(right).values(),
            strict=True,
        )
    )


def test_the_table_has_the_columns_of_the_contract():
    assert COLUMNS == (
        "method",
        "space",
        "model",
        "feature",
        "raw_feature",
        "importance",
        "std",
        "ci_low",
        "ci_high",
        "share",
        "rank",
        "note",
        "class",
    )


def test_csv_reads_back_to_the_last_bit(explanation, tmp_path):
    explanation.save(tmp_path)
    back = read_rows(tmp_path)
    assert len(back) == len(explanation.rows) == 21
    assert all(same(a, b) for a, b in zip(back, explanation.rows, strict=True))


def test_json_is_strict_and_carries_rows_and_header(explanation, tmp_path):
    _, path = explanation.save(tmp_path)

    def refuse(name):
        raise AssertionError(name)

    content = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    assert content["schema_version"] == 2
    assert content["rows"][0]["importance"] is None
    assert "KNeighborsRegressor" in content["rows"][0]["note"]
    rebuilt = [row_from(record) for record in content["rows"]]
    assert all(same(a, b) for a, b in zip(rebuilt, explanation.rows, strict=True))
    header = read_header(tmp_path)
    assert header["scoring"] == "r2"
    assert header["split"] == "training"
    assert {"python", "numpy", "pandas", "sklearn"} <= set(header["packages"])


@pytest.mark.parametrize("name", ODD)
def test_odd_names_survive_the_csv(name):
    rows = rows_of("native", "raw", "model", [Column(name, name)], exact(np.array([1 / 3])))
    records = list(csv.DictReader(csv_text(rows).splitlines(keepends=True)))
    assert same(row_from(records[0]), rows[0])


def test_half_a_surrogate_pair_is_written_as_an_escape(tmp_path):
    from dataclasses import replace

    X, y = load_diabetes(return_X_y=True, as_frame=True)
    result = explain(Ridge().fit(X, y), X, y, methods=["native"])
    odd = replace(result, rows=(replace(result.rows[0], feature="\udc80x"),))
    _, path = odd.save(tmp_path)
    assert json.loads(path.read_text(encoding="utf-8"))["rows"][0]["feature"] == "\udc80x"
    assert read_rows(tmp_path)[0].feature == "\\udc80x"


def test_to_frame_keeps_types(explanation):
    frame = explanation.to_frame()
    assert str(frame["rank"].dtype) == "Int64"
    assert frame.importance.dtype == np.float64
    assert list(frame.columns) == list(COLUMNS)
    assert frame["rank"].isna().sum() == 1


def test_a_folder_is_made_and_files_replaced_whole(explanation, tmp_path):
    folder = tmp_path / "new" / "outputs"
    paths = explanation.save(folder)
    assert explanation.save(str(folder)) == paths
    assert sorted(path.name for path in folder.iterdir()) == [
        "feature_importance.csv",
        "feature_importance.json",
    ]


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_whole(path, None)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["table.csv"]


def test_a_table_without_a_column_is_refused_by_name(tmp_path):
    (tmp_path / "feature_importance.csv").write_text("method,space\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no column ci_high, ci_low, feature"):
        read_rows(tmp_path)


def test_a_table_of_the_first_version_reads_as_rows_of_no_class(explanation, tmp_path):
    path, _ = explanation.save(tmp_path)
    lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert lines[0] == [*FIRST_COLUMNS, "class"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(line[:-1] for line in lines)
    back = read_rows(tmp_path)
    assert [row.class_name for row in back] == [""] * 21
    assert all(same(a, b) for a, b in zip(back, explanation.rows, strict=True))


def test_the_class_of_a_row_reads_back(tmp_path):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    result = explain(Ridge().fit(X, y), X, y, methods=["native"])
    columns, measure = [Column("a, b", "a, b")], exact(np.array([0.5]))
    rows = [
        rows_of("shap", "raw", "model", columns, measure, class_name=name)[0]
        for name in ("", *[name for name in ODD if "\udc80" not in name])
    ]
    dataclasses.replace(result, rows=tuple(rows)).save(tmp_path)
    assert [row.class_name for row in read_rows(tmp_path)] == [row.class_name for row in rows]


def test_importances_with_a_sign_are_ranked_and_shared_by_magnitude():
    values = np.array([-3.0, 1.0, 0.0, np.nan])
    columns = [Column(name, name) for name in "abcd"]
    rows = rows_of("coefficient", "engineered", "model", columns, exact(values), signed=True)
    assert [(row.feature, row.rank, row.share) for row in rows] == [
        ("a", 1, 0.75),
        ("b", 2, 0.25),
        ("c", 3, 0.0),
        ("d", None, 0.0),
    ]
    assert rows[0].importance == -3.0


def test_a_folder_without_json_has_an_empty_header(tmp_path):
    assert read_header(tmp_path) == {}


def test_shares_come_from_positive_importances_and_ranks_from_all():
    values = np.array([-1.0, 3.0, 1.0, np.nan, 1.0])
    columns = [Column(name, name) for name in "abcde"]
    measure = Measure(values, values, values, values)
    rows = rows_of("permutation", "raw", "model", columns, measure)
    assert [(row.feature, row.rank) for row in rows] == [
        ("b", 1),
        ("c", 2),
        ("e", 3),
        ("a", 4),
        ("d", None),
    ]
    assert [row.share for row in rows] == [0.6, 0.2, 0.2, 0.0, 0.0]


def test_pandas_reads_the_numbers_too(explanation, tmp_path):
    path, _ = explanation.save(tmp_path)
    frame = pd.read_csv(path)
    # pandas 2 reads the last bits otherwise.
    expected = [row.importance for row in explanation.rows[1:]]
    assert frame.importance[1:].tolist() == pytest.approx(expected, rel=1e-13)
