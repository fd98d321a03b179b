"""How strongly two columns move together, between 0 and 1, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.stats import rankdata

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.intp]

_AT_ONCE = 256
"""Columns that are compared with all others together: a wide table has millions of pairs."""

FEWEST = 3
"""Rows that two columns must have in common; any two rows lie on a line."""


def between_numbers(values: Floats) -> Floats:
    """Compute |Spearman's rank correlation| of each pair of columns.

    Parameters
    ----------
    values : ndarray of shape (rows, columns)
        nan where missing.

    Returns
    -------
    ndarray of shape (columns, columns)
        Each pair over the rows where both are known. A column is ranked once, over all its own
        rows: without missing values this is Spearman's coefficient, with them close to it.
        0 for constant columns.
    """
    known = ~np.isnan(values)
    ranks = np.zeros(values.T.shape)
    for j, rows in enumerate(known.T):
        ranks[j, rows] = _standard(rankdata(values[rows, j]))
    found = np.empty((len(ranks), len(ranks)))
    mask = None if known.all() else known.astype(np.float64)
    for start in range(0, len(ranks), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        found[some] = _of_whole(ranks, some) if mask is None else _of_known(ranks, mask, some)
    return found


def _of_whole(ranks: Floats, some: slice) -> Floats:
    """Correlate some columns with all where nothing is missing."""
    squares = (ranks**2).sum(axis=1)
    whole = np.sqrt(squares[some, None] * squares)
    count = np.full(whole.shape, float(ranks.shape[1]))
    return _ratio(np.abs(ranks[some] @ ranks.T), whole, count)


def _of_known(ranks: Floats, mask: Floats, some: slice) -> Floats:
    """Correlate some columns with all over the rows where both are known."""
    here, own = mask[:, some], ranks[some]
    count = here.T @ mask
    total, totals = own @ mask, (ranks @ here).T
    squares, others = own**2 @ mask, (ranks**2 @ here).T
    covariance = count * (own @ ranks.T) - total * totals
    spread = np.sqrt(np.maximum(count * squares - total**2, 0.0))
    spreads = np.sqrt(np.maximum(count * others - totals**2, 0.0))
    return _ratio(np.abs(covariance), spread * spreads, count)


def between_categories(codes: Codes) -> Floats:
    """Compute bias-corrected Cramer's V of each pair of columns.

    Parameters
    ----------
    codes : ndarray of int of shape (rows, columns)
        Categories numbered from 0; -1 where missing.

    Returns
    -------
    ndarray of shape (columns, columns)
        W. Bergsma, "A bias-correction for Cramer's V and Tschuprow's T", Journal of the Korean
        Statistical Society 42 (2013).
    """
    if codes.shape[1] == 0:
        return np.empty((0, 0))
    sizes = np.maximum(codes.max(axis=0, initial=-1) + 1, 1)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    last = int(sizes.sum())
    # Missing values of the other columns are counted behind the last category of all of them.
    placed = np.where(codes >= 0, codes + starts, last)
    return np.array(
        [_cramers_v(_counts(one, size, placed, last), starts) for one, size in zip(codes.T, sizes)]  # noqa: B905
    )


def _counts(one: Codes, size: int, placed: Codes, last: int) -> Floats:
    """Count one column's categories against those of all columns, side by side."""
    known = one >= 0
    flat = (placed[known] + one[known, None] * (last + 1)).ravel()
    return (
        np.bincount(flat, minlength=size * (last + 1))
        .reshape(size, last + 1)[:, :last]
        .astype(np.float64)
    )


def _cramers_v(table: Floats, starts: Codes) -> Floats:
    """Compute V of one column with each other; their categories begin at `starts`."""
    here, there = np.add.reduceat(table, starts, axis=1), table.sum(axis=0)
    count = np.maximum(here.sum(axis=0), 1.0)
    part = np.divide(table**2, there, out=np.zeros_like(table), where=there > 0)
    inner = np.add.reduceat(part, starts, axis=1)
    phi2 = np.divide(inner, here, out=np.zeros_like(inner), where=here > 0).sum(axis=0) - 1
    rows, columns = (here > 0).sum(axis=0), np.add.reduceat((there > 0) * 1, starts)
    free = np.maximum(count - 1, 1.0)
    corrected = np.maximum(phi2 - (rows - 1) * (columns - 1) / free, 0.0)
    shorter = np.minimum(rows - (rows - 1) ** 2 / free, columns - (columns - 1) ** 2 / free) - 1
    usable = (count >= FEWEST) & (np.minimum(rows, columns) > 1) & (shorter > 0)
    ratio = np.divide(corrected, shorter, out=np.zeros_like(corrected), where=usable)
    return np.asarray(np.sqrt(np.clip(ratio, 0.0, 1.0)))


def across(codes: Codes, values: Floats) -> Floats:
    """Compute the correlation ratio eta of each number given each category.

    eta^2 is the part of a number's variance that lies between the categories' means.

    Parameters
    ----------
    codes : ndarray of int of shape (rows, categories)
    values : ndarray of shape (rows, numbers)
        Infinite ones count as missing.

    Returns
    -------
    ndarray of shape (categories, numbers)
    """
    known = np.isfinite(values)
    standard = np.zeros(values.shape)
    for j in range(values.shape[1]):
        standard[known[:, j], j] = _standard(values[known[:, j], j])
    mask = known.astype(np.float64)
    return np.array([_eta(column, standard, mask) for column in codes.T]).reshape(
        codes.shape[1], values.shape[1]
    )


def _eta(codes: Codes, values: Floats, mask: Floats) -> Floats:
    rows = np.flatnonzero(codes >= 0)
    levels = int(codes.max(initial=-1)) + 1
    member = csr_matrix((np.ones(len(rows)), (codes[rows], rows)), shape=(levels, len(codes)))
    count, total = member @ mask, member @ values
    squares = (member @ values**2).sum(axis=0)
    everything, number = total.sum(axis=0), count.sum(axis=0)
    grand = np.divide(everything**2, number, out=np.zeros_like(number), where=number > 0)
    inner = np.divide(total**2, count, out=np.zeros_like(total), where=count > 0).sum(axis=0)
    whole = squares - grand
    return np.sqrt(_ratio(np.maximum(inner - grand, 0.0), whole, number))


def _standard(values: Floats) -> Floats:
    """Centre and scale, so that sums of squares lose no digits; a constant becomes 0."""
    if len(values) == 0:
        return values
    # A number as large as the largest float would overflow in the mean.
    values = values / max(float(np.abs(values).max()), np.finfo(np.float64).tiny)
    centred = values - values.mean()
    spread = float(centred.std())
    constant = spread <= 1e-14 * max(1.0, float(np.abs(values).max()))
    return np.zeros_like(centred) if constant else centred / spread


def _ratio(part: Floats, whole: Floats, count: Floats) -> Floats:
    """Divide where rows enough are known and something varies; 0 elsewhere."""
    usable = (count >= FEWEST) & (whole > 1e-9 * np.maximum(count, 1.0))
    ratio = np.divide(part, whole, out=np.zeros_like(part), where=usable)
    return np.asarray(np.clip(ratio, 0.0, 1.0))
