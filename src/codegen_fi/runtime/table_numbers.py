"""Read numbers from text as they are written, whichever release of pandas does it."""

from __future__ import annotations

from typing import Any

import pandas as pd

EXACT_FROM = 3
# Releases before read a third of all numbers of 17 digits as a neighbour of what is written, which
# is enough to put a value on the other side of a bin's edge; the later ones take no such argument.
EXACT: dict[str, Any] = (
    {"float_precision": "round_trip"} if int(pd.__version__.partition(".")[0]) < EXACT_FROM else {}
)
