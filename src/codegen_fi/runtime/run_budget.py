"""What permutation may take when nobody says how many rows to score."""

from __future__ import annotations

_HOURS = 1
_GIBIBYTES = 8

STEPS_PER_HOUR = 3_600_000_000_000
"""A step is about a nanosecond of one processor."""

MOST_STEPS = _HOURS * STEPS_PER_HOUR
"""Most steps that all shuffles of all columns may take."""

MOST_BYTES = _GIBIBYTES << 30
"""Most memory that the featurized rows and their copies may take besides the data."""

BUDGET = f"about {_HOURS} hour of one processor, {_GIBIBYTES} GiB"
"""The budget in words."""
