"""Blocks side by side are what numpy and scipy make of them all at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from codegen_fi.runtime.automl.featurization.datetime._parts import DateParts
from codegen_fi.runtime.automl.sklearn_pandas._one_hot import OneHot, spread
from codegen_fi.runtime.automl.sklearn_pandas._open_ended import written
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


@given(
    places=st.lists(st.lists(st.integers(-1, 2), min_size=4, max_size=4), min_size=1, max_size=4),
    types=st.lists(st.sampled_from([bool, np.uint8]), min_size=4, max_size=4),
    dense=st.sampled_from([None, 0, 1]),
)
def test_ones_of_several_columns(places, types, dense):
    blocks = []
    for each, dtype in zip(places, types, strict=False):
        words = sparse.csr_matrix(np.eye(4, 3, dtype=dtype))
        # The fourth word has no column.
        blocks.append(spread(words, np.array(each, dtype=np.intp) % 4))
        assert isinstance(blocks[-1], OneHot)
    if dense is not None:
        blocks.insert(dense, np.arange(8).reshape(4, 2))
    reference = [written(block) for block in blocks]
    made = Blocks(iter(blocks), expected=None)
    assert made.any_sparse
    ours, expected = made.sparse(), sparse.csr_matrix(sparse.hstack(reference, format="csr"))
    assert type(ours) is type(expected)
    assert ours.shape == expected.shape
    for part in ("data", "indices", "indptr"):
        assert getattr(ours, part).dtype == getattr(expected, part).dtype
        assert getattr(ours, part).tolist() == getattr(expected, part).tolist()
    assert Blocks(iter(blocks), expected=None).dense().tolist() == expected.toarray().tolist()


@pytest.mark.parametrize("width", [1, 10])
def test_dates_beside_other_numbers(width):
    moments = np.array(["2020-01-31T10:20:30", "NaT", "1999-12-31"], dtype="datetime64[ns]")
    numbers = np.arange(3 * width).reshape(3, width)
    blocks = [DateParts(moments), numbers, DateParts(moments[::-1].copy())]
    made = Blocks(iter(blocks), expected=3)
    assert made.widths == [10, width, 10]
    expected = np.hstack([written(block) for block in blocks])
    assert made.dense().tolist() == expected.tolist()
    with_sparse = Blocks(iter([*blocks, sparse.csr_matrix(numbers)]), expected=4)
    assert with_sparse.sparse().toarray().tolist() == np.hstack([expected, numbers]).tolist()
