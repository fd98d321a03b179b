"""The time series: trend, season, and columns that move the target, on a daily or monthly grid."""

from driver.frames import random


def _series(freq, periods, grains, exog=True, start="2021-01-04", gaps=False):
    import numpy as np
    import pandas as pd

    r = random()
    out = []
    dates = pd.date_range(start, periods=periods, freq=freq)
    season = {"D": 7, "W": 52, "MS": 12, "H": 24}[freq.split("-")[0]]
    for k, g in enumerate(grains):
        t = np.arange(periods)
        price = np.round(10 + r.normal(0, 1.5, periods) + k, 3)
        promo = r.rand(periods) < 0.2
        weather = r.choice(["sun", "rain", "snow"], periods)
        y = (
            50
            + 10 * k
            + 0.05 * t
            + 8 * np.sin(2 * np.pi * t / season)
            - 2.5 * (price - 10 - k)
            + 12 * promo
            + np.where(weather == "rain", -5, 0)
            + r.normal(0, 1.5, periods)
        )
        d = {"date": dates}
        if len(grains) > 1:
            d["store"] = g[0]
            d["brand's"] = g[1]
        if exog:
            d.update(
                {
                    "unit price": price,
                    "promo": promo,
                    "weather": weather,
                    "noise": np.round(r.normal(size=periods), 4),
                }
            )
        d["qty"] = np.round(y, 3)
        frame = pd.DataFrame(d)
        if gaps:
            frame = frame.drop(index=[15, 16, 40])
        if exog:
            frame.loc[frame.index[::23], "unit price"] = np.nan
        out.append(frame)
    return pd.concat(out, ignore_index=True)


TS_INFORMATIVE = ["unit price", "promo", "weather", "date"]


def data_ts_single():
    return _series("D", 200, ["one"]), "qty", TS_INFORMATIVE


def data_ts_univariate():
    return _series("D", 200, ["one"], exog=False), "qty", ["date"]


def data_ts_monthly():
    return _series("MS", 96, ["one"], start="2014-01-01"), "qty", TS_INFORMATIVE


def data_ts_multi():
    grains = [(1, "alpha"), (1, "beta"), (2, "alpha")]
    return _series("D", 120, grains), "qty", TS_INFORMATIVE + ["store", "brand's"]


def data_ts_multi_gaps():
    grains = [(1, "alpha"), (1, "beta"), (2, "alpha")]
    return _series("D", 120, grains, gaps=True), "qty", TS_INFORMATIVE + ["store", "brand's"]


def data_ts_multi_univariate():
    grains = [(1, "alpha"), (1, "beta"), (2, "alpha")]
    return _series("D", 120, grains, exog=False), "qty", ["date", "store", "brand's"]
