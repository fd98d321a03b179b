"""The two steps that scripts put in front of label codes and dates: filled, then as text."""

import datetime as dt

import numpy as np
import pandas as pd
from expecting import Refused, Row, categories, dates, durations, nan, objects


def steps(runtime):
    return [
        runtime("featurization.categorical.cat_imputer", "CatImputer")(),
        runtime("featurization.text.stringcast_transformer", "StringCastTransformer")(),
    ]


TABLE = {
    "text": Row(objects("b", None, "b"), ["b", "b", "b"]),
    "floats": Row(pd.Series([1.0, nan, 2.0, 1e16, 1.0]), ["1.0", "1.0", "2.0", "1e+16", "1.0"]),
    "integers turn to floats with the first gap": Row(
        pd.Series([1, 1, 2]), ["1", "1", "2"], new=pd.Series([1, nan]), then=["1.0", "1.0"]
    ),
    "truth, and no value at all later": Row(
        pd.Series([True, False, True]),
        ["True", "False", "True"],
        new=pd.Series([nan, nan]),
        then=["True", "True"],
    ),
    "whole numbers among fractions": Row(
        objects(1, 1.0, 2, 2.5, None), ["1", "1.0", "2", "2.5", "1.0"]
    ),
    "durations as objects": Row(
        objects(dt.timedelta(1), None, dt.timedelta(2)),
        ["1 day, 0:00:00", "1 days 00:00:00", "2 days, 0:00:00"],
    ),
    "bytes are letters": Row(objects(b"a", b"b", None, b"a"), ["a", "b", "a", "a"]),
    "bytes that are none": Row(objects(b"\xff", b"\xff"), Refused("")),
    "text of numpy": Row(objects(np.str_("a"), np.str_("b"), None), ["a", "b", "a"]),
    "truth with gaps": Row(objects(True, None, True), ["True", "True", "True"]),
    "dates in the form of ISO 8601": Row(
        dates("2020-01-02", None), ["2020-01-02T00:00:00.000000000"] * 2
    ),
    "dates of a zone, and no value at all later": Row(
        dates("2020-01-02", None).dt.tz_localize("Europe/Berlin"),
        ["2020-01-01T23:00:00.000000000"] * 2,
        new=objects(None, "x"),
        then=["2020-01-02 00:00:00+01:00", "x"],
    ),
    "dates of a zone, and of none later": Row(
        dates("2020-01-02", None).dt.tz_localize("Europe/Berlin"),
        ["2020-01-01T23:00:00.000000000"] * 2,
        new=dates("2021-07-01", None),
        then=["2021-07-01 00:00:00", "2020-01-02 00:00:00+01:00"],
    ),
    "text that spells dates, and dates later": Row(
        objects("1/2/20", None),
        ["1/2/20"] * 2,
        new=dates("2021-07-01", None),
        then=["2021-07-01T00:00:00.000000000", "2020-01-02T00:00:00.000000000"],
    ),
    "other text, and dates later": Row(
        objects("x", "x"),
        ["x"] * 2,
        new=dates("2021-07-01", None),
        then=["2021-07-01 00:00:00", "x"],
    ),
    "empty text, and dates later": Row(
        objects("", None),
        [""] * 2,
        new=dates("2021-07-01", None),
        then=["2021-07-01T00:00:00.000000000", "NaT"],
    ),
    "text of a date out of range, and dates later": Row(
        objects("1500-01-01"),
        ["1500-01-01"],
        new=dates("2021-07-01", None),
        then=["2021-07-01 00:00:00", "1500-01-01"],
    ),
    "text of a date with a zone, and dates later": Row(
        objects("2020-01-02T03:04:05Z"),
        ["2020-01-02T03:04:05Z"],
        new=dates("2021-07-01", None),
        then=["2021-07-01 00:00:00", "2020-01-02T03:04:05Z"],
    ),
    "dates missing everywhere": Row(pd.Series(pd.DatetimeIndex([None])), ["NaT"]),
    "dates as objects": Row(
        objects(dt.datetime(2020, 1, 2, 3, 4, 5), None, dt.datetime(1500, 1, 1)),
        ["2020-01-02 03:04:05", "1500-01-01 00:00:00", "1500-01-01 00:00:00"],
    ),
    "durations as nanoseconds, cut off": Row(
        durations("1 days", None, "1 days"), ["86400000000000 nanose"] * 3
    ),
    "last NULs are lost": Row(objects("a\0", "b\0c", "\0"), ["a", "b\0c", ""]),
    "lone surrogates": Row(objects("\ud800", "\ud800", None), ["\ud800"] * 3),
    "missing everywhere": Row(objects(None, nan), ["nan", "nan"]),
    "categories": Row(categories("b", None, "b"), ["b", "b", "b"]),
    "nullable integers": Row(pd.Series([2, None, 2], dtype="Int64"), ["2", "2", "2"]),
}
