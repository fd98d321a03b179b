"""What AutoML tells its estimators about the data; none of it changes what is learnt here."""

from __future__ import annotations

from typing import Any


class ProblemInfo:
    """Hold what the script says, for whoever reads it.

    Parameters
    ----------
    **facts : any
        Such as ``dataset_samples``, ``task`` or ``gpu_training_param_dict``.
    """

    def __init__(self, **facts: Any) -> None:
        vars(self).update(facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProblemInfo) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"ProblemInfo({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"
