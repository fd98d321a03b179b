"""The steps of an MLTable change its columns as written, in their order, or are refused by name."""

import json
import math

import pandas as pd
import pytest
import yaml

from codegen_fi.runtime.errors import DataError
from codegen_fi.runtime.mltable import read_mltable
from codegen_fi.runtime.tables import load_table

_CSV = """\
zip,country,n,x,when,open
01234,NA,1,1.5,31/12/2024,yes
00042,,2,,01/02/2025,no
 7,null,3,-2e3,2025-03-04,yes
"""


def _table(folder, *steps, reader=None, **files):
    for name, text in (files or {"a.csv": _CSV}).items():
        (folder / name).write_text(text, encoding="utf-8")
    first = {"read_delimited": None} if reader is None else reader
    paths = [{"file": f"./{name}"} for name in (files or {"a.csv": _CSV})]
    content = {"paths": paths, "transformations": [first, *steps]}
    (folder / "MLTable").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder


def _types(**types):
    entries = [{"columns": name, "column_type": kind} for name, kind in types.items()]
    return {"convert_column_types": entries}


def _refusal(folder):
    with pytest.raises(DataError) as caught:
        load_table(folder)
    message = str(caught.value)
    assert str(folder) in message
    assert "\n" not in message
    return message


def _values(column):
    return [None if pd.isna(value) else value for value in column]


@pytest.mark.parametrize("names", ["zip", ["zip"], ["zip", "x"]])
def test_dropped_columns_are_gone(tmp_path, names):
    found = load_table(_table(tmp_path, {"drop_columns": names}))
    gone = {names} if isinstance(names, str) else set(names)
    whole = ["zip", "country", "n", "x", "when", "open"]
    assert list(found.columns) == [name for name in whole if name not in gone]


@pytest.mark.parametrize(("names", "left"), [("n", ["n"]), (["x", "zip"], ["zip", "x"])])
def test_only_kept_columns_stay_in_their_order(tmp_path, names, left):
    found = load_table(_table(tmp_path, {"keep_columns": names}))
    assert list(found.columns) == left


def test_an_empty_list_drops_nothing_and_keeps_nothing(tmp_path):
    assert load_table(_table(tmp_path, {"drop_columns": []})).shape == (3, 6)
    assert "no column" in _refusal(_table(tmp_path, {"keep_columns": []}))


def test_text_stays_as_written_and_only_empty_is_missing(tmp_path):
    typed = {"columns": ["zip", "country"], "column_type": "string"}
    found = load_table(_table(tmp_path, {"convert_column_types": [typed]}))
    assert _values(found["zip"]) == ["01234", "00042", " 7"]
    assert _values(found["country"]) == ["NA", None, "null"]
    assert found["zip"].dtype == found["country"].dtype == object
    assert list(found["n"]) == [1, 2, 3]
    assert list(found.columns) == ["zip", "country", "n", "x", "when", "open"]


def test_text_keeps_its_zeros_whatever_delimiter_header_encoding_and_number_of_files(tmp_path):
    options = {"delimiter": "|", "encoding": "utf16", "header": "no_header"}
    table = _table(
        tmp_path,
        _types(Column1="string"),
        {"drop_columns": "Column2"},
        reader={"read_delimited": options},
        **{"a.txt": "", "b.txt": ""},
    )
    (tmp_path / "a.txt").write_bytes("01|ä|1\n".encode("utf-16"))
    (tmp_path / "b.txt").write_bytes('"0|2"|ö|2\n\n03|ü|3\n'.encode("utf-16"))
    found = load_table(table)
    assert found.to_dict("list") == {"Column1": ["01", "0|2", "03"], "Column3": [1, 2, 3]}


def test_empty_text_can_stay_text_beside_numbers(tmp_path):
    reader = {"read_delimited": {"empty_as_string": True}}
    options = {"formats": ["%d/%m/%Y", "%Y-%m-%d"]}
    lines = _CSV.replace("01/02/2025", "")
    kinds = _types(country="string", x="float", when={"datetime": options})
    found = load_table(_table(tmp_path, kinds, reader=reader, **{"a.csv": lines}))
    assert _values(found["when"].dt.year) == [2024, None, 2025]
    assert list(found["country"]) == ["NA", "", "null"]
    assert _values(found["x"]) == [1.5, None, -2000.0]


def test_without_inference_all_is_text_until_it_is_converted(tmp_path):
    reader = {"read_delimited": {"infer_column_types": False}}
    found = load_table(_table(tmp_path, _types(n="int"), reader=reader))
    assert _values(found["x"]) == ["1.5", None, "-2e3"]
    assert found["n"].dtype == "int64"
    assert _values(found["zip"]) == ["01234", "00042", " 7"]


@pytest.mark.parametrize("inferred", [True, False])
def test_numbers_of_many_digits_are_those_that_are_written(tmp_path, inferred):
    reader = {"read_delimited": {"infer_column_types": inferred}}
    files = {"a.csv": "a,b\n1.8675579901499675,1\n,2\n-0.10321885179355784,3\n"}
    found = load_table(_table(tmp_path, _types(a="float"), reader=reader, **files))
    assert _values(found["a"]) == [1.8675579901499675, None, -0.10321885179355784]


@pytest.mark.parametrize("rows", ["01,2,3\n04,5,6\n", "0,01,3\n1,04,6\n", "1,2,3,4\n5,6,7,8\n"])
def test_rows_longer_than_the_header_are_refused_not_shifted(tmp_path, rows):
    table = _table(tmp_path, _types(a="string"), **{"a.csv": f"a,b\n{rows}"})
    assert "a.csv has 2 column names and a first row of" in _refusal(table)


@pytest.mark.parametrize(
    ("kind", "texts", "dtype", "expected"),
    [
        ("int", ["1", "2"], "int64", [1, 2]),
        ("int", ["1.0", "-2"], "int64", [1, -2]),
        ("int", ["9007199254740993"], "int64", [9007199254740993]),
        ("int", ["1", ""], "float64", [1, None]),
        ("float", ["1", "2"], "float64", [1.0, 2.0]),
        ("float", ["1e3", ""], "float64", [1000.0, None]),
        ("float", ["True", "False"], "float64", [1.0, 0.0]),
        ("int", ["True", "False"], "int64", [1, 0]),
        ("boolean", ["1", "0"], "bool", [True, False]),
        ("boolean", ["True", "false"], "bool", [True, False]),
        ("boolean", ["1", "", "0"], "object", [True, None, False]),
        ({"boolean": {"true_values": ["01"], "false_values": ["1"]}}, ["01", "1"], "bool", [1, 0]),
        (
            {"boolean": {"true_values": "y", "false_values": ["n"], "mismatch_as": "true"}},
            ["n", "?", ""],
            "object",
            [False, True, None],
        ),
        (
            {"boolean": {"true_values": [1], "false_values": [0], "mismatch_as": False}},
            ["1", "?"],
            "bool",
            [True, False],
        ),
    ],
)
def test_a_column_gets_the_type_it_is_given(tmp_path, kind, texts, dtype, expected):
    rows = "".join(f"{text},1\n" for text in texts)
    found = load_table(_table(tmp_path, _types(a=kind), **{"a.csv": f"a,b\n{rows}"}))["a"]
    assert found.dtype == dtype
    assert _values(found) == expected


def test_dates_are_read_by_the_first_format_that_fits(tmp_path):
    kind = {"datetime": {"formats": ["%d/%m/%Y", "%Y-%m-%d"]}}
    found = load_table(_table(tmp_path, _types(when=kind)))["when"]
    assert list(found) == [pd.Timestamp(t) for t in ("2024-12-31", "2025-02-01", "2025-03-04")]
    assert found.dt.tz is None


@pytest.mark.parametrize(
    ("formats", "texts", "expected"),
    [
        ("%Y%m%d", ["20240102", ""], ["2024-01-02", None]),
        ("%d/%m/%Y %I:%M:%S %p", ["03/04/2024 01:02:03 PM"], ["2024-04-03T13:02:03"]),
        ("%Y-%m-%dT%H:%M:%S%z", ["2024-01-02T10:00:00+0200"], ["2024-01-02T08:00:00"]),
        (["%Y", "%Y-%m-%d %H:%M:%S.%f"], ["2024-01-02 03:04:05.25", "1999"],
         ["2024-01-02T03:04:05.25", "1999-01-01"]),
    ],
)  # fmt: skip
def test_dates_of_many_forms_are_read(tmp_path, formats, texts, expected):
    rows = "".join(f"{text},1\n" for text in texts)
    kind = {"datetime": {"formats": formats}}
    found = load_table(_table(tmp_path, _types(a=kind), **{"a.csv": f"a,b\n{rows}"}))["a"]
    assert pd.api.types.is_datetime64_any_dtype(found)
    assert _values(found) == [None if t is None else pd.Timestamp(t) for t in expected]


def test_later_steps_see_what_earlier_ones_left(tmp_path):
    table = _table(
        tmp_path,
        {"keep_columns": ["zip", "n", "x"]},
        _types(n="float"),
        _types(zip="string"),
        {"drop_columns": "x"},
        _types(zip="int"),
    )
    found = load_table(table)
    assert list(found.columns) == ["zip", "n"]
    assert found["n"].dtype == "float64"
    assert list(found["zip"]) == [1234, 42, 7]


def test_parquet_and_json_lines_are_converted_from_their_own_types(tmp_path):
    frame = pd.DataFrame({"i": [1, 2], "b": [True, False], "t": ["01", None], "f": [1.0, 2.0]})
    frame["d"] = pd.to_datetime(["2024-01-02", None])
    given = {"true_values": ["yes"], "false_values": ["no"]}
    dates = {"datetime": {"formats": "%d/%m/%Y"}}
    kinds = _types(i="string", b={"boolean": given}, t="string", f="int", d=dates)
    (tmp_path / "p").mkdir()
    table = _table(tmp_path / "p", kinds, reader={"read_parquet": None}, **{"a.parquet": ""})
    frame.to_parquet(table / "a.parquet")
    found = load_table(table)
    assert _values(found["i"]) == ["1", "2"]
    assert list(found["b"]) == [True, False]
    assert _values(found["d"]) == [pd.Timestamp("2024-01-02"), None]
    assert _values(found["t"]) == ["01", None]
    assert found["f"].dtype == "int64"
    lines = "".join(json.dumps(row) + "\n" for row in ({"a": 7, "b": "x"}, {"a": "07", "b": "y"}))
    reader = {"read_json_lines": {"invalid_lines": "error", "encoding": "utf8"}}
    table = _table(tmp_path, _types(a="string"), reader=reader, **{"a.jsonl": lines})
    assert list(load_table(table)["a"]) == ["7", "07"]


def test_the_options_a_saved_mltable_always_names_are_accepted(tmp_path):
    options = {
        "delimiter": ",", "empty_as_string": False, "encoding": "utf8", "partition_size": 20971520,
        "header": "all_files_same_headers", "include_path_column": False, "path_column": "Path",
        "infer_column_types": {"sample_size": 200}, "support_multi_line": False,
    }  # fmt: skip
    table = _table(tmp_path, reader={"read_delimited": options})
    content = yaml.safe_load((table / "MLTable").read_text("utf-8"))
    content |= {"type": "mltable", "traits": {"index_columns": ["n"]}, "$schema": "x"}
    (table / "MLTable").write_text(yaml.safe_dump(content), encoding="utf-8")
    pd.testing.assert_frame_equal(load_table(table), load_table(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([{"drop_columns": ["nope", "no"]}], "drop_columns names 'nope', 'no', which the files"),
        ([{"keep_columns": "nope"}], "keep_columns names 'nope'"),
        ([_types(nope="string")], "convert_column_types names 'nope'"),
        ([{"drop_columns": "n"}, _types(n="int")], "'n', which an earlier step took away"),
        ([{"keep_columns": "n"}, {"drop_columns": ["x", "y"]}], "'x', which an earlier step"),
        ([{"drop_columns": "n"}, {"keep_columns": "n"}], "that step are 'zip', 'country', 'x'"),
        ([{"drop_columns": None}], "names no columns"),
        ([{"drop_columns": [True]}], "in quotes, not True"),
        ([{"drop_columns": {"pattern": "x"}}], "column names must be text"),
        ([{"convert_column_types": "int"}], "must be a list"),
        ([{"convert_column_types": [{"columns": "n"}]}], "'columns' and 'column_type'"),
        ([_types(n="stream_info")], "'stream_info' is not one of string, int"),
        ([_types(n={"int": {}, "float": {}})], "must be one name"),
        ([_types(n={"int": {"base": 2}})], "int with 'base' is not done"),
        ([_types(n="datetime")], "needs 'formats'"),
        ([_types(n={"datetime": {"formats": ["%Q"]}})], "'%Q' can't be used"),
        ([_types(n={"datetime": {"formats": "%H", "date_constant": "x"}})], "'date_constant'"),
        ([_types(n={"boolean": {"true_values": ["1"]}})], "needs both"),
        ([_types(n={"boolean": {"true_values": ["1"], "false_values": [1]}})], "'1' is among"),
        ([_types(n={"boolean": {"true_values": True, "false_values": "n"}})], "in quotes"),
        ([_types(n={"boolean": {"mismatch_as": "maybe"}})], "'maybe' is not one of"),
        ([_types(zip="string", x="string", open="int")], "'open' can't be converted to int"),
        ([_types(x="int")], "it holds 1.5 (float)"),
        ([_types(open="float")], "it holds 'yes' (str)"),
        ([_types(open="boolean")], "it holds 'yes' (str)"),
        ([_types(when={"datetime": {"formats": "%d/%m/%Y"}})], "it holds '2025-03-04' (str)"),
        ([{"read_delimited": None}], "exactly one of"),
        ([{"take": 1}], "'take', which is not done"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(tmp_path, steps, says):
    assert says in _refusal(_table(tmp_path, *steps))


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("string", math.pi, "it holds 3.14"),
        ("string", True, "it holds True (bool)"),
        ("int", math.pi, "it holds 3.14"),
        ({"datetime": {"formats": "%Y"}}, math.pi, "it holds 3.14"),
    ],
)
def test_values_without_a_plain_meaning_are_refused(tmp_path, kind, value, says):
    table = _table(tmp_path, _types(a=kind), reader={"read_parquet": None}, **{"a.parquet": ""})
    pd.DataFrame({"a": [value]}).to_parquet(table / "a.parquet")
    assert says in _refusal(table)


def test_an_empty_column_of_dates_is_no_number(tmp_path):
    table = _table(tmp_path, _types(a="int"), reader={"read_parquet": None}, **{"a.parquet": ""})
    pd.DataFrame({"a": pd.to_datetime([None, None]), "b": [1, 2]}).to_parquet(table / "a.parquet")
    assert "it holds NaT" in _refusal(table)


def test_a_step_before_the_reader_is_refused(tmp_path):
    table = _table(tmp_path, {"read_delimited": None}, reader={"drop_columns": "n"})
    assert "as its first step" in _refusal(table)


def test_columns_that_should_not_be_inferred_otherwise_are_refused(tmp_path):
    options = {"infer_column_types": {"column_type_overrides": {"n": "string"}}}
    assert "column_type_overrides" in _refusal(_table(tmp_path, reader={"read_delimited": options}))


def test_a_delimiter_of_many_characters_is_refused(tmp_path):
    reader = {"read_delimited": {"delimiter": "||", "header": "no_header"}}
    assert "one character, not '||'" in _refusal(_table(tmp_path, reader=reader))


def test_very_many_columns_are_counted_not_hidden(tmp_path):
    names = [f"c{i}" for i in range(50)]
    with pytest.raises(DataError, match="'c19' and 30 more, which the files don't have"):
        read_mltable(_table(tmp_path, {"drop_columns": names}))
