"""What a training left behind, as the page shows it."""

from __future__ import annotations

import base64
import csv
import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen_fi.runtime.printable import group_label

_PLOTS: Final = "feature_importance*.png"
_CAPTIONS: Final = {
    "feature_importance": "Importances of the columns",
    "feature_importance_members": "What each member of the ensemble uses",
    "feature_importance_classes": "Importances by class",
    "feature_importance_coefficients": "Coefficients with their signs",
}
# Names of the table's columns, and what a reader calls them; a column without a value is left out.
_COLUMNS: Final = {
    "rank": "rank",
    "feature": "column",
    "share": "share",
    "importance": "importance",
    "ci_low": "95 % from",
    "ci_high": "95 % to",
    "note": "note",
}
_RAW: Final = "the raw columns"
_GROUPS: Final = "groups of columns that are shuffled together"
_TEXT: Final = frozenset({"feature", "note"})
# As the loader of the runtime writes it into the log.
_READ: Final = re.compile(r"Read ([\d,]+ rows x \d+ columns) from (.+)$", re.MULTILINE)
_DEFAULT_METHODS: Final = frozenset({"native", "permutation"})
_DEFAULT_REPEATS: Final = 5


@dataclass(frozen=True)
class Ranking:
    """The raw columns, or groups of them, as one method ranks them.

    Attributes
    ----------
    of
        What is ranked, in words.
    columns
        What each cell of a row is; a cell is a number, text or None.
    largest
        The largest share, against which the others are drawn.
    """

    method: str
    of: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    largest: float


@dataclass(frozen=True)
class ResultsView:
    """Metrics, importances and plots of one training.

    Attributes
    ----------
    verdict
        One sentence.
    rows
        How many rows were read and scored, and which.
    metrics
        Scalar metrics by name; None where one isn't defined.
    plots
        Caption and data address of each plot, the ranking first.
    data
        The tables that were read, what was scored and how, in words.
    packages
        Versions of what it was trained with.
    notes
        What to read the importances with.
    grave
        How many of the notes are warnings: failures, and columns that move together.
    features
        How many features were made of the raw columns; None where it isn't known.
    options
        Options of ``train.py`` that give the same importances, as they are typed.
    """

    verdict: str
    rows: str
    metrics: tuple[tuple[str, float | None], ...]
    rankings: tuple[Ranking, ...]
    plots: tuple[tuple[str, str], ...]
    data: tuple[tuple[str, str], ...]
    packages: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    grave: int
    features: int | None
    options: str


def read_results_view(outputs: Path) -> ResultsView | None:
    """Read the output folder of a training; None when there is none to show."""
    metrics = _json(outputs / "metrics.json").get("metrics", {})
    header = _json(outputs / "feature_importance.json")
    rankings = _rankings(outputs / "feature_importance.csv", header)
    if not metrics and not rankings:
        return None
    tables = _tables(outputs / "run.log")
    return ResultsView(
        verdict=_verdict(metrics, header, rankings),
        rows=_rows(header, tables),
        metrics=tuple(sorted(metrics.items())),
        rankings=rankings,
        plots=tuple(_pictures(outputs)),
        data=tuple(_data(header, tables)),
        packages=tuple(sorted(header.get("packages", {}).items())),
        notes=tuple(_notes(header)),
        grave=sum(len(header.get(name) or ()) for name in ("failures", "correlated")),
        features=header.get("engineered_columns"),
        options=" ".join(_options(header)),
    )


def _json(path: Path) -> Mapping[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def _tables(log: Path) -> list[tuple[str, str]]:
    """Return name and size of each table that was read."""
    if not log.is_file():
        return []
    found = _READ.findall(log.read_text(encoding="utf-8", errors="replace"))
    return [(re.split(r"[/\\]", path.rstrip("/\\"))[-1], size) for size, path in found]


def _rows(header: Mapping[str, Any], tables: Sequence[tuple[str, str]]) -> str:
    read = [f"{size.partition(' ')[0]} in {name}" for name, size in tables]
    return ", ".join([*read, *([f"scored on {_scored(header)}"] if header else [])]) or "not said"


def _scored(header: Mapping[str, Any]) -> str:
    used, all_rows = header["rows_used"], header["rows_available"]
    part = f"{used:,} of {all_rows:,}" if used != all_rows else f"{used:,}"
    return f"{part} {header['split']} rows"


def _data(
    header: Mapping[str, Any], tables: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    yield from ((name, size.replace(" x ", " \N{MULTIPLICATION SIGN} ")) for name, size in tables)
    if not header:
        return
    yield "Importances on", _scored(header)
    if header.get("scoring"):
        direction = header.get("scoring_direction")
        yield "Score", header["scoring"] + (f" ({direction})" if direction else "")
        if header.get("weighted"):
            yield "Rows count", "as much as their sample weights say"
    if header.get("repeats") is not None:
        yield "Shuffles of each column", f"{header['repeats']}, seed {header.get('seed')}"


def _options(header: Mapping[str, Any]) -> Iterator[str]:
    """Yield the options of the training, but not those that are so without being given."""
    methods = header.get("methods") or ()
    if methods and set(methods) != _DEFAULT_METHODS:
        yield f"--importance {' '.join(methods)}"
    if header.get("scoring"):
        yield f"--scoring {shlex.quote(str(header['scoring']))}"
    if isinstance(header.get("repeats"), int) and header["repeats"] != _DEFAULT_REPEATS:
        yield f"--repeats {header['repeats']}"
    if header.get("seed"):
        yield f"--seed {header['seed']}"
    if header.get("rows_used", 0) != header.get("rows_available", 0):
        yield f"--max-rows {header['rows_used']}"


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
    place = rankings[0].columns.index(_COLUMNS["feature"])
    leading = [str(row[place]) for row in rankings[0].rows[:3]]
    return f"{said}; the columns that drive it most ({rankings[0].method}): {', '.join(leading)}."


def _rankings(path: Path, header: Mapping[str, Any]) -> tuple[Ranking, ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        whole = [r for r in csv.DictReader(stream) if r["model"] == "model" and not r.get("class")]
    raw = [row for row in whole if row["space"] == "raw"]
    methods = sorted({row["method"] for row in raw}, key=_order)
    found = [_ranking(m, _RAW, [row for row in raw if row["method"] == m]) for m in methods]
    made = {str(group["name"]) for group in header.get("correlated") or ()}
    grouped = [
        {**row, "feature": group_label(row["feature"], row["raw_feature"], made)}
        for row in whole
        if row["space"] == "group"
    ]
    shuffled = [_ranking(grouped[0]["method"], _GROUPS, grouped)] if grouped else []
    return (*found[:1], *shuffled, *found[1:])


def _ranking(method: str, of: str, raw: Sequence[Mapping[str, str]]) -> Ranking:
    names = [n for n in _COLUMNS if n == "feature" or any(row[n] for row in raw)]
    rows = [tuple(r[n] if n in _TEXT else _number(r[n]) for n in names) for r in raw]
    if "rank" in names:
        rows.sort(key=lambda row: (row[0] is None, row[0] or 0))
    largest = max((float(row["share"]) for row in raw if row["share"]), default=0.0)
    return Ranking(method, of, tuple(_COLUMNS[name] for name in names), tuple(rows), largest)


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
        caption = _CAPTIONS.get(path.stem, path.stem.replace("_", " "))
        yield caption, f"data:image/png;base64,{data}"


def _notes(header: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what to read the importances with: failures, what was left out, who moves together."""
    yield from ((f"{method} failed", why) for method, why in header.get("failures") or ())
    yield from ((what, why) for what, why in header.get("skipped") or ())
    for group in header.get("correlated") or ():
        words = f"move together ({group['strength']:.2f}): they share or hide importance"
        yield "correlated columns", f"{', '.join(map(str, group['columns']))} {words}"
