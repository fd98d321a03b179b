"""Seeded data for the example: customers who leave, for reasons that are known.

Because the reasons are planted, the importances can be checked: the columns of ``INFORMATIVE``
must come out above those of ``NOISE``.
"""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

ROWS = 1_500
LABEL = "churned"
INFORMATIVE = ("contract", "monthly fee", "tenure", "last message", "client's region", "joined")
NOISE = ("größe", "noise_1", "noise_2", "postcode", "paperless")
COLUMNS = (
    "monthly fee",
    "größe",
    "tenure",
    "contract",
    "client's region",
    "paperless",
    "postcode",
    "joined",
    "last message",
    "noise_1",
    "noise_2",
    "currency",
    LABEL,
)

_CONTRACTS = {"monthly": 2.2, "one year": 0.0, "two years": -2.2}
_REGIONS = {"north": -2.0, "south": 2.0, "east": 0.0, "île-de-france": 0.0, "West, rural": 0.0}
_YEARS = {2022: 2.0, 2023: 0.0, 2024: -2.0}
_REGION_GAPS = 0.05
_FEE_GAPS = 0.12
_FIRST_DAY = date(2022, 1, 1)
_CHATTER = (
    "please update my address phone number invoice for the next month thank you again "
    "router delivery arrived question about the app login hello your team was friendly"
)
_NEUTRAL = tuple(_CHATTER.split())
_UPSET = ("cancel", "refund", "disappointed")
_UPSET_SHARE = 0.3


def write_data(path: Path, rows: int = ROWS, seed: int = 7) -> Path:
    """Write `data_bytes` to a file."""
    path.write_bytes(data_bytes(rows, seed))
    return path


def data_bytes(rows: int = ROWS, seed: int = 7) -> bytes:
    """Return the example table as UTF-8 csv; the same seed gives the same bytes.

    Parameters
    ----------
    rows
        Number of customers.
    seed
        Seed of everything drawn.
    """
    text = io.StringIO()
    # csv ends lines with \r\n by default, which git and editors show as changed.
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_customers(rows, random.Random(seed)))  # noqa: S311 - data, not a secret
    return text.getvalue().encode("utf-8")


def _customers(rows: int, draw: random.Random) -> Iterator[Sequence[object]]:
    for _ in range(rows):
        fee = 20 + 80 * draw.random()
        tenure = int(60 * draw.random() ** 1.5)
        contract = _one_of(tuple(_CONTRACTS), draw)
        region = _one_of(tuple(_REGIONS), draw)
        joined = _FIRST_DAY + timedelta(days=int(1_095 * draw.random()))
        upset = draw.random() < _UPSET_SHARE
        leaning = (
            (fee - 60) / 11
            - (tenure - 24) / 9
            + _CONTRACTS[contract]
            + _REGIONS[region]
            + _YEARS[joined.year]
            + (2.6 if upset else -0.8)
        )
        leaves = draw.random() < 1 / (1 + math.exp(-leaning))
        yield (
            "" if draw.random() < _FEE_GAPS else f"{fee:.2f}",
            150 + int(50 * draw.random()),
            tenure,
            contract,
            "" if draw.random() < _REGION_GAPS else region,
            _one_of(("True", "False"), draw),
            f"Z{1000 + int(200 * draw.random())}",
            joined.isoformat(),
            _message(upset, draw),
            f"{draw.random():.4f}",
            f"{draw.random():.4f}",
            "EUR",
            "yes" if leaves else "no",
        )


def _message(upset: bool, draw: random.Random) -> str:
    words = [_one_of(_NEUTRAL, draw) for _ in range(4 + int(8 * draw.random()))]
    if upset:
        words.insert(int(len(words) * draw.random()), _one_of(_UPSET, draw))
    return " ".join(words)


def _one_of(values: Sequence[str], draw: random.Random) -> str:
    # random() is the one method whose numbers Python promises to keep between versions.
    return values[int(len(values) * draw.random())]
