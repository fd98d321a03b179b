"""The rows as a text table, or as JSON."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence

from fidelity.rows import UNEQUAL, Row

HEADS = ("SDK", "libraries", "case", "matrix equal", "largest", "predictions", "metrics", "verdict")
FORMAT = "{:<5} {:<9} {:<28} {:<12} {:>8} {:>11} {:>8}  {}"


def as_text(rows: Sequence[Row]) -> str:
    notes: dict[str, int] = {}
    lines = [FORMAT.format(*HEADS)]
    for row in rows:
        number = notes.setdefault(row.note, len(notes) + 1) if row.note else ""
        verdict = f"{row.verdict} [{number}]" if number else row.verdict
        lines.append(
            FORMAT.format(
                row.lane, row.side, row.case, _truth(row.matrix), _size(row.largest),
                _size(row.predictions), _size(row.metrics), verdict,
            )
        )  # fmt: skip
    lines += [f"[{number}] {note}" for note, number in notes.items()]
    return "\n".join([*lines, summary(rows)])


def as_json(rows: Sequence[Row]) -> str:
    content = {"summary": summary(rows), "rows": [_finite(row.as_dict()) for row in rows]}
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)


def summary(rows: Sequence[Row]) -> str:
    """One line: how many cases, and what came of them."""
    counted = Counter(row.verdict for row in rows)
    said = ", ".join(f"{number} {verdict}" for verdict, number in counted.most_common())
    compared = [row for row in rows if row.matrix is not None]
    equal = sum(bool(row.matrix) for row in compared)
    ended = "UNEQUAL" if counted[UNEQUAL] else "all well"
    return f"{len(rows)} cases, matrices equal in {equal} of {len(compared)}: {said}; {ended}"


def _truth(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "NO"


def _size(value: float | None) -> str:
    return "-" if value is None else "0" if value == 0 else f"{value:.1e}"


def _finite(row: dict[str, object]) -> dict[str, object]:
    """Infinity, which JSON doesn't know, as text."""
    return {
        name: "inf" if isinstance(value, float) and math.isinf(value) else value
        for name, value in row.items()
    }
