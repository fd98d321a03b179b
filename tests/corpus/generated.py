"""Read what a run left behind, and what the generated script says, without the tool's help."""

import ast
import csv
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One changed line: the original line it removes, or stands before."""

    sign: str
    line: int
    text: str


def raw_permutation(outputs: Path) -> dict[str, float]:
    """Permutation importance of the whole model by raw column, out of the saved table."""
    with (outputs / "feature_importance.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["raw_feature"]: float(row["importance"])
            for row in csv.DictReader(stream)
            if (row["method"], row["space"], row["model"]) == ("permutation", "raw", "model")
        }


def shares(outputs: Path) -> dict[tuple[str, ...], list[float]]:
    """Shares by method, space, model and class, out of the saved table."""
    found: dict[tuple[str, ...], list[float]] = {}
    with (outputs / "feature_importance.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            key = tuple(row[name] for name in ("method", "space", "model", "class"))
            if row["share"] and row["space"] != "group":
                found.setdefault(key, []).append(float(row["share"]))
    return found


def scalar_metrics(outputs: Path) -> Mapping[str, float | None]:
    return json.loads((outputs / "metrics.json").read_text(encoding="utf-8"))["metrics"]


def undefined(case: Any, metrics: Iterable[str]) -> set[str]:
    """Those of the metrics that have no value on the case's label, whoever computes them."""
    facts, labels = case.facts, labels_of(case)
    if facts["task"] == "classification":
        several = len(set(labels)) > 2
        # Intersection over union is of images; the official runtime says NaN of tables, too.
        return {m for m in metrics if m == "iou" or (m.endswith("_binary") and several)}
    negative = min(map(float, labels)) < 0
    return {m for m in metrics if m.endswith("_log_error") and negative}


def labels_of(case: Any) -> list[str]:
    """The label column of a case's training table."""
    label = case.facts["label"]
    with case.training_data.open(encoding="utf-8", newline="") as stream:
        return [row[label] for row in csv.DictReader(stream)]


def is_finite(value: float | str | None) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def columns_the_model_sees(script: str, raw_columns: Sequence[str]) -> set[str]:
    """Raw columns in a column group of the script; all of them when featurization is off."""
    groups = [
        ast.literal_eval(node.value)
        for node in ast.walk(ast.parse(script))
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id.startswith("column_group")
    ]
    seen = {
        name
        for group in groups
        for entry in group
        for name in ([entry] if isinstance(entry, str) else entry)
    }
    return seen or set(raw_columns)


def changed_lines(diff: str) -> Iterator[DiffLine]:
    """The removed and added lines of a unified diff, placed in the original file."""
    line = 0
    for text in diff.split("\n"):
        if hunk := HUNK.match(text):
            # An empty range is numbered by the line before it.
            line = int(hunk[1]) + (hunk[2] == "0")
        elif text.startswith(("--- ", "+++ ")) and line == 0:
            continue
        elif text.startswith(("-", "+")):
            yield DiffLine(text[0], line, text[1:])
            line += text[0] == "-"
        elif text.startswith(" "):
            line += 1


def is_named(changed: DiffLine, edits: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an edit of the manifest covers a changed line.

    An edit replaces its first to its last line; an insertion has its last line before its
    first. New lines stand before, between or right after the lines they replace.
    """
    beyond = changed.sign == "+"
    return any(edit["first_line"] <= changed.line <= edit["last_line"] + beyond for edit in edits)


def is_explained(before: str, after: str, edits: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the edits alone can have made one text of the other.

    Lines under an edit may have become anything, all others stand there still, in their order.
    Unlike a diff, this doesn't depend on which of several equal lines is taken for which.
    """
    old, new = before.splitlines(), after.splitlines()
    replaced = {n for e in edits for n in range(e["first_line"], e["last_line"] + 1)}
    open_before = {n for e in edits for n in range(e["first_line"], e["last_line"] + 2)}
    reached = {0}
    for number in range(1, len(old) + 2):
        if number in open_before:
            reached = set(range(min(reached), len(new) + 1))
        if number <= len(old) and number not in replaced:
            line = old[number - 1]
            reached = {p + 1 for p in reached if p < len(new) and new[p] == line}
        if not reached:
            return False
    return len(new) in reached


def differences(before: str, after: str, diff: str) -> list[str]:
    """What the diff says that is not true of the two texts."""
    old, new = before.splitlines(), after.splitlines()
    removed = {d.line: d.text for d in changed_lines(diff) if d.sign == "-"}
    untrue = [
        f"line {line} is {old[line - 1]!r}, the diff removes {text!r}"
        for line, text in removed.items()
        if old[line - 1].rstrip("\r") != text.rstrip("\r")
    ]
    patched: list[str] = []
    added = [d for d in changed_lines(diff) if d.sign == "+"]
    for number in range(1, len(old) + 2):
        patched += [d.text for d in added if d.line == number]
        if number <= len(old) and number not in removed:
            patched.append(old[number - 1])
    if [text.rstrip("\r") for text in patched] != [text.rstrip("\r") for text in new]:
        untrue.append("the script with the diff applied is not train.py")
    return untrue
