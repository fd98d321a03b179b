"""What a training left behind, as the page shows it."""

from __future__ import annotations

import base64
import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_PLOTS: Final = "feature_importance*.png"
_COLUMNS: Final = ("rank", "feature", "importance", "ci_low", "ci_high", "share", "note")
_TEXT: Final = ("feature", "note")


@dataclass(frozen=True)
class Ranking:
    """The raw columns as one method ranks them; cells are numbers, text or None."""

    method: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class ResultsView:
    """Metrics, importances and plot of one training.

    Attributes
    ----------
    verdict
        One sentence.
    rows
        How many rows were scored, and which.
    metrics
        Scalar metrics by name; None where one isn't defined.
    plots
        Name and data address of each plot, the ranking first.
    packages
        Versions of what it was trained with.
    """

    verdict: str
    rows: str
    metrics: tuple[tuple[str, float | None], ...]
    rankings: tuple[Ranking, ...]
    plots: tuple[tuple[str, str], ...]
    packages: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]


def read_results_view(outputs: Path) -> ResultsView | None:
    """Read the output folder of a training; None when there is none to show."""
    metrics = _json(outputs / "metrics.json").get("metrics", {})
    header = _json(outputs / "feature_importance.json")
    rankings = _rankings(outputs / "feature_importance.csv")
    if not metrics and not rankings:
        return None
    return ResultsView(
        verdict=_verdict(metrics, header, rankings),
        rows=_rows(header),
        metrics=tuple(sorted(metrics.items())),
        rankings=rankings,
        plots=tuple(_pictures(outputs)),
        packages=tuple(sorted(header.get("packages", {}).items())),
        notes=tuple(_notes(header)),
    )


def _json(path: Path) -> Mapping[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _rows(header: Mapping[str, Any]) -> str:
    if not header:
        return "not said"
    used, all_rows = header["rows_used"], header["rows_available"]
    part = f"{used:,} of {all_rows:,}" if used != all_rows else f"{used:,}"
    return f"importances on {part} {header['split']} rows"


def _verdict(
    metrics: Mapping[str, float | None],
    header: Mapping[str, Any],
    rankings: tuple[Ranking, ...],
) -> str:
    score = header.get("scoring")
    parts = ["It was trained here"]
    if score and header.get("baseline") is not None:
        parts.append(f"and scores {header['baseline']:.4g} ({score})")
    said = " ".join(parts)
    if not rankings or not rankings[0].rows:
        return f"{said}."
    leading = [str(row[1]) for row in rankings[0].rows[:3]]
    return f"{said}; the columns that drive it most ({rankings[0].method}): {', '.join(leading)}."


def _rankings(path: Path) -> tuple[Ranking, ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        raw = [
            row
            for row in csv.DictReader(stream)
            if (row["space"], row["model"]) == ("raw", "model") and not row.get("class")
        ]
    methods = sorted({row["method"] for row in raw}, key=_order)
    found = []
    for method in methods:
        rows = [
            tuple(row[c] if c in _TEXT else _number(row[c]) for c in _COLUMNS)
            for row in raw
            if row["method"] == method
        ]
        rows.sort(key=lambda row: (row[0] is None, row[0] or 0))
        found.append(Ranking(method, _COLUMNS, tuple(rows)))
    return tuple(found)


def _order(method: str) -> tuple[int, str]:
    first = {"permutation": 0, "shap": 1, "native": 2}
    return first.get(method, len(first)), method


def _number(text: str) -> float | int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else float(text)


def _pictures(outputs: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(outputs.glob(_PLOTS), key=lambda path: (len(path.name), path.name)):
        data = base64.b64encode(path.read_bytes()).decode("ascii")
        yield path.stem.replace("_", " "), f"data:image/png;base64,{data}"


def _notes(header: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what to read the importances with: failures, what was left out, who moves together."""
    yield from ((f"{method} failed", why) for method, why in header.get("failures") or ())
    yield from ((what, why) for what, why in header.get("skipped") or ())
    for group in header.get("correlated") or ():
        words = f"move together ({group['strength']:.2f}): they share or hide importance"
        yield "correlated columns", f"{', '.join(map(str, group['columns']))} {words}"
