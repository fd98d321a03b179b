"""Cases that differ for a reason of their own, by name; everything else is held to be equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ALL = ("1.44", "1.56", "1.62")


@dataclass(frozen=True, slots=True)
class Named:
    """What isn't compared of a case, and why.

    Attributes
    ----------
    reason
        What differs and where it comes from.
    lanes
        Releases of the SDK that it holds for.
    """

    reason: str
    lanes: tuple[str, ...] = ALL


# Neither side trains, or only ours does: (words of the official error, whether ours trains).
NOT_OFFICIALLY: Mapping[str, tuple[str, bool]] = {
    "cls_bnb": ("NameError: name 'SparseScaleZeroOne' is not defined", True),
    "cls_label_quote": ("SyntaxError", False),
    "cls_word_embeddings": ("Exception", False),
}

_STACK = (
    "officially the meta-learner is fitted on zeros for every member but the last; ours isn't, and "
    "the rewriting says so"
)

PREDICTIONS: Mapping[str, Named] = {
    "reg_inttarget": Named("SDK 1.44 cuts predictions to integers, later ones round", ("1.44",)),
}
STACKS = frozenset({"StackEnsembleClassifier", "StackEnsembleRegressor"})
STACK = Named(_STACK)
CLIPPED = "log_loss of probabilities that are zero: clipped at 1e-15 before scikit-learn 1.3"
