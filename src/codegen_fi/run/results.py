"""Read the results of a training for the summary at its end."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

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
    """One raw column of the table; numbers are None where the method has none."""

    method: str
    feature: str
    importance: float | None
    ci_low: float | None
    ci_high: float | None
    share: float | None
    rank: int | None
    note: str


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
    files
        The result files that exist.
    """

    outputs: Path
    metrics: dict[str, float | None]
    methods: tuple[str, ...]
    method: str | None
    importances: tuple[Importance, ...]
    scored_on: str | None
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
        scored_on = _scored_on(outputs / "feature_importance.json")
    except (ValueError, KeyError, OSError) as error:
        raise TrainingFailedError(f"{outputs} cannot be read: {error!r}.") from error
    ranked = {row.method for row in rows if row.rank is not None}
    methods = tuple(m for m in _PREFERRED if m in ranked)
    if method is None:
        method = next(iter(methods), None)
    method = method if method in methods else None
    chosen = [row for row in rows if row.method == method and row.rank is not None]
    return Results(
        outputs=outputs,
        metrics=metrics,
        methods=methods,
        method=method,
        importances=tuple(sorted(chosen, key=lambda row: row.rank or 0)),
        scored_on=scored_on if method == "permutation" else None,
        files=tuple(outputs / name for name in _FILES if (outputs / name).is_file()),
    )


def _metrics(path: Path) -> dict[str, float | None]:
    if not path.is_file():
        return {}
    return dict(json.loads(path.read_text(encoding="utf-8"))["metrics"])


def _scored_on(path: Path) -> str | None:
    if not path.is_file():
        return None
    header = json.loads(path.read_text(encoding="utf-8"))
    used, every = header["rows_used"], header.get("rows_available", header["rows_used"])
    of = "" if used == every else f" of {every:,}"
    return f"drop in {header['scoring']} on {used:,}{of} {header['split']} rows"


def _rows(path: Path) -> list[Importance]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Importance(
                method=row["method"],
                feature=row["feature"],
                importance=_number(row["importance"]),
                ci_low=_number(row["ci_low"]),
                ci_high=_number(row["ci_high"]),
                share=_number(row["share"]),
                rank=int(row["rank"]) if row["rank"] else None,
                note=row["note"],
            )
            for row in csv.DictReader(stream)
            if (row["space"], row["model"]) == ("raw", "model") and not row.get("class")
        ]


def _number(text: str) -> float | None:
    return float(text) if text else None
