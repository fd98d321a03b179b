"""The loader reads what it promises, and says in one sentence what it cannot read."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest

from codegen_fi.runtime.errors import DataError
from codegen_fi.runtime.tables import load_table

FRAME = pd.DataFrame(
    {
        "country's": ["BE", None, "FR", "NL"],
        "größe": [1.5, np.nan, 3.25, 4.0],
        "n": [1, 2, 3, 4],
        "flag": [True, False, True, True],
        "y": ["a", "b", "a", "b"],
    }
)


def _same(found, expected=FRAME):
    assert list(found.columns) == list(expected.columns)
    for name in expected:
        pd.testing.assert_series_equal(
            found[name].astype(object).where(found[name].notna(), None),
            expected[name].astype(object).where(expected[name].notna(), None),
        )


WRITERS = {
    "t.csv": lambda f, p: f.to_csv(p, index=False),
    "bom.csv": lambda f, p: f.to_csv(p, index=False, encoding="utf-8-sig"),
    "t.tsv": lambda f, p: f.to_csv(p, index=False, sep="\t"),
    "t.parquet": lambda f, p: f.to_parquet(p),
    "t.feather": lambda f, p: f.to_feather(p),
    "t.jsonl": lambda f, p: f.to_json(p, orient="records", lines=True, force_ascii=False),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_table(tmp_path, name):
    WRITERS[name](FRAME, tmp_path / name)
    _same(load_table(tmp_path / name, label="y", columns=["n", "country's"]))


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_text_is_of_dtype_object_in_every_pandas(tmp_path, name):
    WRITERS[name](FRAME, tmp_path / name)
    found = load_table(tmp_path / name, label="y")
    assert found["y"].dtype == object
    assert isinstance(found["y"].values, np.ndarray)
    assert pd.isna(found["country's"].iloc[1])


@pytest.mark.parametrize("name", WRITERS)
def test_numbers_of_many_digits_are_read_as_they_are_written(tmp_path, name):
    numbers = np.random.default_rng(0).normal(size=200)
    frame = pd.DataFrame({"x": numbers, "y": np.arange(200)})
    if name == "t.jsonl":
        # pandas writes fewer digits.
        lines = [f'{{"x": {x!r}, "y": 1}}\n' for x in numbers.tolist()]
        (tmp_path / name).write_text("".join(lines), encoding="utf-8")
    else:
        WRITERS[name](frame, tmp_path / name)
    np.testing.assert_array_equal(load_table(tmp_path / name, label="y")["x"], numbers)


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_is_read_in_the_order_of_its_names(tmp_path, name):
    folder = tmp_path / "parts"
    folder.mkdir()
    WRITERS[name](FRAME.iloc[2:].reset_index(drop=True), folder / f"b-{name}")
    WRITERS[name](FRAME.iloc[:2].reset_index(drop=True), folder / f"a-{name}")
    (folder / "_SUCCESS").touch()
    (folder / ".hidden").write_text("x")
    _same(load_table(folder, label="y"))


def test_one_line_tells_what_was_read(tmp_path, caplog):
    WRITERS["t.csv"](FRAME, tmp_path / "t.csv")
    with caplog.at_level(logging.INFO, "azureml.training.tabular"):
        load_table(tmp_path / "t.csv", label="y")
    assert [r.getMessage() for r in caplog.records] == [
        f"Read 4 rows x 5 columns from {tmp_path / 't.csv'}"
    ]


def _refused(path, **options):
    with pytest.raises(DataError) as caught:
        load_table(path, **options)
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.png", b"\x89PNG\r\n\x1a\n\0\0", "PNG image"),
        ("png.csv", b"\x89PNG\r\n\x1a\n\0\0", "PNG image"),
        ("book.xlsx", b"PK\x03\x04abc", "Excel"),
        ("book.csv", b"PK\x03\x04abc", "Excel"),
        ("x.parquet", b"a,b\n1,2\n", "not parquet"),
        ("x.csv", b"PAR1....", "parquet"),
        ("x.parquet", b"PAR1....PAR1", "cannot be read as parquet"),
        ("x.feather", b"ARROW1....", "cannot be read as feather"),
        ("x.doc", b"hello", "not a kind of file"),
        ("x.csv", b"", "empty"),
        ("x.csv", b" \n\n", "empty"),
        ("x.jsonl", b"", "empty"),
        ("x.csv", b"a,y\n", "no rows"),
        ("x.csv", b"a,y\n1,\xe9\n", "not UTF-8"),
        ("x.csv", "a,y\n1,2\n".encode("utf-16"), "UTF-16"),
        ("x.csv", b"a,y\n1,2\n1,2,3\n", "line 3"),
        ("x.csv", b'a,y\n1,"2\n', "cannot be read as a table"),
        ("x.csv", b"a,a,y\n1,2,3\n", "more than one column named 'a'"),
        ("x.csv", b"a;y\n1;2\n", "semicolons"),
        ("x.jsonl", b'{"y": 1}\n{"y": 1', "line 2 is not JSON"),
        ("x.json", b'[{"y": 1}]', "json lines"),
        ("x.csv", b"a,y\n1,\n2,\n", "empty in all 2 rows"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    assert says in _refused(path, label="y")


def test_a_missing_file_is_named_with_the_folder_looked_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"no/such\.csv does not exist") as caught:
        load_table("no/such.csv")
    assert str(tmp_path) in str(caught.value)


def test_all_missing_columns_are_named_at_once_with_what_comes_near(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Größe,country’s,n \n1,2,3\n", encoding="utf-8")
    message = _refused(path, label="y", weights="w", columns=["größe", "country's", "n", "zzz"])
    assert "the label column 'y'" in message
    assert "the weight column 'w'" in message
    assert "4 of the 4 columns" in message
    for wanted, near in [("größe", "Größe"), ("country's", "country’s"), ("n", "n ")]:
        assert f"{wanted!r} (it has {near!r})" in message
    assert "'zzz'." in message


def test_very_many_missing_columns_are_counted_not_hidden(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("y\n1\n")
    message = _refused(path, label="y", columns=[f"column {i}" for i in range(50)])
    assert "50 of the 50 columns" in message
    assert "and 30 more" in message


def test_a_folder_of_two_kinds_is_refused(tmp_path):
    WRITERS["t.csv"](FRAME, tmp_path / "a.csv")
    WRITERS["t.tsv"](FRAME, tmp_path / "b.tsv")
    assert "mixes csv (a.csv) and tsv (b.tsv)" in _refused(tmp_path)


def test_files_with_other_columns_are_refused_by_name(tmp_path):
    WRITERS["t.csv"](FRAME, tmp_path / "a.csv")
    WRITERS["t.csv"](FRAME.rename(columns={"n": "m"}), tmp_path / "b.csv")
    with pytest.raises(DataError, match=r"b\.csv differ in 'm', 'n'"):
        load_table(tmp_path)


@pytest.mark.parametrize("rows", ["1,2,3\n4,5,6\n", "0,1,3\n1,4,6\n", "x,1,2,3\ny,4,5,6\n"])
def test_rows_longer_than_the_header_are_refused_not_shifted(tmp_path, rows):
    path = tmp_path / "a.csv"
    path.write_text(f"a,b\n{rows}")
    with pytest.raises(DataError, match="2 column names and a first row of"):
        load_table(path)


def test_a_nested_folder_is_refused_rather_than_left_out(tmp_path):
    WRITERS["t.csv"](FRAME, tmp_path / "a.csv")
    (tmp_path / "more").mkdir()
    assert "'more'" in _refused(tmp_path)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2024-01-02", None, "2024-02-03"], ["2024-01-02", None, "2024-02-03"]),
        (
            ["2024-01-02", "2024-02-03 10:11:12", None],
            ["2024-01-02", "2024-02-03T10:11:12", None],
        ),
        (["03/04/2024", "13/04/2024", None], ["2024-04-03", "2024-04-13", None]),
        (["2024-01-02T10:00:00+02:00", None, None], ["2024-01-02T08:00:00", None, None]),
    ],
)
def test_dates_are_parsed_when_all_of_them_are_dates(tmp_path, texts, expected):
    path = tmp_path / "t.csv"
    pd.DataFrame({"d": texts, "y": [1, 2, 3]}).to_csv(path, index=False)
    found = load_table(path, dates=["d", "absent"])["d"]
    assert pd.api.types.is_datetime64_any_dtype(found)
    assert found.dt.tz is None
    assert [None if pd.isna(v) else v for v in found] == [
        None if v is None else pd.Timestamp(v) for v in expected
    ]


def test_a_column_with_something_else_than_dates_stays_text_and_is_named(tmp_path, caplog):
    path = tmp_path / "t.csv"
    path.write_text("d,y\n2024-01-02,1\nsoon,2\n")
    found = load_table(path, dates=["d"])
    assert list(found["d"]) == ["2024-01-02", "soon"]
    assert "Column 'd' is left as text: 'soon'" in caplog.text


def test_numbers_are_not_read_as_dates(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("d,y\n20240102,1\n20240203,2\n")
    assert load_table(path, dates=["d"])["d"].dtype.kind == "i"


class TestMLTable:
    def _folder(self, tmp_path, text):
        WRITERS["t.csv"](FRAME.iloc[:2], tmp_path / "a.csv")
        WRITERS["t.csv"](FRAME.iloc[2:], tmp_path / "b.csv")
        (tmp_path / "MLTable").write_text(text, encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize(
        "paths",
        ["[{file: ./a.csv}, {file: b.csv}]", "[{pattern: ./*.csv}]", "[{pattern: '*.csv'}]"],
    )
    def test_its_paths_are_read(self, tmp_path, paths):
        folder = self._folder(tmp_path, f"paths: {paths}\ntransformations: [read_delimited]\n")
        _same(load_table(folder, label="y"))
        _same(load_table(folder / "MLTable", label="y"))

    def test_a_folder_path_is_read(self, tmp_path):
        (tmp_path / "data").mkdir()
        WRITERS["t.parquet"](FRAME, tmp_path / "data" / "a.parquet")
        (tmp_path / "MLTable").write_text(
            "type: mltable\npaths: [{folder: ./data}]\ntransformations: [{read_parquet: null}]\n"
        )
        _same(load_table(tmp_path, label="y"))

    def test_its_delimiter_encoding_and_header_are_used(self, tmp_path):
        (tmp_path / "a.txt").write_bytes("é|1\nè|2\n".encode("latin-1"))
        (tmp_path / "MLTable").write_text(
            "paths: [{file: a.txt}]\ntransformations:\n- read_delimited:\n"
            "    delimiter: '|'\n    encoding: iso88591\n    header: no_header\n"
        )
        found = load_table(tmp_path, label="Column2")
        assert list(found["Column1"]) == ["é", "è"]

    def test_empty_text_can_stay_text(self, tmp_path):
        (tmp_path / "a.csv").write_text("t,y\n,1\nx,2\n")
        (tmp_path / "MLTable").write_text(
            "paths: [{file: a.csv}]\ntransformations:\n- read_delimited: {empty_as_string: true}\n"
        )
        assert list(load_table(tmp_path)["t"]) == ["", "x"]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("paths: [{file: azureml://x/y.csv}]\ntransformations: [read_delimited]", "Download"),
            ("paths: [{file: /etc/x.csv}]\ntransformations: [read_delimited]", "relative path"),
            ("paths: [{file: no.csv}]\ntransformations: [read_delimited]", "no file for file"),
            ("paths: [{ftp: no.csv}]\ntransformations: [read_delimited]", "ftp"),
            ("transformations: [read_delimited]", "no file to read"),
            ("paths: [{file: a.csv}]\ntransformations: [read_delimited, {take: 5}]", "'take'"),
            ("paths: [{file: a.csv}]", "exactly one of read_delimited"),
            (
                "paths: [{file: a.csv}]\ntransformations: [{read_delimited: {encoding: ebcdic}}]",
                "'ebcdic' is not one of",
            ),
            (
                "paths: [{file: a.csv}]\n"
                "transformations: [{read_delimited: {include_path_column: true}}]",
                "'include_path_column'",
            ),
            ("[1, 2]", "no mapping"),
            ("paths: [", "not readable YAML"),
        ],
    )
    def test_what_is_not_done_is_refused_by_name(self, tmp_path, text, says):
        folder = self._folder(tmp_path, text + "\n")
        with pytest.raises(DataError, match="MLTable") as caught:
            load_table(folder)
        assert says in str(caught.value)
        assert "\n" not in str(caught.value)
