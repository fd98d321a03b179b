"""What a chain may leave open: where its outcome is written to."""

from __future__ import annotations

from typing import Any

from sklearn import get_config

from ..featurization.datetime._parts import DateParts
from ._one_hot import OneHot

OPEN_ENDED = (DateParts, OneHot)


def written(block: Any) -> Any:
    """Give a matrix.

    Parameters
    ----------
    block : ndarray, sparse matrix, DateParts or OneHot, (n, columns)

    Returns
    -------
    ndarray or sparse matrix, (n, columns)
    """
    return block.written() if isinstance(block, OPEN_ENDED) else block


def gives_arrays(*steps: Any) -> bool:
    """Tell whether none of the steps has been asked for frames in place of arrays.

    Parameters
    ----------
    *steps : transformer
    """
    asked = any(hasattr(step, "_sklearn_output_config") for step in steps)
    return not asked and get_config()["transform_output"] == "default"
