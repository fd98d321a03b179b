"""Lay a reading out in both spaces: the whole first, then each member of an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rows import ENGINEERED, RAW, WHOLE, Column, Row, exact, reason_row, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..lineage import Lineage
    from .reading import Reading

NATIVE = "native"
COEFFICIENTS = "native_coef"


def native_rows(
    reading: Reading,
    lineage: Lineage | None,
    model: str = WHOLE,
    weight: str = "",
    columns: Sequence[Column] = (),
) -> list[Row]:
    """Lay out a model's importances and those of its members.

    Without lineage only the engineered space can be told, and its columns only by number unless
    they are given.

    Raises
    ------
    ValueError
        When the model takes another number of columns than the featurizer tells.
    """
    rows: list[Row] = []
    said = reading.note + weight
    if reading.values is None:
        rows.append(reason_row(NATIVE, model, said))
    else:
        rows.extend(_both_spaces(NATIVE, model, reading.values, lineage, said, columns))
    if reading.coefficients is not None:
        note = "mean |coefficient|, per unit of each column" + weight
        values = reading.coefficients
        rows.extend(_both_spaces(COEFFICIENTS, model, values, lineage, note, columns))
    for member in reading.members:
        label = member.label if model == WHOLE else f"{model} / {member.label}"
        weight = f"; weight {member.weight:.3g} in its ensemble"
        rows.extend(native_rows(member.reading, lineage, label, weight, columns))
    return rows


def _both_spaces(
    method: str,
    model: str,
    values: NDArray[np.float64],
    lineage: Lineage | None,
    note: str,
    columns: Sequence[Column],
) -> list[Row]:
    if lineage is None:
        numbered = [Column(f"column {i}", "") for i in range(len(values))]
        known = columns if len(columns) == len(values) else numbered
        return rows_of(method, ENGINEERED, model, known, exact(values), note)
    if len(values) != len(lineage.engineered):
        raise ValueError(
            f"the model takes {len(values)} columns, the featurizer tells {len(lineage.engineered)}"
        )
    raw = exact(lineage.sum_by_raw(values))
    return [
        *rows_of(method, RAW, model, lineage.raw_columns(), raw, note),
        *rows_of(method, ENGINEERED, model, lineage.engineered_columns(), exact(values), note),
    ]
