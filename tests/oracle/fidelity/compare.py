"""How far two results are apart: exactly where they are whole numbers or text, else relatively."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

RELATIVE = 1e-6


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance of two results.

    Attributes
    ----------
    size
        The largest relative difference; infinite where they can't be laid side by side.
    words
        The first place where they differ by more than is allowed; empty when there is none.
    """

    size: float = 0.0
    words: str = ""

    @property
    def is_none(self) -> bool:
        return not self.words

    def or_else(self, other: Gap) -> Gap:
        """The worse of two, with the words of the first that has some."""
        return Gap(max(self.size, other.size), self.words or other.words)


def apart(words: str) -> Gap:
    return Gap(math.inf, words)


def matrices(
    official: Any,
    portable: Any,
    kinds: tuple[str, str] = ("dense", "dense"),
    *,
    scaled: bool = False,
) -> Gap:
    """Compare two matrices or vectors, sparse or dense.

    Columns that are officially whole numbers, and text, have to be equal; others within `RELATIVE`.

    Parameters
    ----------
    official, portable
        Arrays or sparse arrays.
    kinds
        How each was held in its own runtime: a sparse matrix isn't a dense one.
    scaled
        Measure every value by the largest of its column, whole numbers as well: for projections
        and probabilities, whose values near zero are what rounding leaves of larger ones.
    """
    if "sparse" in kinds and kinds[0] != kinds[1]:
        return apart(f"officially {kinds[0]}, here {kinds[1]}")
    if official.shape != portable.shape:
        return apart(f"shape {official.shape} officially, {portable.shape} here")
    if official.dtype.kind in "USb" or portable.dtype.kind in "USb":
        return _exactly(official, portable)
    return _numbers(_table(official), _table(portable), scaled)


def _table(values: Any) -> NDArray[Any]:
    array = values.toarray() if sparse.issparse(values) else np.asarray(values)
    return array.reshape(len(array), -1)


def _exactly(official: Any, portable: Any) -> Gap:
    same = np.asarray(official == portable)
    if same.ndim == 0 or official.dtype.kind != portable.dtype.kind:
        return apart(f"{official.dtype} officially, {portable.dtype} here")
    if same.all():
        return Gap()
    where = tuple(int(i) for i in np.argwhere(~same)[0])
    share = float(1 - same.mean())
    return Gap(share, f"at {where} {official[where]!r} officially, {portable[where]!r} here")


def _numbers(official: NDArray[Any], portable: NDArray[Any], scaled: bool) -> Gap:
    known = np.isfinite(official)
    if not np.array_equal(known, np.isfinite(portable)) or not np.array_equal(
        official[~known], portable[~known], equal_nan=True
    ):
        return _first(official, portable, ~_same(official, portable), math.inf)
    official, portable = (
        np.where(known, table, 0.0).astype(np.float64) for table in (official, portable)
    )
    distance = np.abs(official - portable)
    scale = np.abs(official)
    if scaled:
        scale = np.broadcast_to(scale.max(axis=0, initial=0.0), distance.shape)
    beyond = np.where(distance > 0, math.inf, 0.0)
    ratio = np.divide(distance, scale, out=beyond, where=scale > 0)
    bad = ratio > RELATIVE
    if not scaled:
        whole = (official == np.round(official)).all(axis=0)
        bad |= whole & (distance > 0)
    return _first(official, portable, bad, float(ratio.max(initial=0.0)))


def _same(official: NDArray[Any], portable: NDArray[Any]) -> NDArray[np.bool_]:
    return (official == portable) | (np.isnan(official) & np.isnan(portable))


def _first(official: NDArray[Any], portable: NDArray[Any], bad: NDArray[Any], size: float) -> Gap:
    if not bad.any():
        return Gap(size)
    row, column = (int(i) for i in np.argwhere(bad)[0])
    columns = np.flatnonzero(bad.any(axis=0))
    return Gap(
        size,
        f"{columns.size} of {bad.shape[1]} columns, first row {row}, column {column}: "
        f"{official[row, column]!r} officially, {portable[row, column]!r} here",
    )


def scores(official: Mapping[str, Any], portable: Mapping[str, Any], allowed: float) -> Gap:
    """Compare scores, and what is in their tables, number by number.

    A difference is absolute for values up to 1, the range of most scores, relative beyond.
    """
    theirs, ours = dict(leaves(official)), dict(leaves(portable))
    if theirs.keys() != ours.keys():
        only = min(theirs.keys() ^ ours.keys())
        return apart(f"{only} {'officially' if only in theirs else 'here'} only")
    gap = Gap()
    for name, value in theirs.items():
        gap = gap.or_else(_score(name, value, ours[name], allowed))
    return gap


def _score(name: str, official: Any, portable: Any, allowed: float) -> Gap:
    if not (is_number(official) and is_number(portable)):
        same = official == portable
        return Gap() if same else apart(f"{name} {official!r} officially, {portable!r} here")
    if (math.isnan(official) and math.isnan(portable)) or official == portable:
        return Gap()
    size = abs(official - portable) / max(1.0, abs(official))
    size = math.inf if math.isnan(size) else size
    if size <= allowed:
        return Gap(size)
    return Gap(size, f"{name} {official!r} officially, {portable!r} here")


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what nested tables hold, each value with its path."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, f"{name}[{number}]")
    else:
        yield name, value
