"""Year, month, day, day of week (Monday 0), of year, quarter, week of month, hour, minute, second.

Worked out with a calendar; the first rows of a column also fix the format of its text.
"""

import datetime as dt

import numpy as np
import pandas as pd
from expecting import Row, dates, nan, objects

EARLIEST = [1677, 9, 21, 1, 264, 3, 3, 0, 12, 43]
LEAP = [2020, 2, 29, 5, 60, 1, 5, 0, 0, 0]
JANUARY_2 = [2020, 1, 2, 3, 2, 1, 1, 0, 0, 0]
NEW_YEAR = [2021, 1, 1, 4, 1, 1, 1, 0, 0, 0]


def steps(runtime):
    return [runtime("featurization.datetime.datetime_transformer", "DateTimeFeaturesTransformer")()]


TABLE = {
    "a leap day": Row(dates("2020-02-29"), [LEAP]),
    "the last second of a year": Row(
        dates("2021-12-31 23:59:59.999"), [[2021, 12, 31, 4, 365, 4, 5, 23, 59, 59]]
    ),
    "the seventh and the eighth": Row(
        dates("2020-03-07", "2020-03-08"),
        [[2020, 3, 7, 5, 67, 1, 1, 0, 0, 0], [2020, 3, 8, 6, 68, 1, 2, 0, 0, 0]],
    ),
    "missing is the earliest date": Row(dates("2020-02-29", None), [LEAP, EARLIEST]),
    "missing everywhere": Row(objects(None, nan), [EARLIEST, EARLIEST]),
    "text": Row(objects("2020-02-29", "2020-01-02"), [LEAP, JANUARY_2]),
    "text that is no date": Row(
        objects("2020-02-29", "foo", "", "nan", "2020-02-30"),
        [LEAP, EARLIEST, EARLIEST, EARLIEST, EARLIEST],
    ),
    "no date in the first cell": Row(objects("foo", "2020-02-29"), [EARLIEST, LEAP]),
    "too early and too late": Row(
        objects("1677-09-20", "1677-09-22", "2262-04-12", "3000-01-01", "0001-01-01"),
        [EARLIEST, [1677, 9, 22, 2, 265, 3, 4, 0, 0, 0], EARLIEST, EARLIEST, EARLIEST],
    ),
    "date objects": Row(
        objects(dt.date(2020, 2, 29), dt.date(1500, 1, 1), None, dt.datetime(2021, 1, 1)),
        [LEAP, EARLIEST, EARLIEST, NEW_YEAR],
    ),
    "a zone is turned to UTC": Row(
        dates("2020-03-01 00:30").dt.tz_localize("Europe/Berlin"),
        [[2020, 2, 29, 5, 60, 1, 5, 23, 30, 0]],
    ),
    "text with offsets": Row(
        objects("2020-01-01T22:00:00-02:00", "2020-01-02T05:30:00+05:30"), [JANUARY_2, JANUARY_2]
    ),
    "the day first where the first cell shows it": Row(
        objects("29/02/2020", "01/02/2020"), [LEAP, [2020, 2, 1, 5, 32, 1, 1, 0, 0, 0]]
    ),
    "the month first otherwise": Row(objects("01/02/2020"), [JANUARY_2]),
    "text of numpy": Row(objects(np.str_("2020-02-29"), np.str_("foo")), [LEAP, EARLIEST]),
    "the largest number": Row(
        pd.Series([2**63 - 1, 0, -(2**63)]),
        [
            [2262, 4, 11, 4, 101, 2, 2, 23, 47, 16],
            [1970, 1, 1, 3, 1, 1, 1, 0, 0, 0],
            EARLIEST,
        ],
    ),
    "text that goes on after a NUL": Row(
        objects("2020-02-29", "2020-02-29\0x", "2020-02-29"), [LEAP, EARLIEST, LEAP]
    ),
    "numbers are nanoseconds": Row(pd.Series([1577923200 * 10**9]), [JANUARY_2]),
    "truth is no date": Row(objects(True, False), [EARLIEST, EARLIEST]),
    "one row later": Row(
        objects("2020-02-29"), [LEAP], new=objects("2020-01-02"), then=[JANUARY_2]
    ),
    "an index of its own": Row(
        pd.Series(dates("2020-02-29", None).to_numpy(), index=[9, 9]), [LEAP, EARLIEST]
    ),
    "a lone surrogate": Row(
        objects("\ud800", "2020-02-29"), [EARLIEST, LEAP], ours="cannot be encoded officially"
    ),
}
