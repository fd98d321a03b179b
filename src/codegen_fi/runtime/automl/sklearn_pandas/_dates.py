"""Dates filled in, cast to text and read again, without the text: what a chain does to each.

Generated featurizers put these three steps before a model. Columns of one known type and text of
one layout are taken here; whatever is not exactly this is left to the steps.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..featurization._base import as_series
from ..featurization._repeats import mostly_distinct, told_apart
from ..featurization.categorical.cat_imputer import NOTHING_SEEN, CatImputer, numpy_typed
from ..featurization.datetime._layouts import regular_layout
from ..featurization.datetime._parsing import parse_texts, read_regular
from ..featurization.datetime._parts import DateParts
from ..featurization.datetime.datetime_transformer import DateTimeFeaturesTransformer
from ..featurization.text.stringcast_transformer import StringCastTransformer
from ._open_ended import gives_arrays

STEPS = [CatImputer, StringCastTransformer, DateTimeFeaturesTransformer]
MOMENTS = np.dtype("datetime64[ns]")


def filled_dates(steps: list[Any], X: Any, *, fit: bool) -> DateParts | None:
    """Fill in, read and take apart; the same as the steps do one after the other.

    Parameters
    ----------
    steps : list of transformer
        Fitted unless `fit` says so.
    X : Series, DataFrame or ndarray
    fit : bool
        Fit the first of the steps, the only one that learns.

    Returns
    -------
    DateParts, (n, 10), or None
        None when the steps are others or the column is of another kind; nothing is fitted then.
    """
    if [type(step) for step in steps] != STEPS or getattr(X, "ndim", 0) != 1 or not len(X):
        return None
    if not gives_arrays(*steps):
        return None
    column = as_series(X)
    if (
        column.dtype.kind != "M"
        and column.dtype != object
        and not isinstance(column.dtype, pd.StringDtype)
    ):
        return None
    values = numpy_typed(column).to_numpy()
    if values.dtype == MOMENTS:
        moments = _known(steps[0], column, values, fit=fit)
    else:
        moments = _read(steps[0], values, fit=fit)
    return None if moments is None else DateParts(moments)


def _known(
    imputer: Any, column: pd.Series[Any], moments: NDArray[Any], *, fit: bool
) -> NDArray[Any] | None:
    if fit:
        imputer.fit(column)
    elif imputer.zone_ is not None and getattr(column.dtype, "tz", None) is None:
        # What is filled in has a zone then, and the others have none.
        return None
    fill = imputer.fill_
    if isinstance(fill, str) and fill == NOTHING_SEEN:
        return moments
    if type(fill) is not pd.Timestamp or fill.tzinfo is not None or fill.unit != "ns":
        return None
    return np.where(np.isnat(moments), np.datetime64(fill.value, "ns"), moments)


def _read(imputer: Any, values: NDArray[np.object_], *, fit: bool) -> NDArray[Any] | None:
    if not fit and not isinstance(imputer.fill_, str):
        return None
    read = _read_each if mostly_distinct(values) else _read_distinct
    return read(imputer, values, fit=fit)


def _read_each(imputer: Any, values: NDArray[np.object_], *, fit: bool) -> NDArray[Any] | None:
    """Read what hardly repeats a date; equal dates of one layout are equal texts."""
    missing = np.asarray(pd.isna(values))
    texts = values[~missing]
    first = next(iter(texts), None)
    layout = regular_layout(first) if isinstance(first, str) else None
    if layout is None or pd.api.types.infer_dtype(texts, skipna=False) != "string":
        return None
    moments = read_regular(texts, layout)
    # Several texts may be no date; those aren't equal.
    if moments is None or (fit and np.isnat(moments).any()):
        return None
    fill = _most_frequent(texts, moments) if fit else imputer.fill_
    filled = read_regular(np.array([fill], dtype=object), layout)
    # The first cell tells the layout, and it may be filled in.
    if filled is None or (missing[0] and regular_layout(fill) != layout):
        return None
    if fit:
        imputer.fill_ = fill
    everything = np.full(len(values), filled[0])
    everything[~missing] = moments
    return everything


def _most_frequent(texts: NDArray[np.object_], moments: NDArray[Any]) -> str:
    numbers = np.sort(moments.view(np.int64))
    begins = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
    counts = np.diff(begins, append=len(numbers))
    most = numbers[begins[counts == counts.max()]].view(moments.dtype)
    smallest: str = min(texts if len(most) == len(texts) else texts[np.isin(moments, most)])
    return smallest


def _read_distinct(imputer: Any, values: NDArray[np.object_], *, fit: bool) -> NDArray[Any] | None:
    codes, words = told_apart(values, missing_too=False)
    if pd.api.types.infer_dtype(words, skipna=False) != "string":
        return None
    known = codes >= 0
    counts = np.bincount(codes[known])
    fill: str = min(words[counts == counts.max()]) if fit else imputer.fill_
    if "\0" in "".join([*words, fill]):
        return None
    if fit:
        imputer.fill_ = fill
    # A code of -1 reads the last of them.
    texts = words if known.all() else np.append(words, fill)
    moments: NDArray[Any] = parse_texts(texts, words[0] if known[0] else fill).to_numpy()[codes]
    return moments
