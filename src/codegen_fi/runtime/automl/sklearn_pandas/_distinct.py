"""Vectorize each text once: a column of categories repeats a few of them over all rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..featurization._repeats import told_apart
from ..featurization.datetime._parsing import parse_dates
from ..featurization.datetime._parts import DateParts
from ..featurization.datetime.datetime_transformer import DateTimeFeaturesTransformer
from ..featurization.text import _counting
from ._one_hot import spread
from ._open_ended import gives_arrays
from ._spelled import ENCODERS, VECTORIZERS, Spelled

# Below this share of distinct texts the detour costs less than it saves.
WORTHWHILE = 0.5


def fit_transform(step: Any, X: Any, y: Any, *, open_ended: bool = False) -> Any:
    """Fit and transform; the same as ``step.fit_transform(X, y)``.

    Parameters
    ----------
    step : transformer
    X : array-like, (n,) or (n, columns), or Spelled
    y : array-like, (n,), optional
    open_ended : bool
        Leave open where the outcome is written to, if that saves a copy.

    Returns
    -------
    ndarray or sparse matrix, (n, ...)
    """
    if isinstance(X, Spelled) and type(step) in ENCODERS:
        return _of_each(step.fit(X.words).transform(X.words), X.codes, open_ended=open_ended)
    if open_ended and _takes_apart(step):
        return transform(step.fit(X), X, open_ended=True)
    repeated = _repeated(step, X) if _blind_to_frequency(step) else None
    if repeated is None:
        return _counting.fit_transform(step, X.texts() if isinstance(X, Spelled) else X, y)
    codes, texts = repeated
    return _of_each(_counting.fit_transform(step, texts), codes, open_ended=open_ended)


def transform(step: Any, X: Any, *, open_ended: bool = False) -> Any:
    """Transform; the same as ``step.transform(X)``.

    Parameters
    ----------
    step : transformer
        Fitted.
    X : array-like, (n,) or (n, columns), or Spelled
    open_ended : bool
        Leave open where the outcome is written to, if that saves a copy.

    Returns
    -------
    ndarray or sparse matrix, (n, ...)
    """
    if isinstance(X, Spelled) and type(step) in ENCODERS:
        return _of_each(step.transform(X.words), X.codes, open_ended=open_ended)
    if open_ended and _takes_apart(step):
        return DateParts(parse_dates(X).to_numpy())
    repeated = _repeated(step, X)
    if repeated is None:
        return _counting.transform(step, X.texts() if isinstance(X, Spelled) else X)
    codes, texts = repeated
    return _of_each(_counting.transform(step, texts), codes, open_ended=open_ended)


def _of_each(made: Any, codes: NDArray[np.intp], *, open_ended: bool) -> Any:
    """Give each row what its text became."""
    return spread(made, codes) if open_ended else made[codes]


def _takes_apart(step: Any) -> bool:
    return type(step) is DateTimeFeaturesTransformer and gives_arrays(step)


def _repeated(step: Any, X: Any) -> tuple[NDArray[np.intp], NDArray[Any]] | None:
    """Split the texts into distinct ones and where they go, if that is worth it."""
    if isinstance(X, Spelled):
        return X if len(X.words) < WORTHWHILE * len(X.codes) else None
    if type(step) not in VECTORIZERS or not isinstance(X, np.ndarray):
        return None
    if X.dtype != object or X.ndim != 1:
        return None
    codes, texts = told_apart(X)
    return (codes, texts) if len(texts) < WORTHWHILE * len(X) else None


def _blind_to_frequency(step: Any) -> bool:
    """Tell whether it makes no difference to the vocabulary in how many rows a text occurs."""
    return (
        getattr(step, "min_df", None) == 1
        and isinstance(step.max_df, float)
        and step.max_df == 1.0
        and step.max_features is None
        and not getattr(step, "use_idf", False)
    )
