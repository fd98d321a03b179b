"""A plot of dots: columns from top to bottom, shares from left to right, a mark per folder."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

ROW: Final = 26
LEFT: Final = 240
WIDTH: Final = 560
_LONGEST: Final = 34
# Decimal places of the smallest distance between ticks, in percent; distances up to the last tick.
_PLACES: Final = 4
_STEPS: Final = 5
_ROUNDING: Final = 1e-9
# Marks that can be told apart without colour; as many folders as have one are drawn.
MARKS: Final = ("circle", "square", "diamond", "triangle", "cross", "ring")


@dataclass(frozen=True)
class Dot:
    """One folder's share of one column, placed in the drawing."""

    x: float
    mark: str
    series: int


@dataclass(frozen=True)
class Line:
    """One column: its name, shortened in the middle where it is long, and its dots."""

    y: int
    name: str
    label: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Dots:
    """The drawing; sizes are in its own units."""

    width: int
    height: int
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    series: tuple[tuple[str, str], ...]


def dots_of(
    names: Sequence[str],
    columns: Sequence[tuple[str, Sequence[Mapping[str, Any] | None]]],
    top: int,
) -> Dots:
    """Place the first columns of the first folders."""
    drawn = columns[:top]
    shares = [s["share"] for _, own in drawn for s in own[: len(MARKS)] if s and s["share"]]
    ticks = _ticks(max(shares, default=1.0))
    most = ticks[-1][0]
    lines = tuple(
        Line(
            ROW * (row + 1),
            name,
            _short(name),
            tuple(
                Dot(round(LEFT + WIDTH * max(s["share"], 0) / most, 1), MARKS[series], series)
                for series, s in enumerate(own[: len(MARKS)])
                if s and s["share"] is not None
            ),
        )
        for row, (name, own) in enumerate(drawn)
    )
    return Dots(
        LEFT + WIDTH + 40,
        ROW * (len(drawn) + 2),
        tuple((round(LEFT + WIDTH * share / most, 1), label) for share, label in ticks),
        lines,
        tuple(zip(names, MARKS, strict=False)),
    )


def _ticks(most: float) -> list[tuple[float, str]]:
    """Choose round shares from 0 to at least the largest, six of them at most."""
    steps = itertools.product(range(_PLACES, -2, -1), (1, 2, 5))
    places, digit = next(
        (places, digit) for places, digit in steps if most <= _STEPS * digit / 10 ** (places + 2)
    )
    step = digit / 10 ** (places + 2)
    count = max(1, math.ceil(most / step - _ROUNDING))
    return [(step * i, f"{step * i:.{max(places, 0)}%}") for i in range(count + 1)]


def _short(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    half = (_LONGEST - 1) // 2
    return f"{name[:half]}…{name[-half:]}"
