"""The scale under a plot of dots is round and holds every dot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen_fi.render.plot_of_dots import LEFT, WIDTH, dots_of


def drawn(*shares):
    return dots_of(["one"], [(f"c{i}", [{"share": share}]) for i, share in enumerate(shares)], 9)


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (1.0, "0% 20% 40% 60% 80% 100%"),
        (0.22, "0% 5% 10% 15% 20% 25%"),
        (0.25, "0% 5% 10% 15% 20% 25%"),
        (0.03, "0% 1% 2% 3%"),
        (0.004, "0.0% 0.1% 0.2% 0.3% 0.4%"),
    ],
)
def test_ticks_are_round(most, labels):
    assert " ".join(label for _, label in drawn(most, most / 3).ticks) == labels


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_every_dot_lies_between_the_first_and_the_last_tick(shares):
    plot = drawn(*shares)
    first, last = plot.ticks[0][0], plot.ticks[-1][0]
    assert (first, last) == (LEFT, LEFT + WIDTH)
    assert 2 <= len(plot.ticks) <= 6
    assert all(first <= dot.x <= last for line in plot.lines for dot in line.dots)
