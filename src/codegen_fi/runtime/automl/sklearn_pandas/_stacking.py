"""Blocks of columns side by side; those of one kind without a copy of all of them.

Generated featurizers often hold entries of one kind only, such as dates: the matrix is made when
the first block is known, and each further block is given back as soon as it is written into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ..featurization.datetime._parts import DateParts, write_side_by_side
from ._one_hot import OneHot, side_by_side
from ._open_ended import written

# One column lies in memory in either order, and numpy then has a choice.
NARROWEST = 2


class Blocks:
    """What the entries of a mapper give.

    Parameters
    ----------
    given : iterable of ndarray or sparse matrix, (n, columns)
        Taken one at a time.
    expected : int, optional
        How many there are, if they may all have the width of the first.

    Attributes
    ----------
    widths : list of int
        Of each block.
    any_sparse : bool
    """

    def __init__(self, given: Iterable[Any], *, expected: int | None) -> None:
        self.widths: list[int] = []
        self._expected = expected or 0
        self._matrix: NDArray[Any] | None = None
        self._single: list[Any] = []
        self._later: list[tuple[int, DateParts]] = []
        for block in given:
            self._add(block)
        self.any_sparse = any(_is_sparse(block) for block in self._single)

    def sparse(self) -> Any:
        """Give a sparse matrix."""
        if self._matrix is None and _are_alike(self._single):
            return side_by_side(self._single)
        return sparse.csr_matrix(sparse.hstack(self._all(), format="csr"))

    def dense(self) -> NDArray[Any]:
        """Give a dense matrix."""
        if self._matrix is not None and not self._single:
            write_side_by_side(self._later, self._matrix)
            return self._matrix
        blocks = self._all()
        return np.hstack([block.toarray() if sparse.issparse(block) else block for block in blocks])

    def _add(self, block: Any) -> None:
        rows, width = block.shape
        if not self.widths and self._expected > 1 and _is_plain(block):
            self._matrix = np.empty((rows, width * self._expected), dtype=block.dtype)
        if self._matrix is not None and not self._single and self._fits(block):
            done = sum(self.widths)
            if isinstance(block, DateParts):
                self._later.append((done, block))
            else:
                self._matrix[:, done : done + width] = block
        else:
            self._single.append(block)
        self.widths.append(width)

    def _fits(self, block: Any) -> bool:
        matrix: Any = self._matrix
        shape = len(matrix), matrix.shape[1] // self._expected
        return _is_plain(block) and block.shape == shape and block.dtype == matrix.dtype

    def _all(self) -> list[Any]:
        single = [written(block) for block in self._single]
        before = len(self.widths) - len(single)
        ends = np.cumsum(self.widths[:before]).tolist()
        starts = [0, *ends][:before]
        matrix: Any = self._matrix
        write_side_by_side(self._later, matrix)
        # Of their own, as numpy lays a matrix out by how its pieces lie.
        pieces = [matrix[:, start:end].copy() for start, end in zip(starts, ends, strict=True)]
        self._matrix = None
        return [*pieces, *single]


def _is_plain(block: Any) -> bool:
    if min(block.shape) < NARROWEST:
        return False
    return isinstance(block, DateParts) or (
        type(block) is np.ndarray
        and block.ndim == NARROWEST
        and block.dtype.kind in "bif"
        and block.flags.c_contiguous
    )


def _is_sparse(block: Any) -> bool:
    return isinstance(block, OneHot) or sparse.issparse(block)


def _are_alike(blocks: list[Any]) -> bool:
    one_hot = [block for block in blocks if isinstance(block, OneHot)]
    return len(one_hot) == len(blocks) > 0 and len({block.dtype for block in one_hot}) == 1
