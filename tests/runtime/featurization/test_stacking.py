"""Blocks side by side are what numpy and scipy make of them all at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from codegen_fi.runtime.automl.sklearn_pandas._stacking import Blocks

KINDS = {
    "rows": lambda cells: cells,
    "columns": np.asfortranarray,
    "wider": lambda cells: np.hstack([cells, cells]),
    "one": lambda cells: cells[:, :1],
    "none": lambda cells: cells[:, :0],
    "float": lambda cells: cells.astype(float),
    "objects": lambda cells: cells.astype(object),
    "text": lambda cells: cells.astype(str),
    "sparse": sparse.csr_matrix,
}


@given(
    kinds=st.lists(st.sampled_from([*KINDS, *["rows"] * 6]), min_size=1, max_size=5),
    rows=st.integers(1, 4),
    alike=st.booleans(),
)
def test_dense(kinds, rows, alike):
    blocks = [
        KINDS[kind](np.arange(rows * 3).reshape(rows, 3) + place)
        for place, kind in enumerate(kinds)
    ]
    made = Blocks(iter(blocks), expected=len(blocks) if alike else None)
    ours = made.dense()
    reference = np.hstack([b.toarray() if sparse.issparse(b) else b for b in blocks])
    assert made.widths == [block.shape[1] for block in blocks]
    assert made.any_sparse == ("sparse" in kinds)
    assert ours.dtype == reference.dtype
    assert ours.strides == reference.strides
    assert ours.tolist() == reference.tolist()
    assert not any(np.shares_memory(ours, b) for b in blocks if not sparse.issparse(b))


@pytest.mark.parametrize("expected", [None, 3])
@pytest.mark.parametrize("kinds", [("rows", "rows", "sparse"), ("sparse", "rows", "sparse")])
def test_sparse(kinds, expected):
    blocks = [KINDS[kind](np.eye(3, dtype=int)) for kind in kinds]
    ours = Blocks(iter(blocks), expected=expected).sparse()
    reference = sparse.csr_matrix(sparse.hstack(blocks, format="csr"))
    for part in ("data", "indices", "indptr"):
        assert getattr(ours, part).dtype == getattr(reference, part).dtype
        assert getattr(ours, part).tolist() == getattr(reference, part).tolist()
