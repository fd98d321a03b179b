"""The signs of linear models' coefficients, which their importances leave out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from ..pullback import keeps_columns, linear_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .reading import Inputs

    Outputs = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Signs:
    """The coefficients of a linear model with their signs.

    Attributes
    ----------
    standardised : ndarray of shape (outputs, inputs)
        Change of the output per standard deviation of the column.
    per_unit : ndarray of shape (outputs, inputs) or None
        Change of the output per unit of the column; None behind a step that changes units.
    classes : tuple of tuple of int
        The positions of the class or pair of classes that each output tells; empty when the
        model has one output.
    """

    standardised: NDArray[np.float64]
    per_unit: NDArray[np.float64] | None
    classes: Outputs = ()


def signs_of(coef: Any, inputs: Inputs | None, classes: Outputs | None = None) -> Signs:
    """Read coefficients of shape (columns,) or (outputs, columns), sparse or not."""
    dense = coef.toarray() if hasattr(coef, "toarray") else coef
    per_unit = np.atleast_2d(np.asarray(dense, dtype=np.float64))
    standardised = per_unit if inputs is None else per_unit * inputs.spread()
    return Signs(standardised, per_unit, one_each(len(per_unit)) if classes is None else classes)


def one_each(outputs: int) -> Outputs:
    """Give each of several outputs its class; a single output tells none."""
    return tuple((i,) for i in range(outputs)) if outputs > 1 else ()


def pairs_of_classes(count: int) -> Outputs:
    """Give each output of a kernel its pair of classes; two classes have one output."""
    found = tuple(combinations(range(count), 2))
    return found if len(found) > 1 else ()


def before(step: Any, signs: Signs | None, inputs: Inputs | None) -> Signs | None:
    """Carry signs back to what enters a step, exactly; None where that can't be."""
    if signs is None:
        return None
    if keeps_columns(step):
        # A column's spread makes up for its scale.
        return Signs(signs.standardised, None, signs.classes)
    weights = linear_map(step)
    if weights is None or signs.per_unit is None:
        return None
    return signs_of(signs.per_unit @ weights, inputs, signs.classes)


def mean(folds: Sequence[Signs | None]) -> Signs | None:
    """Average over models of one kind."""
    known = [signs for signs in folds if signs is not None]
    if len(known) < len(folds) or len({(s.standardised.shape, s.classes) for s in known}) > 1:
        return None
    units = [signs.per_unit for signs in known if signs.per_unit is not None]
    return Signs(
        np.mean([signs.standardised for signs in known], axis=0),
        np.mean(units, axis=0) if len(units) == len(known) else None,
        known[0].classes,
    )


def side_by_side(models: Sequence[Signs | None]) -> Signs | None:
    """Put models of one output each together, one per class."""
    known = [signs for signs in models if signs is not None]
    if len(known) < len(models) or any(len(signs.standardised) != 1 for signs in known):
        return None
    units = [signs.per_unit for signs in known if signs.per_unit is not None]
    return Signs(
        np.concatenate([signs.standardised for signs in known]),
        np.concatenate(units) if len(units) == len(known) else None,
        one_each(len(known)),
    )


def class_names(model: Any) -> list[str]:
    """Name the classes of a model in its order; a regressor has none."""
    classes = getattr(model, "classes_", None)
    return [] if classes is None else [str(name) for name in classes]


def names_of(classes: Outputs, outputs: int, names: Sequence[str]) -> list[str]:
    """Name each output by its class, or its pair of classes; empty for the only output."""
    if not classes:
        return [""] * outputs
    known = 1 + max(max(positions) for positions in classes)
    used = list(names) if len(names) >= known else [str(i) for i in range(known)]
    return [" vs ".join(used[i] for i in positions) for positions in classes]
