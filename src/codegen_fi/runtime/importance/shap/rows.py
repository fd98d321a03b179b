"""Lay contributions out in the table: per raw column and class, and per engineered column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..compat import pairs
from ..native.signs import names_of
from ..rows import ENGINEERED, RAW, WHOLE, Column, Row, exact, reason_row, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ..lineage import Lineage
    from .contributions import Contributions, Explained, Member

SHAP = "shap"


def shap_rows(
    explained: Explained,
    lineage: Lineage | None,
    classes: Sequence[str],
    sampled: str,
    model: str = WHOLE,
    weight: str = "",
) -> list[Row]:
    """Lay out a model's mean |contribution| and those of its members.

    Parameters
    ----------
    explained : Explained
        Contributions of engineered columns.
    lineage : Lineage or None
    classes : sequence of str
        Names of the classes in the model's order.
    sampled : str
        A note on the rows, empty when all were explained.
    model, weight : str
        What the rows say of a member.
    """
    if explained.found is None:
        rows = [reason_row(SHAP, model, explained.reason + weight)]
    else:
        note = said(explained.found, classes, sampled) + weight
        rows = _both_spaces(explained.found, lineage, classes, model, note)
    for member in explained.members:
        label = member.label if model == WHOLE else f"{model} / {member.label}"
        if member.columns:
            rows.extend(_of_answers(member, classes, sampled, label))
            continue
        share = f"; weight {member.weight:.3g} in its ensemble" if member.weight >= 0 else ""
        rows.extend(shap_rows(member.explained, lineage, classes, sampled, label, share))
    return rows


def _of_answers(member: Member, classes: Sequence[str], sampled: str, label: str) -> list[Row]:
    """Lay out a meta-learner's contributions of the members' answers, which are no columns."""
    found = member.explained.found
    if found is None:
        return [reason_row(SHAP, label, member.explained.reason)]
    overall = exact(mean_magnitude(found.values).mean(axis=1))
    columns = [Column(name, "") for name in member.columns]
    return rows_of(SHAP, ENGINEERED, label, columns, overall, said(found, classes, sampled))


def raw_rows(
    found: Contributions, columns: Sequence[Column], classes: Sequence[str], note: str, model: str
) -> list[Row]:
    """Lay out contributions of raw columns: all outputs together, then each by itself."""
    by_output = mean_magnitude(found.values)
    names = names_of(found.classes, by_output.shape[1], classes)
    rows = rows_of(SHAP, RAW, model, columns, exact(by_output.mean(axis=1)), note)
    for name, values in pairs(names, list(by_output.T)):
        if name:
            rows.extend(rows_of(SHAP, RAW, model, columns, exact(values), note, class_name=name))
    return rows


def mean_magnitude(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average |contribution| of shape (rows, columns, outputs) over the rows."""
    return np.asarray(np.abs(values).mean(axis=0))


def by_raw_column(values: NDArray[np.float64], lineage: Lineage) -> NDArray[np.float64]:
    """Add the contributions of what each raw column became, row by row and with their signs."""
    total = np.zeros((len(values), len(lineage.raw), values.shape[2]))
    for column, owners in enumerate(lineage.owners):
        for owner in owners:
            total[:, owner] += values[:, column] / len(owners)
    return total


def said(found: Contributions, classes: Sequence[str], sampled: str) -> str:
    """Tell what the numbers are, and how well they add up."""
    of = f" of class {classes[1]}" if not found.classes and len(classes) == 2 else ""  # noqa: PLR2004
    many = ", mean over the outputs in rows without a class" if found.classes else ""
    deviation = f"sums differ from the output by at most {found.deviation():.1e}"
    parts = (f"mean |contribution| to the {found.unit}{of}{many}", found.note, deviation, sampled)
    return "; ".join(part for part in parts if part)


def all_found(explained: Explained) -> Iterator[Contributions]:
    """Go through the contributions of a model and of its members."""
    if explained.found is not None:
        yield explained.found
    for member in explained.members:
        yield from all_found(member.explained)


def _both_spaces(
    found: Contributions,
    lineage: Lineage | None,
    classes: Sequence[str],
    model: str,
    note: str,
) -> list[Row]:
    overall = exact(mean_magnitude(found.values).mean(axis=1))
    if lineage is None:
        numbered = [Column(f"column {i}", "") for i in range(found.values.shape[1])]
        return rows_of(SHAP, ENGINEERED, model, numbered, overall, note)
    if found.values.shape[1] != len(lineage.engineered):
        raise ValueError(
            f"the model takes {found.values.shape[1]} columns, "
            f"the featurizer tells {len(lineage.engineered)}"
        )
    from dataclasses import replace

    raw = replace(found, values=by_raw_column(found.values, lineage))
    return [
        *raw_rows(raw, lineage.raw_columns(), classes, note, model),
        *rows_of(SHAP, ENGINEERED, model, lineage.engineered_columns(), overall, note),
    ]
