"""Carry importances of a preprocessor's outputs back to its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .recognise import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class OpaqueStepError(Exception):
    """A step mixes its columns in a way that importances can't be carried through."""


def pulled_back(step: Any, importance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn importances of shape (outputs,) into importances of shape (inputs,).

    Raises
    ------
    OpaqueStepError
        When the step's class is not known.
    """
    inner = unwrapped(step)
    found: Callable[..., NDArray[np.float64]] | None = _STEPS.find(inner)
    if found is None:
        raise OpaqueStepError(f"importances can't be carried back through {type(inner).__name__}")
    return found(inner, importance)


def unwrapped(step: Any) -> Any:
    """Return the preprocessor that a wrapper of the older SDKs holds.

    The official wrappers are not derived from what they wrap, nor have they its attributes.
    """
    while _WRAPPERS.find(step) and hasattr(step, "model"):
        step = step.model
    return step


def keeps_columns(step: Any) -> bool:
    """Tell whether a step's outputs are its inputs, one by one."""
    return _STEPS.find(unwrapped(step)) is _same_columns


def linear_map(step: Any) -> NDArray[np.float64] | None:
    """Return the weights of shape (outputs, inputs) of a step that mixes columns linearly.

    What the step subtracts first is left out: it changes no distance between two rows.
    """
    step = unwrapped(step)
    if _STEPS.find(step) is not _through_components:
        return None
    weights = np.asarray(step.components_, dtype=np.float64)
    if getattr(step, "whiten", False):
        weights = weights / np.sqrt(np.asarray(step.explained_variance_))[:, None]
    return weights


def _same_columns(_step: Any, importance: NDArray[np.float64]) -> NDArray[np.float64]:
    return importance


def _through_components(step: Any, importance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Hand each component's importance to the inputs in proportion to their weights in it.

    input_i = sum over components c of importance_c * |W_ci| / sum over j of |W_cj|,
    W = `components_` of shape (components, inputs); the total stays the same. A component
    without weights has nobody to hand its importance to and can't carry any.
    """
    weights = np.abs(np.asarray(step.components_, dtype=np.float64))
    total = weights.sum(axis=1)
    scale = np.divide(importance, total, out=np.zeros_like(total), where=total > 0)
    return np.asarray(scale @ weights)


def _selected(step: Any, importance: NDArray[np.float64]) -> NDArray[np.float64]:
    support = step.get_support()
    found = np.zeros(len(support))
    found[support] = importance
    return found


def _kept_columns(step: Any, importance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add each output's importance to the input it is; a dropped column has none."""
    keep = np.atleast_1d(step.columns_to_keep).astype(int)
    if len(keep) == 0:
        return importance
    width = getattr(step, "n_features_in_", None)
    if width is None:
        raise OpaqueStepError(f"{type(step).__name__} doesn't say how many columns it takes")
    found = np.zeros(width)
    np.add.at(found, keep, importance)
    return found


_STEPS = Table(
    by_package={
        **{
            ("sklearn", name): _same_columns
            for name in (
                "MaxAbsScaler",
                "MinMaxScaler",
                "Normalizer",
                "PowerTransformer",
                "QuantileTransformer",
                "RobustScaler",
                "StandardScaler",
            )
        },
        **{
            ("sklearn", name): _through_components
            for name in ("PCA", "IncrementalPCA", "TruncatedSVD")
        },
        ("sklearn", "SelectorMixin"): _selected,
    },
    by_name={
        "DropColumnsTransformer": _kept_columns,
        "IdentityTransformer": _same_columns,
        "SparseNormalizer": _same_columns,
        "SparseScaleZeroOne": _same_columns,
        "StandardScalerWrapper": _same_columns,
        "TruncatedSVDWrapper": _through_components,
    },
)

_WRAPPERS = Table(by_package={}, by_name={"PreprocWrapper": True, "TruncatedSVDWrapper": True})
