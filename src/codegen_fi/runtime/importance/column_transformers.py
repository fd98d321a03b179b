"""The columns of scikit-learn's ColumnTransformer, traced through the steps known to keep apart."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from .pullback import keeps_columns
from .recognise import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Owners = list[tuple[str, ...]]


def is_column_transformer(part: Any) -> bool:
    """Tell a fitted one that says which outputs are whose; from scikit-learn 1.0 on."""
    return hasattr(part, "transformers_") and hasattr(part, "output_indices_")


def outputs_of_transformer(part: Any, raw: Sequence[str]) -> tuple[list[str], Owners]:
    """Name the columns that a fitted ColumnTransformer gives, and tell their raw columns.

    What a step of several columns makes of them belongs to all of them, unless the step is known
    to keep them apart.

    Parameters
    ----------
    part : fitted `ColumnTransformer`
    raw : sequence of str
        The data's columns in order.

    Returns
    -------
    names : list of str
    owners : list of tuple of str

    Raises
    ------
    ValueError
        When it names its input in a way that isn't known.
    """
    width = max((indices.stop for indices in part.output_indices_.values()), default=0)
    inputs = [str(name) for name in getattr(part, "feature_names_in_", raw)]
    owners: Owners = [()] * width
    for name, transformer, columns in part.transformers_:
        indices = part.output_indices_[name]
        count = indices.stop - indices.start
        if count:
            with warnings.catch_warnings():
                # scikit-learn 1.5 and 1.6 announce another form of the remainder's columns.
                warnings.simplefilter("ignore", FutureWarning)
                own = _chosen(columns, inputs)
            owners[indices] = _made_of(transformer, own, count)
    return _names(part, owners), owners


def _names(part: Any, owners: Owners) -> list[str]:
    try:
        names = [str(name) for name in part.get_feature_names_out()]
    except Exception:  # noqa: BLE001 - a step of it doesn't tell its names
        names = []
    if len(names) == len(owners):
        return names
    return [f"{' + '.join(own)}_{place}" for place, own in enumerate(owners)]


def _chosen(columns: Any, inputs: Sequence[str]) -> list[str]:
    """Resolve names, numbers, marks or a slice to the names of the input."""
    if isinstance(columns, slice):
        if isinstance(columns.start, str) or isinstance(columns.stop, str):
            raise ValueError("a slice of names is not traced")
        return list(inputs[columns])
    listed = [columns] if isinstance(columns, (str, int, np.integer)) else list(columns)
    if listed and all(isinstance(each, (bool, np.bool_)) for each in listed):
        return [name for name, taken in zip(inputs, listed) if taken]  # noqa: B905
    return [each if isinstance(each, str) else inputs[int(each)] for each in listed]


def _made_of(transformer: Any, own: Sequence[str], count: int) -> Owners:
    if len(own) == 1:
        return [(own[0],)] * count
    found: Owners | None = [(name,) for name in own]
    for step in _steps(transformer):
        found = None if found is None else _through(step, found)
    if found is None or len(found) != count:
        return [tuple(own)] * count
    return found


def _steps(transformer: Any) -> list[Any]:
    if isinstance(transformer, str):
        return []
    steps = getattr(transformer, "steps", None)
    named = [transformer] if steps is None else [step for _, step in steps]
    return [step for step in named if step is not None and step != "passthrough"]


def _through(step: Any, owners: Owners) -> Owners | None:
    if keeps_columns(step) and type(step).__name__ != "Normalizer":
        return owners
    known: Callable[..., Owners | None] | None = _STEPS.of_class(step)
    return None if known is None else known(step, owners)


def _each(_step: Any, owners: Owners) -> Owners:
    return owners


def _imputed(step: Any, owners: Owners) -> Owners | None:
    """Keep the columns where none was dropped for being empty, and no marker was added."""
    missing = [value is None or value != value for value in np.ravel(step.statistics_)]  # noqa: PLR0124
    if getattr(step, "indicator_", None) is not None or any(missing):
        return None
    return owners


def _one_hot(step: Any, owners: Owners) -> Owners | None:
    if getattr(step, "_infrequent_enabled", False) or len(step.categories_) != len(owners):
        return None
    dropped = getattr(step, "drop_idx_", None)
    found: Owners = []
    for place, (categories, own) in enumerate(zip(step.categories_, owners)):  # noqa: B905
        less = dropped is not None and dropped[place] is not None
        found.extend([own] * (len(categories) - int(less)))
    return found


_STEPS = Table(
    by_package={
        ("sklearn", "OrdinalEncoder"): _each,
        ("sklearn", "SimpleImputer"): _imputed,
        ("sklearn", "OneHotEncoder"): _one_hot,
    },
    by_name={},
)
