"""Missing cells take the most frequent value; among equals the smallest, or the first category."""

import pandas as pd
from expecting import Row, categories, dates, durations, nan, objects

SENTINEL_32, SENTINEL_64 = -2147483648, -9223372036854775808
BROKEN = "setting text into a nullable or categorical column fails officially"


def steps(runtime):
    return [runtime("featurization.categorical.cat_imputer", "CatImputer")()]


TABLE = {
    "all kinds of missing": Row(
        objects("a", None, nan, pd.NA, pd.NaT, "a", "b"), ["a", "a", "a", "a", "a", "a", "b"]
    ),
    "empty and blank text are values": Row(objects("", " ", "", None), ["", " ", "", ""]),
    "the word nan is a value": Row(objects("nan", "nan", "a", None), ["nan", "nan", "a", "nan"]),
    "a tie goes to the smallest": Row(objects("z", "b", "z", "b", None), ["z", "b", "z", "b", "b"]),
    "capitals are smaller": Row(objects("a", "B", None), ["a", "B", "B"]),
    "sentinels are missing": Row(pd.Series([SENTINEL_32, 1, 1, SENTINEL_64]), [1, 1, 1, 1]),
    "sentinels as floats": Row(pd.Series([-2147483648.0, 2, 2, nan]), [2, 2, 2, 2]),
    "sentinels among objects": Row(objects(SENTINEL_32, "a", "a", SENTINEL_64), ["a"] * 4),
    "sentinels as text are values": Row(
        objects("-2147483648", "a", "a"), ["-2147483648", "a", "a"]
    ),
    "floats": Row(pd.Series([2.5, nan, 1.0, 2.5]), [2.5, 2.5, 1.0, 2.5]),
    "infinite is a value": Row(
        pd.Series([float("inf"), nan, float("inf"), 0]), [float("inf")] * 3 + [0]
    ),
    "truth with gaps": Row(objects(True, None, False, True), [True, True, False, True]),
    "truth, and no value at all later": Row(
        pd.Series([True, False, True]),
        [True, False, True],
        new=pd.Series([nan, nan]),
        then=[True, True],
    ),
    "whole numbers among fractions are numbers": Row(
        objects(1, 1.0, 2, 2.5), [1, 1.0, 2, 2.5], new=objects(None), then=[1.0]
    ),
    "text that differs after a NUL": Row(
        objects("a\0", "a", "a", "a\0b", "a\0b", "a\0b"),
        ["a\0", "a", "a", "a\0b", "a\0b", "a\0b"],
        new=objects(None),
        then=["a\0b"],
        ours="all of it ends at the NUL officially",
    ),
    "numbers and text in a tie": Row(objects(1, "a", None), [1, "a", 1]),
    "nullable integers": Row(pd.Series([2, None, 1, 2], dtype="Int64"), [2, 2, 1, 2]),
    "nullable floats": Row(pd.Series([2.5, None, 2.5], dtype="Float64"), [2.5, 2.5, 2.5]),
    "nullable truth": Row(pd.Series([False, None, False], dtype="boolean"), [False] * 3),
    "nullable text": Row(pd.Series(["b", None, "a", "b"], dtype="string"), ["b", "b", "a", "b"]),
    "categories": Row(categories("b", None, "a", "b"), ["b", "b", "a", "b"]),
    "categories in a tie": Row(
        categories("lo", "hi", None, of=["lo", "hi"], ordered=True), ["lo", "hi", "lo"]
    ),
    "an unused category in front": Row(
        categories("z", "b", None, of=["a", "z", "b"]), ["z", "b", "z"]
    ),
    "categories of integers": Row(categories(2, 1, None, 2), [2, 1, 2, 2]),
    "dates": Row(
        dates("2020-01-02 03:04", None, "2020-01-02 03:04"),
        list(dates("2020-01-02 03:04", "2020-01-02 03:04", "2020-01-02 03:04")),
    ),
    "dates of a zone come back in UTC": Row(
        dates("2020-07-01 02:00", None).dt.tz_localize("Europe/Berlin"),
        list(dates("2020-07-01", "2020-07-01")),
    ),
    "dates missing everywhere": Row(pd.Series(pd.DatetimeIndex([None, None])), [pd.NaT, pd.NaT]),
    "nothing in training": Row(
        objects(None, None), ["nan", "nan"], new=objects("a", None), then=["a", "nan"]
    ),
    "only NaN in training": Row(
        pd.Series([nan]), ["nan"], new=objects("b", nan), then=["b", "nan"]
    ),
    "nothing in new rows": Row(
        objects("a", "b", "b"), ["a", "b", "b"], new=objects(None, nan), then=["b", "b"]
    ),
    "only NaN in new rows of numbers": Row(
        pd.Series([3, 1, 3]), [3, 1, 3], new=pd.Series([nan, nan]), then=[3, 3]
    ),
    "unseen values stay": Row(objects("a"), ["a"], new=objects("zz", None), then=["zz", "a"]),
    "no rows later": Row(objects("a"), ["a"], new=objects(), then=[]),
    "one row": Row(objects("x"), ["x"]),
    "an index of its own": Row(
        pd.Series(["a", None, "a"], index=[7, 7, 7], dtype=object), ["a", "a", "a"]
    ),
    "nullable integers missing everywhere": Row(
        pd.Series([None, None], dtype="Int64"), ["nan", "nan"], ours=BROKEN
    ),
    "categories missing everywhere": Row(categories(None, None), ["nan", "nan"], ours=BROKEN),
    "durations": Row(
        durations("1 days", None, "2 days", "1 days"),
        [86400 * 10**9] * 2 + [2 * 86400 * 10**9, 86400 * 10**9],
    ),
}
