"""Take a fitted model apart: the featurizer, what follows it, and the wrappers around both."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .lineage import Lineage, LineageError, column_names, identity, is_featurizer, traced

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Anatomy:
    """A model and its parts.

    Attributes
    ----------
    model : estimator
        The whole, as given.
    featurizer : transformer or None
        None when the model takes the raw columns.
    steps : tuple of estimators
        Everything after the featurizer, the final estimator last.
    raw : tuple of str
        Names of the data's columns.
    lineage : Lineage or None
        None when the engineered columns can't be traced; `untraced` says why.
    """

    model: Any
    featurizer: Any
    steps: tuple[Any, ...]
    raw: tuple[str, ...]
    lineage: Lineage | None
    untraced: str = ""


def take_apart(model: Any, X: Any) -> Anatomy:
    """Find the parts of a fitted model, given data with its columns.

    A featurizer that can't tell its columns, whatever the reason, costs the engineered space only.

    Raises
    ------
    ValueError
        When two columns of the data have one name.
    """
    raw = column_names(X)
    steps = steps_of(model)
    if not is_featurizer(steps[0]):
        return Anatomy(model, None, steps, raw, *_without_featurizer(steps, raw))
    try:
        lineage = traced(steps[0], raw, X)
    except LineageError as error:
        return Anatomy(model, steps[0], steps[1:], raw, None, str(error))
    except Exception as error:  # noqa: BLE001
        reason = f"the featurizer fails to tell its columns: {type(error).__name__}: {error}"
        return Anatomy(model, steps[0], steps[1:], raw, None, reason)
    return Anatomy(model, steps[0], steps[1:], raw, lineage)


def steps_of(model: Any) -> tuple[Any, ...]:
    """List the fitted steps of a pipeline-like model; a lone estimator is its only step.

    Wrappers hold the pipeline in `pipeline`; steps that do nothing are left out.
    """
    steps = getattr(model, "steps", None)
    if steps is None:
        inner = getattr(model, "pipeline", None)
        return (model,) if inner is None else steps_of(inner)
    return tuple(step for _, step in steps if step is not None and step != "passthrough")


def is_pipeline(model: Any) -> bool:
    """Tell whether a model is made of steps."""
    return hasattr(model, "steps") or hasattr(model, "pipeline")


def without_featurizer(model: Any) -> Any:
    """Copy a pipeline-like model so that it starts after the featurizer, sharing fitted parts.

    Whether the copy predicts the same is for the caller to check: a wrapper may do more with
    its first step than call it.
    """
    bare = copy.copy(model)
    if getattr(model, "pipeline", None) is not None:
        bare.pipeline = without_featurizer(model.pipeline)
    if "steps" in vars(model):
        bare.steps = _after_first(model.steps)
    return bare


def final_class(anatomy: Anatomy) -> str:
    """Name the class of the final estimator, seeing through nested pipelines."""
    last = anatomy.steps[-1]
    while is_pipeline(last):
        last = steps_of(last)[-1]
    return type(last).__name__


def _after_first(steps: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    idle = (None, "passthrough")
    first = next(i for i, (_, step) in enumerate(steps) if step not in idle)
    return list(steps[first + 1 :])


def _without_featurizer(steps: tuple[Any, ...], raw: tuple[str, ...]) -> tuple[Lineage | None, str]:
    width = getattr(steps[0], "n_features_in_", None)
    if width is not None and width != len(raw):
        return None, f"the model takes {width} columns, the data have {len(raw)}"
    return identity(raw), ""
