"""Asks a transformer, and writes down what came out of it or that it refused."""

import re

import numpy as np
from scipy import sparse

REFUSALS = (re.error, AttributeError, IndexError, KeyError, TypeError, ValueError)


def plain(block):
    if sparse.issparse(block):
        return {**cells(block), "sparse": block.format}
    if isinstance(block, list):
        return {"words": [str(sorted(each.items())) for each in block]}
    block = np.asarray(block)
    if block.dtype.kind in "biuf":
        numbers = block.astype(float).tolist()
        return {"shape": list(block.shape), "kind": block.dtype.kind, "numbers": numbers}
    return {"shape": list(block.shape), "words": [str(value) for value in block.ravel()]}


def cells(block):
    """Say where a sparse matrix has values and which; written out, some would fill the memory."""
    block = block.tocsr(copy=True)
    block.eliminate_zeros()
    block.sort_indices()
    numbers = block.data.astype(float).tolist()
    places = [block.indptr.tolist(), block.indices.tolist()]
    return {
        "shape": [*block.shape, len(numbers)],
        "kind": block.dtype.kind,
        "places": places,
        "numbers": numbers,
    }


def outcome(action):
    try:
        return plain(action())
    except REFUSALS as error:
        return {"error": type(error).__name__}


def both(name, steps, column, new, y=None):
    """What fitting and transforming gives, and what the fitted steps make of new rows."""
    yield name, outcome(lambda: chained(steps(), column, y))
    yield f"{name}, new rows", outcome(lambda: chained(steps(), column, y, new))


def chained(steps, column, y, new=None):
    for step in steps:
        if new is not None:
            step.fit(column, y)
            column, new = step.transform(column), step.transform(new)
        else:
            column = step.fit(column, y).transform(column)
    return column if new is None else new
