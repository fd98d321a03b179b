"""One set of metrics out of those of several folds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ._report import document, failure


def mean(values: Sequence[float]) -> float:
    """Average the folds that have a value; NaN when none has."""
    known = [float(value) for value in values if not math.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def merge(values: Sequence[Any]) -> Any:
    """Merge one metric's values by their kind.

    Parameters
    ----------
    values : sequence
        Of floats, of dicts from class to float, or of documents of one schema.

    Returns
    -------
    float or dict
    """
    first = values[0]
    if not isinstance(first, dict):
        return mean(values)
    if any("errors" in value for value in values):
        return failure("The metric could not be computed in every fold.")
    if "schema_type" not in first:
        names = dict.fromkeys(name for value in values for name in value)
        return {name: mean([v[name] for v in values if name in v]) for name in names}
    kind = first["schema_type"]
    parts = [value["data"] for value in values]
    for fixed in _SAME[kind]:
        if any(part[fixed] != parts[0][fixed] for part in parts):
            return failure(f"The folds differ in {fixed}.")
    return document(kind, {**parts[0], **_MERGERS[kind](parts)}, first["schema_version"])


def _sums(*keys: str) -> Callable[[list[dict[str, Any]]], dict[str, Any]]:
    def merged(parts: list[dict[str, Any]]) -> dict[str, Any]:
        return {key: np.sum([part[key] for part in parts], axis=0).tolist() for key in keys}

    return merged


def _report(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Average precision, recall and F1 over the folds; add up the support."""
    stacked = np.array([part["matrix"] for part in parts])
    merged = stacked.mean(axis=0)
    merged[:, 3] = stacked[:, :, 3].sum(axis=0)
    return {"matrix": merged.tolist()}


def _residuals(parts: list[dict[str, Any]]) -> dict[str, Any]:
    edges = list(parts[0]["bin_edges"])
    edges[0] = min(part["bin_edges"][0] for part in parts)
    edges[-1] = max(part["bin_edges"][-1] for part in parts)
    counts = [part["res_count"] for part in parts]
    average, spread = _pooled(
        counts, [part["mean"] for part in parts], [part["stddev"] for part in parts]
    )
    return {
        "bin_edges": edges,
        **_sums("bin_counts")(parts),
        "mean": float(average),
        "stddev": float(spread),
        "res_count": sum(counts),
    }


def _predictions(parts: list[dict[str, Any]]) -> dict[str, Any]:
    counts = [part["bin_counts"] for part in parts]
    averages, errors = _pooled(
        counts, [part["bin_averages"] for part in parts], [part["bin_errors"] for part in parts]
    )
    return {
        "bin_counts": np.sum(counts, axis=0).tolist(),
        "bin_averages": averages.tolist(),
        "bin_errors": errors.tolist(),
    }


def _pooled(counts: Any, means: Any, deviations: Any) -> tuple[Any, Any]:
    """Give mean and standard deviation of all rows from those of the parts, 0 without rows."""
    n, m, s = np.asarray(counts, dtype=float), np.asarray(means), np.asarray(deviations)
    total = np.maximum(n.sum(axis=0), 1)
    mean_ = (n * m).sum(axis=0) / total
    variance = (n * (s**2 + (m - mean_) ** 2)).sum(axis=0) / total
    return mean_, np.sqrt(variance)


_MERGERS: dict[str, Callable[[list[dict[str, Any]]], dict[str, Any]]] = {
    "accuracy_table": _sums("probability_tables", "percentile_tables"),
    "classification_report": _report,
    "confusion_matrix": _sums("matrix"),
    "predictions": _predictions,
    "residuals": _residuals,
}
_SAME = {
    "accuracy_table": ("class_labels",),
    "classification_report": ("class_labels",),
    "confusion_matrix": ("class_labels",),
    "predictions": ("bin_edges",),
    "residuals": (),
}
