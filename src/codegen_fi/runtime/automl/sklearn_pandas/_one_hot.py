"""Noughts with a one in some column of each row, as the places of the ones.

A matrix of several such columns of text is written in one go, not put together out of matrices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LARGEST = np.iinfo(np.int32).max


class OneHot:
    """A sparse matrix with at most a one in each row.

    Parameters
    ----------
    places : ndarray of int32, (n,)
        The column of each row's one, -1 where it has none.
    like : sparse matrix, (any number, width)
        A matrix of the same class, width and type.

    Attributes
    ----------
    shape : (int, int)
    dtype : dtype
    """

    def __init__(self, places: NDArray[np.int32], like: Any) -> None:
        self.places = places
        self.shape = len(places), like.shape[1]
        self.dtype = like.dtype
        self._class = type(like)

    def written(self) -> Any:
        """Give it as the sparse matrix that it is.

        Returns
        -------
        csr matrix, (n, width)
        """
        return self._class(_parts(self.places.reshape(-1, 1), self.dtype), shape=self.shape)


def spread(matrix: Any, codes: NDArray[np.intp]) -> Any:
    """Do what ``matrix[codes]`` does, and leave it open where the rows are written to.

    Parameters
    ----------
    matrix : ndarray or sparse matrix, (words, columns)
    codes : ndarray of int, (n,)

    Returns
    -------
    OneHot, ndarray or sparse matrix, (n, columns)
    """
    if not (sparse.issparse(matrix) and matrix.format == "csr" and matrix.shape[1] <= LARGEST):
        return matrix[codes]
    lengths = np.diff(matrix.indptr)
    if lengths.max(initial=0) > 1 or not (matrix.data == 1).all():
        return matrix[codes]
    places = np.full(len(lengths), -1, dtype=np.int32)
    places[lengths == 1] = matrix.indices
    return OneHot(places[codes], matrix)


def side_by_side(blocks: Sequence[OneHot]) -> sparse.csr_matrix:
    """Put blocks of one type beside each other.

    Parameters
    ----------
    blocks : sequence of OneHot, (n, width) each

    Returns
    -------
    csr_matrix, (n, sum of the widths)
    """
    width = sum(block.shape[1] for block in blocks)
    rows, kind = len(blocks[0].places), np.int32 if width <= LARGEST else np.int64
    places = np.empty((rows, len(blocks)), dtype=kind)
    done = 0
    for column, block in enumerate(blocks):
        places[:, column] = np.where(block.places < 0, kind(-1), block.places + kind(done))
        done += block.shape[1]
    return sparse.csr_matrix(_parts(places, blocks[0].dtype), shape=(rows, width))


def _parts(places: NDArray[Any], dtype: Any) -> tuple[Any, Any, Any]:
    """Give data, column and row pointers of a matrix, from the columns of each row."""
    rows, columns = places.shape
    there = places >= 0
    if there.all():
        indices = places.reshape(-1)
        pointers = np.arange(rows + 1, dtype=np.int64) * columns
    else:
        indices = places[there]
        pointers = np.append(0, np.cumsum(np.count_nonzero(there, axis=1)))
    kind = places.dtype if len(indices) <= LARGEST else np.int64
    return (
        np.ones(len(indices), dtype=dtype),
        indices.astype(kind, copy=False),
        pointers.astype(kind, copy=False),
    )
