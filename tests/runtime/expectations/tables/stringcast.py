"""Every value as text; a missing one is a word like any other."""

import datetime as dt
import decimal

import numpy as np
import pandas as pd
from expecting import Row, categories, dates, durations, nan, objects

UNHASHABLE = "leaves NaT in, officially, which no later step takes"


def steps(runtime):
    return [runtime("featurization.text.stringcast_transformer", "StringCastTransformer")()]


TABLE = {
    "text stays": Row(objects("a", "", " ", "A b", "\t"), ["a", "", " ", "A b", "\t"]),
    "missing": Row(objects(None, nan, pd.NA, pd.NaT), ["None", "nan", "<NA>", "NaT"]),
    "one in many types": Row(
        objects(1, 1.0, True, "1", np.float32(1.1), None), ["1", "1.0", "True", "1", "1.1", "None"]
    ),
    "integers": Row(pd.Series([1, -2147483648]), ["1", "-2147483648"]),
    "floats": Row(
        pd.Series([1.0, 0.1 + 0.2, 1e15, 1e16, 1e-4, 1e-5, -0.0, 0.0, nan, np.inf, -np.inf]),
        [
            "1.0",
            "0.30000000000000004",
            "1000000000000000.0",
            "1e+16",
            "0.0001",
            "1e-05",
            "-0.0",
            "0.0",
            "nan",
            "inf",
            "-inf",
        ],
    ),
    "the extremes of floats": Row(
        pd.Series([5e-324, 1.7976931348623157e308]), ["5e-324", "1.7976931348623157e+308"]
    ),
    "single precision": Row(
        pd.Series([1.1, 16777216, 1e-3, 1e15, 1e16, nan], dtype="float32"),
        ["1.1", "16777216.0", "0.001", "1000000000000000.0", "1e+16", "nan"],
    ),
    # The nearest single to 1e-4 lies below it.
    "single precision at the turn": Row(pd.Series([1e-4], dtype="float32"), ["1e-04"]),
    "truth": Row(pd.Series([True, False]), ["True", "False"]),
    "nullable integers": Row(pd.Series([1, None], dtype="Int64"), ["1", "<NA>"]),
    "nullable floats": Row(
        pd.Series([1.0, None, -0.0, 0.0], dtype="Float64"), ["1.0", "<NA>", "-0.0", "0.0"]
    ),
    "nullable truth": Row(pd.Series([True, None], dtype="boolean"), ["True", "<NA>"]),
    "nullable text": Row(pd.Series(["a", None, ""], dtype="string"), ["a", "<NA>", ""]),
    "categories": Row(categories("b", None, "a", of=["z", "b", "a"]), ["b", "nan", "a"]),
    "categories of integers": Row(categories(1, None, 2), ["1", "nan", "2"]),
    "categories of truth": Row(categories(True, None), ["True", "nan"]),
    "categories of dates": Row(
        categories(*pd.DatetimeIndex(["2020-01-02", "2020-01-03"])), ["2020-01-02", "2020-01-03"]
    ),
    "categories of dates with gaps": Row(
        categories(pd.Timestamp("2020-01-02 03:04:05"), None),
        ["2020-01-02 03:04:05", "NaT"],
        ours=UNHASHABLE,
    ),
    "days have no clock": Row(dates("2020-01-02", None), ["2020-01-02", "NaT"]),
    "one clock gives all a clock": Row(
        dates("2020-01-02", "2020-01-02 03:04:05"), ["2020-01-02 00:00:00", "2020-01-02 03:04:05"]
    ),
    "milliseconds": Row(
        dates("2020-01-02 03:04:05.12", "2020-01-03"),
        ["2020-01-02 03:04:05.120", "2020-01-03 00:00:00.000"],
    ),
    "microseconds": Row(
        dates("2020-01-02 03:04:05.000001", None), ["2020-01-02 03:04:05.000001", "NaT"]
    ),
    "nanoseconds": Row(dates("2020-01-02 03:04:05.123456789"), ["2020-01-02 03:04:05.123456789"]),
    "the ends of the calendar": Row(
        pd.Series([pd.Timestamp.min, pd.Timestamp.max]),
        ["1677-09-21 00:12:43.145224193", "2262-04-11 23:47:16.854775807"],
    ),
    "dates of a zone each have what they need": Row(
        dates("2020-07-01", "2020-01-02 03:04:05.5", None).dt.tz_localize("Europe/Berlin"),
        ["2020-07-01 00:00:00+02:00", "2020-01-02 03:04:05.500000+01:00", "NaT"],
    ),
    "date objects": Row(
        objects(dt.date(1500, 1, 2), dt.datetime(2020, 1, 2, 3, 4, 5), dt.time(1, 2)),
        ["1500-01-02", "2020-01-02 03:04:05", "01:02:00"],
    ),
    "whole days": Row(durations("1 days", "-2 days", None), ["1 days", "-2 days", "NaT"]),
    "durations": Row(
        durations("1 days", "2 days 03:04:05"), ["1 days 00:00:00", "2 days 03:04:05"]
    ),
    "periods": Row(
        pd.Series(pd.period_range("2020-01", periods=2, freq="M")), ["2020-01", "2020-02"]
    ),
    "decimals": Row(objects(decimal.Decimal("1.10"), decimal.Decimal(2)), ["1.10", "2"]),
    "containers": Row(objects([1, 2], (1,), {"a": 1}), ["[1, 2]", "(1,)", "{'a': 1}"]),
    "bytes": Row(objects(b"a", b"\xff"), ["b'a'", "b'\\xff'"]),
    "an array of bytes is one of letters": Row(objects(b"a", "b").to_numpy(), ["a", "b"]),
    "text of numpy": Row(objects(np.str_("a"), None), ["a", "None"]),
    "letters of all kinds": Row(
        objects("e\u0301", "\u00e9", "a\0b\0", "\ud800", "\U0001f600"),
        ["e\u0301", "\u00e9", "a\0b\0", "\ud800", "\U0001f600"],
    ),
    "a long text": Row(objects("ab " * 100_000), ["ab " * 100_000]),
    "no rows": Row(objects(), []),
    "no dates": Row(pd.Series([], dtype="datetime64[ns]"), []),
    "an index of its own": Row(pd.Series([1, 2], index=["x", "x"]), ["1", "2"]),
    "arrays of objects": Row(objects("a", None, nan).to_numpy(), ["a", "None", "nan"]),
    "arrays of dates": Row(
        dates("2020-01-02", None).to_numpy("datetime64[ns]"),
        ["2020-01-02T00:00:00.000000000", "NaT"],
    ),
}
