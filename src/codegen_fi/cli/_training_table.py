"""Print the summary at the end of a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen_fi.cli import _console
from codegen_fi.cli._importance_table import print_importances
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


def print_trained(trained: Trained) -> None:
    """Print the summary at the end of a training."""
    results = trained.results
    _console.out().print(_metrics_table(results))
    print_importances(results)
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
