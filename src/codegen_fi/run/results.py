"""Read the results of a training for the summary at its end."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen_fi.errors import TrainingFailedError

_FILES = (
    "model.pkl",
    "metrics.json",
    "feature_importance.csv",
    "feature_importance.json",
    "feature_importance.png",
    "feature_importance.svg",
    "feature_importance_members.png",
    "feature_importance_members.svg",
    "feature_importance_classes.png",
    "feature_importance_classes.svg",
    "feature_importance_coefficients.png",
    "feature_importance_coefficients.svg",
    "run.log",
)
_PREFERRED = ("permutation", "shap", "native")


@dataclass(frozen=True)
class Importance:
    """One raw column or group of them of the table; numbers are None where the method has none."""

    method: str
    space: str
    feature: str
    raw_feature: str
    importance: float | None
    ci_low: float | None
    ci_high: float | None
    share: float | None
    rank: int | None
    note: str


@dataclass(frozen=True)
class Together:
    """Columns that share or hide each other's importance, and how strongly they move together."""

    name: str
    columns: tuple[str, ...]
    strength: float


@dataclass(frozen=True)
class Results:
    """What a training left in its output folder.

    Attributes
    ----------
    outputs
        The folder.
    metrics
        Scalar metrics by name; None where a metric isn't defined.
    methods
        Those with a ranking of the raw columns, the best first.
    method
        The method of `importances`: permutation when it was computed.
    importances
        The raw columns by rank, all of them.
    scored_on
        What a permutation importance is a drop of, in words; None without permutation.
    baseline
        The score that it is a drop of.
    groups
        Groups of columns that permutation shuffled together, by rank.
    together
        Columns that move together, the strongest first.
    files
        The result files that exist.
    """

    outputs: Path
    metrics: dict[str, float | None]
    methods: tuple[str, ...]
    method: str | None
    importances: tuple[Importance, ...]
    scored_on: str | None
    baseline: float | None
    groups: tuple[Importance, ...]
    together: tuple[Together, ...]
    files: tuple[Path, ...]


def read_results(outputs: Path, method: str | None = None) -> Results:
    """Read metrics and importances; parts that were not written are empty.

    Parameters
    ----------
    method
        Of the importances; None for the best that there is, another text for none.

    Raises
    ------
    TrainingFailedError
        A file that is there can't be read.
    """
    try:
        rows = _rows(outputs / "feature_importance.csv")
        metrics = _metrics(outputs / "metrics.json")
        header = _header(outputs / "feature_importance.json")
        scored_on = _scored_on(header)
        together = [
            Together(group["name"], tuple(group["columns"]), float(group["strength"]))
            for group in header.get("correlated", ())
        ]
    except (ValueError, KeyError, OSError) as error:
        raise TrainingFailedError(f"{outputs} cannot be read: {error!r}.") from error
    groups = [row for row in rows if row.space == "group" and row.rank is not None]
    rows = [row for row in rows if row.space == "raw" and row.rank is not None]
    ranked = {row.method for row in rows}
    methods = tuple(m for m in _PREFERRED if m in ranked)
    if method is None:
        method = next(iter(methods), None)
    method = method if method in methods else None
    shuffled = method == _PREFERRED[0]
    return Results(
        outputs=outputs,
        metrics=metrics,
        methods=methods,
        method=method,
        importances=_by_rank(row for row in rows if row.method == method),
        scored_on=scored_on if shuffled else None,
        baseline=header.get("baseline") if shuffled else None,
        groups=_by_rank(groups) if shuffled else (),
        together=tuple(sorted(together, key=lambda group: -group.strength)),
        files=tuple(outputs / name for name in _FILES if (outputs / name).is_file()),
    )


def _by_rank(rows: Iterable[Importance]) -> tuple[Importance, ...]:
    return tuple(sorted(rows, key=lambda row: row.rank or 0))


def _metrics(path: Path) -> dict[str, float | None]:
    if not path.is_file():
        return {}
    return dict(json.loads(path.read_text(encoding="utf-8"))["metrics"])


def _header(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _scored_on(header: Mapping[str, Any]) -> str | None:
    if not header:
        return None
    used, every = header["rows_used"], header.get("rows_available", header["rows_used"])
    of = "" if used == every else f" of {every:,}"
    weighed = ", counted by their sample weights" if header.get("weighted") else ""
    return f"drop in {header['scoring']} on {used:,}{of} {header['split']} rows{weighed}"


def _rows(path: Path) -> list[Importance]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Importance(
                method=row["method"],
                space=row["space"],
                feature=row["feature"],
                raw_feature=row.get("raw_feature") or "",
                importance=_number(row["importance"]),
                ci_low=_number(row["ci_low"]),
                ci_high=_number(row["ci_high"]),
                share=_number(row["share"]),
                rank=int(row["rank"]) if row["rank"] else None,
                note=row["note"],
            )
            for row in csv.DictReader(stream)
            if row["space"] in ("raw", "group") and row["model"] == "model" and not row.get("class")
        ]


def _number(text: str) -> float | None:
    return float(text) if text else None
