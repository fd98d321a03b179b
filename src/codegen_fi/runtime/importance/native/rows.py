"""Lay a reading out in both spaces: the whole first, then each member of an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..compat import pairs
from ..rows import ENGINEERED, RAW, WHOLE, Column, Row, exact, reason_row, rows_of
from .signs import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..lineage import Lineage
    from .reading import Reading
    from .signs import Signs

NATIVE = "native"
COEFFICIENTS = "native_coef"
SIGNED = "coefficient"


def native_rows(
    reading: Reading,
    lineage: Lineage | None,
    model: str = WHOLE,
    weight: str = "",
    columns: Sequence[Column] = (),
    classes: Sequence[str] = (),
) -> list[Row]:
    """Lay out a model's importances and those of its members, and the signs of coefficients.

    Signs are told of engineered columns: those of the columns that one raw column became need
    not agree. Without lineage only the engineered space can be told, and its columns only by
    number unless they are given.

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
    if reading.signs is not None:
        rows.extend(_signed(reading.signs, model, lineage, weight, columns, classes))
    for member in reading.members:
        label = member.label if model == WHOLE else f"{model} / {member.label}"
        weight = f"; weight {member.weight:.3g} in its ensemble"
        rows.extend(native_rows(member.reading, lineage, label, weight, columns, classes))
    return rows


def _signed(
    signs: Signs,
    model: str,
    lineage: Lineage | None,
    weight: str,
    columns: Sequence[Column],
    classes: Sequence[str],
) -> list[Row]:
    """Lay out the coefficients of each output, the strongest first."""
    known = _described(signs.standardised.shape[1], lineage, columns)
    note = f"coefficient times the column's standard deviation{_meant(signs, classes)}{weight}"
    names = names_of(signs.classes, len(signs.standardised), classes)
    return [
        row
        for name, values in pairs(names, list(signs.standardised))
        for row in rows_of(SIGNED, ENGINEERED, model, known, exact(values), note, name, True)
    ]


def _meant(signs: Signs, classes: Sequence[str]) -> str:
    if signs.classes:
        is_pair = len(signs.classes[0]) > 1
        return ", positive speaks for the class" + (" that is named first" if is_pair else "")
    return f", positive speaks for {classes[1]}" if len(classes) == 2 else ""  # noqa: PLR2004


def _described(width: int, lineage: Lineage | None, columns: Sequence[Column]) -> Sequence[Column]:
    if lineage is None:
        known = [Column(f"column {i}", "") for i in range(width)]
        return columns if len(columns) == width else known
    if width != len(lineage.engineered):
        raise ValueError(
            f"the model takes {width} columns, the featurizer tells {len(lineage.engineered)}"
        )
    return lineage.engineered_columns()


def _both_spaces(
    method: str,
    model: str,
    values: NDArray[np.float64],
    lineage: Lineage | None,
    note: str,
    columns: Sequence[Column],
) -> list[Row]:
    described = _described(len(values), lineage, columns)
    engineered = rows_of(method, ENGINEERED, model, described, exact(values), note)
    if lineage is None:
        return engineered
    raw = exact(lineage.sum_by_raw(values))
    return [*rows_of(method, RAW, model, lineage.raw_columns(), raw, note), *engineered]
