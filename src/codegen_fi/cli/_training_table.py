"""Print the summary at the end of a training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen_fi.cli import _console
from codegen_fi.workflow import Trained

if TYPE_CHECKING:
    from rich.table import Table

    from codegen_fi.run import Results

_HEADLINES = (
    "AUC_weighted",
    "accuracy",
    "balanced_accuracy",
    "f1_score_weighted",
    "log_loss",
    "r2_score",
    "root_mean_squared_error",
    "mean_absolute_error",
    "spearman_correlation",
)
_TOP = 10


def print_trained(trained: Trained) -> None:
    """Print the summary at the end of a training."""
    results = trained.results
    _console.out().print(_metrics_table(results))
    if results.importances:
        _console.out().print(importance_table(results))
    _console.out().print(f"Trained in {trained.seconds:.0f} s. Wrote:")
    for path in results.files:
        _console.out().print(f"  {_console.clean(path)}", soft_wrap=True)


def _metrics_table(results: Results) -> Table:
    names = [name for name in _HEADLINES if name in results.metrics] or list(results.metrics)[:5]
    table = _console.new_table(("metric", {}), ("value", {"justify": "right"}))
    for name in names:
        value = results.metrics[name]
        table.add_row(name, "not defined" if value is None else f"{value:.4g}")
    if len(results.metrics) > len(names):
        table.caption = f"{len(results.metrics) - len(names)} more in metrics.json"
    return table


def importance_table(results: Results) -> Table:
    """Return the largest importances of the raw columns as a table."""
    shown = results.importances[:_TOP]
    intervals = any(row.ci_low is not None for row in shown)
    columns: list[tuple[str, dict[str, Any]]] = [
        ("", {"justify": "right"}),
        (f"column ({results.method})", {"overflow": "fold"}),
        ("importance", {"justify": "right"}),
        *([("95 % interval", {"justify": "right"})] if intervals else []),
        ("share", {"justify": "right"}),
    ]
    table = _console.new_table(*columns)
    if results.scored_on is not None:
        table.title = _console.clean(results.scored_on)
    for row in shown:
        interval = "" if row.ci_low is None else f"{row.ci_low:.4f} .. {row.ci_high:.4f}"
        importance = "" if row.importance is None else f"{row.importance:.4f}"
        share = "" if row.share is None else f"{row.share:.1%}"
        cells = [str(row.rank), _console.clean(row.feature), importance]
        table.add_row(*cells, *([interval] if intervals else []), share)
    if len(results.importances) > _TOP:
        table.caption = f"{len(results.importances) - _TOP} more in feature_importance.csv"
    return table
