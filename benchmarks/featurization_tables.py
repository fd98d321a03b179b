"""Tables as users have them, from a seed: ``table(name, rows, seed)``.

Written for any pandas: the official runtime reads the same rows with pandas 1.5.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

NUMBERS = 200
# How many different values each column of the categorical table has, and how it is encoded.
CATEGORIES = {
    "product": (50_000, "hash"),
    "customer": (200_000, "hash"),
    "zip": (8_000, "hash"),
    "city": (2_000, "one-hot"),
    "country": (180, "one-hot"),
    "browser": (40, "one-hot"),
    "plan": (5, "one-hot"),
    "member": (2, "label"),
}
VOCABULARY = 20_000
SYLLABLES = re.findall("..", "anbecodaerfigohuinjokalemoneorpaquresttiunvewoxyzaür")


def words(count: int, seed: int) -> np.ndarray[Any, Any]:
    """Make up different words of one to five syllables, the short ones first."""
    random = np.random.RandomState(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        size = 1 + int(len(made) > 20) + int(len(made) > 300) + random.randint(0, 3)
        made["".join(SYLLABLES[k] for k in random.randint(0, len(SYLLABLES), size))] = None
    return np.array(list(made), dtype=object)


def zipf(random: Any, count: int, size: int) -> np.ndarray[Any, Any]:
    """Draw places below `count`, the k-th with a chance of about ``1 / k``."""
    return np.minimum(np.exp(random.random_sample(size) * np.log(count + 1)) - 1, count - 1).astype(
        np.int64
    )


def with_gaps(random: Any, values: Any, share: float) -> Any:
    """Lose a share of the values."""
    values = values.astype(object) if values.dtype.kind not in "fM" else values
    gaps = random.random_sample(len(values)) < share
    values[gaps] = np.datetime64("NaT") if values.dtype.kind == "M" else np.nan
    return values


def categories(random: Any, count: int, size: int, prefix: str) -> np.ndarray[Any, Any]:
    names = np.array([f"{prefix}{place:05d}" for place in range(count)], dtype=object)
    return names[zipf(random, count, size)]


def sentences(random: Any, size: int, shortest: int, longest: int) -> np.ndarray[Any, Any]:
    """Put words of Zipf's law into sentences, each with a capital and a full stop."""
    known = words(VOCABULARY, 7)
    lengths = random.randint(shortest, longest + 1, size)
    drawn = known[zipf(random, VOCABULARY, int(lengths.sum()))]
    ends = np.cumsum(lengths)
    starts = ends - lengths
    texts = np.empty(size, dtype=object)
    for row, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        texts[row] = " ".join(drawn[start:end]).capitalize() + "."
    return texts


def moments(random: Any, size: int) -> np.ndarray[Any, Any]:
    seconds = random.randint(1_400_000_000, 1_700_000_000, size)
    return seconds.astype("datetime64[s]").astype("datetime64[ns]")


def demo(random: Any, size: int) -> dict[str, Any]:
    """Give the columns of the bundled example: a few of every kind."""
    flags = random.random_sample(size) < 0.4
    return {
        "age": random.randint(18, 90, size),
        "hours per week": with_gaps(random, random.normal(40, 8, size).round(1), 0.08),
        "größe": random.gamma(4, 1, size).round(3),
        "noise_1": random.random_sample(size).round(4),
        "noise_2": random.random_sample(size).round(4),
        "workclass": with_gaps(random, categories(random, 8, size, "Class "), 0.05),
        "country's": categories(random, 5, size, "C"),
        "sex": categories(random, 2, size, "s"),
        "is_member": flags,
        "zip": categories(random, 180, size, "Z"),
        "signup": with_gaps(random, moments(random, size), 0.03),
        "comment": with_gaps(random, sentences(random, size, 4, 10), 0.02),
    }


def numbers(random: Any, size: int) -> dict[str, Any]:
    columns = {}
    for place in range(NUMBERS):
        values = random.normal(place, 1 + place, size)
        columns[f"x{place}"] = with_gaps(random, values, 0.1) if place % 4 == 0 else values
    return columns


def many_categories(random: Any, size: int) -> dict[str, Any]:
    return {
        name: with_gaps(random, categories(random, count, size, name[:2].upper()), 0.02)
        for name, (count, _) in CATEGORIES.items()
    }


def dates(random: Any, size: int) -> dict[str, Any]:
    """Give dates that are known as such, and dates as text in three spellings."""
    texts = {
        f"{name} as text": with_gaps(
            random, pd.DatetimeIndex(moments(random, size)).strftime(layout).to_numpy(object), 0.03
        )
        for name, layout in {
            "moment": "%Y-%m-%d %H:%M:%S",
            "day": "%d/%m/%Y",
            "month": "%b %d %Y",
        }.items()
    }
    known = {f"known {k}": with_gaps(random, moments(random, size), 0.03) for k in range(2)}
    return {**known, **texts}


def texts(random: Any, size: int) -> dict[str, Any]:
    return {
        "title": with_gaps(random, sentences(random, size, 3, 6), 0.02),
        "body": with_gaps(random, sentences(random, size, 8, 20), 0.01),
    }


TABLES: dict[str, Callable[[Any, int], dict[str, Any]]] = {
    "demo": demo,
    "numbers": numbers,
    "categories": many_categories,
    "dates": dates,
    "texts": texts,
}


def table(name: str, rows: int, seed: int) -> pd.DataFrame:
    """Make a table.

    Parameters
    ----------
    name : str
        A key of `TABLES`.
    rows, seed : int

    Returns
    -------
    DataFrame, (rows, ...)
        Text is of dtype object, as the loaders of both runtimes give it.
    """
    columns = TABLES[name](np.random.RandomState(seed), rows)
    return pd.DataFrame(
        {
            key: pd.Series(values, dtype=object) if values.dtype == object else values
            for key, values in columns.items()
        }
    )
