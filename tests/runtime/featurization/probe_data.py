"""Columns as users have them, built by whichever pandas reads this."""

from io import StringIO

import numpy as np
import pandas as pd

CSV = """text,gaps,flag,flaggap,number,count,when,clock,zoned,dayfirst,year,mixed
b,x,True,True,1.5,3,2020-01-02,2020-01-02 03:04:05,2020-01-02 03:04:05+01:00,13/01/2020,2020,1
a,,False,,,1,,2021-12-31 23:59:59.25,2020-07-01 00:00:00-08:00,01/02/2020,1999,a
,y,True,False,1e20,2,2021-12-31,,2020-01-02 03:04:05Z,,2500,1
a,NA,False,True,1e-7,3,not a date,1999-02-28,,31/12/2020,,c
B,nan,True,True,123456789.123,3,3000-01-01,2020-02-29 12:00,2020-01-02,2020-01-02,3,
 a ,y,True,True,-0.0,3,2020-1-5,Jan 2 2020,text,1/2/20,12,2.0
ünï,null,False,,0.0,-2147483648,20200107,2020-01-02T03:04:05.123456789,,02.01.2020,1700,a
"""


def read_csv():
    frame = pd.read_csv(StringIO(CSV))
    return {f"csv {name}": frame[name] for name in frame.columns}


def typed():
    dates = pd.to_datetime(["2020-01-02 03:04:05", None, "2021-12-31 00:00:00"])
    return {
        "object": pd.Series(["b", "a", None, np.nan, "", "a", "B"], dtype=object),
        "object of everything": pd.Series(
            [1, "1", 1.0, True, None, np.nan, pd.NaT, pd.NA, 2.5], dtype=object
        ),
        "text and numbers": pd.Series([1, "a", 1, None], dtype=object),
        "integer": pd.Series([3, 1, 2, 3, 3, 5]),
        "integer sentinel": pd.Series([-2147483648, 1, 1, 2, -9223372036854775808]),
        "float": pd.Series([1.0, np.nan, 2.5, 1.0, 1e20, 1e-7, 1e16, -0.0, 0.0, np.inf]),
        "float32": pd.Series([1.1, np.nan, 2.5, 1.1, 1e10], dtype="float32"),
        "bool": pd.Series([True, False, True]),
        "bool gaps": pd.Series([True, False, None, True], dtype=object),
        "Int64": pd.Series([1, 2, None, 1], dtype="Int64"),
        "boolean": pd.Series([True, None, True, False], dtype="boolean"),
        "string": pd.Series(["a", None, "b", "a"], dtype="string"),
        "category": pd.Series(pd.Categorical(["a", None, "b", "a"])),
        "category of integers": pd.Series(pd.Categorical([1, None, 2, 1])),
        "dates": pd.Series(dates),
        "days": pd.Series(pd.to_datetime(["2020-01-02", None, "2021-12-31"])),
        "fractions": pd.Series(
            pd.to_datetime(["2020-01-02 03:04:05.123456", "2021-12-31 00:00:00.000000"])
        ),
        "zoned dates": pd.Series(dates).dt.tz_localize("Europe/Berlin"),
        "date objects": pd.Series([pd.Timestamp("2020-01-02"), None, "2021-12-31"], dtype=object),
        "numbers as objects": pd.Series([1, 1.0, 2, 2.5, None], dtype=object),
        "text of numpy": pd.Series([np.str_("2020-01-02"), np.str_("b"), None], dtype=object),
        "bytes": pd.Series([b"a", b"b", b"a"], dtype=object),
        "largest integers": pd.Series([2**63 - 1, 2**31 - 1, 1, 1]),
        "half precision": pd.Series([1.5, np.nan, 2, 1.5], dtype="float16"),
        "nothing": pd.Series([None, None, None], dtype=object),
        "only nan": pd.Series([np.nan, np.nan]),
        "no rows": pd.Series([], dtype=object),
        "one row": pd.Series(["x"], dtype=object),
        "tie": pd.Series(["z", "b", "z", "b", None], dtype=object),
        "words": pd.Series(["The cat sat, on the Mat", "a dog", "", "CAT cat dog 12 x", "nan"]),
        "many": pd.Series([f"v{place}" for place in range(3000)] + ["", "ünï", "日本", "a b"]),
    }


def columns():
    return {**read_csv(), **typed()}


DATES = """2020-01-02|2020-1-2|2020/01/02|01/02/2020|13/01/2020|1/2/20|20200102|2020-01|2020|20|3|
199|1.5|
2020-01-02T03:04:05|2020-01-02T03:04:05Z|2020-01-02 03:04:05+0100|2020-01-02 03:04:05 +01:00|
2020-01-02 03:04|2020-01-02 03|2020-01-02T03:04:05.123456789|2020-01-02 03:04:05.1|Jan 2 2020|
2 Jan 2020|January 2, 2020|2-Jan-2020|02-Jan-20|Thu Jan  2 03:04:05 2020|
Thu, 02 Jan 2020 03:04:05 GMT|2020-01-02 03:04:05 UTC|2020-01-02 03:04:05 EST|
2020-01-02 03:04:05 PM|1/2/2020 3:04 PM|1/2/2020 3:04:05 PM|3pm|monday|Jan|Jan 2020|2020Q1|Q1 2020|
2020-W01-1|2020-001|2020001|nan|NaN|NaT|None|null|NA|<NA>|foo|3000-01-01|1600-01-01|
1677-09-21|1677-09-22|2262-04-11|2262-04-12|9999-12-31|0001-01-01|2020-02-30|2020-13-01|31/12/2020|12/31/2020|
2020.01.02|02.01.2020|13.01.2020|01-02-2020|13-01-2020|2020-01-02T25:00:00|2020-01-02 24:00:00|
1577934245|1577934245000000000|-1|1e9|True|0|2020-01-02T030405|20200102T030405|20200102030405|
202001020304|2020010203|2020-01-02T|2020 01 02|Jan 2|1/2|01/2020|a|t|z|2020-01-02 03:04:05-08:00|
12:30 2020-01-02|5 PM|2020-01-02 03:04:60|20-01-02|99-01-02|1/2/70|1000|1700|private|self emp|may|
31/12/2020 10:11:12.500000|31/12/2020 10:11:12.5|31/12/2020 10:11|5/6/2020|06-05-2020|05.06.2020"""
DATES = [word.strip() for word in DATES.replace("\n", "").split("|")]
HEADS = """2020-01-02|13/01/2020|01/02/2020|foo|2020-01-02 03:04:05+01:00|2 Jan 2020|20200102|
31/12/2020 10:11:12|31/12/2020 10:11:12.5|31/12/2020 10:11:12.500000|02.01.2020|2020/01/02|
1/2/2020 3:04 PM|02-Jan-20|January 2, 2020|13-01-2020|nan|2020-01-02T03:04:05.000000000|
01/02/2020 03:04"""
HEADS = [word.strip() for word in HEADS.replace("\n", "").split("|")]
