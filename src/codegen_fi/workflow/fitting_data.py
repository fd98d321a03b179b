"""Find before long work what the data alone tell: a label, weights or grouped columns they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from codegen_fi.errors import UsageError
from codegen_fi.workflow.records import TrainOptions

_QUICK_TO_READ: Final = 64 * 2**20
# Every scikit-learn since 1.5 knows these: it needn't be imported to be asked, which takes longer
# than all else the tool does before a training.
_COMMON_SCORINGS: Final = frozenset(
    {
        *("accuracy", "balanced_accuracy", "neg_log_loss", "average_precision", "roc_auc"),
        *("roc_auc_ovr", "roc_auc_ovo", "roc_auc_ovr_weighted", "roc_auc_ovo_weighted"),
        *("f1", "f1_macro", "f1_micro", "f1_weighted", "precision", "recall"),
        *("r2", "explained_variance", "neg_mean_absolute_error", "neg_mean_squared_error"),
        *("neg_root_mean_squared_error", "neg_median_absolute_error"),
    }
)


def refuse_unfit(
    tables: Sequence[Path | None],
    options: TrainOptions,
    label: str | None,
    weights: str | None,
    columns: Sequence[str] = (),
) -> dict[Path, tuple[str, ...]]:
    """Refuse tables that can't be read or lack a column that is asked for by name.

    Large tables are left to the process that reads them anyway.

    Parameters
    ----------
    tables
        Files or folders; None for one that isn't given.
    label, weights, columns
        Columns that each of them must have.

    Returns
    -------
    dict
        The columns of the tables that were looked at.

    Raises
    ------
    UsageError
        Names the table and what it lacks.
    """
    grouped = _grouped(options.groups)
    small = [table for table in tables if table is not None and _size(table) <= _QUICK_TO_READ]
    return {table: _columns(table, label, weights, columns, grouped) for table in small}


def read_by(script: Mapping[str, Any]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Return the label, the weights and the columns that a script reads, from its manifest."""
    mappers = script.get("pipeline", {}).get("mappers", ())
    read = [name for mapper in mappers for columns in mapper["columns"] for name in columns]
    return script.get("label"), script.get("weight_column"), tuple(dict.fromkeys(read))


def refuse_unknown_scoring(options: TrainOptions, weights: str | None = None) -> None:
    """Refuse a scoring that nobody knows, where the training has this Python's scikit-learn.

    With the name of a column of weights, one that takes no weights as well.

    Raises
    ------
    UsageError
        Names scorings that come near.
    """
    if options.scoring is None or options.environment != "current":
        return
    if weights is None and options.scoring in _COMMON_SCORINGS:
        return
    from codegen_fi.runtime.importance.scoring import CLASSIFICATION, scorer_for
    from codegen_fi.runtime.importance.weighing import takes_weights

    try:
        # The task only chooses a default, which a name doesn't need.
        _, scorer = scorer_for(options.scoring, CLASSIFICATION)
    except ValueError as error:
        raise UsageError(f"--scoring: {error}") from error
    if weights is not None and not takes_weights(scorer):
        raise UsageError(
            f"--scoring {options.scoring} takes no weights. Leave out --weights, or choose another "
            "scoring."
        )


def _columns(
    table: Path,
    label: str | None,
    weights: str | None,
    columns: Sequence[str],
    grouped: Sequence[tuple[str, str]],
) -> tuple[str, ...]:
    from codegen_fi.runtime.errors import DataError
    from codegen_fi.runtime.tables import load_table

    try:
        frame = load_table(table, label=label, weights=weights, columns=columns)
    except DataError as error:
        raise UsageError(str(error)) from error
    known = {str(name) for name in frame.columns} - {label, weights}
    for group, column in grouped:
        if column not in known:
            raise UsageError(
                f"--group {group}: {table} has no column {column!r} to shuffle. Its columns are "
                f"{_some(sorted(known))}."
            )
    return tuple(str(name) for name in frame.columns)


def _grouped(groups: Sequence[str]) -> list[tuple[str, str]]:
    """List the columns of the groups, each with the group's name."""
    from codegen_fi.runtime.run_values import with_group

    found = None
    for text in groups:
        found = with_group(found, text)
    if found is None or isinstance(found, str):
        return []
    return [(name, column) for name, columns in found for column in columns]


def _size(table: Path) -> int:
    if table.is_dir():
        return sum(path.stat().st_size for path in table.rglob("*") if path.is_file())
    return table.stat().st_size


def _some(names: Sequence[str], most: int = 20) -> str:
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(repr(name) for name in names[:most]) + rest
