"""Matrices and facts of one run, in two files that appear whole.

Used on both sides: runs on the Pythons of the official packages, 3.8 the oldest.
"""

import json
import os
import tempfile

import numpy as np
from scipy import sparse

# A sparse matrix is kept by its parts under the name with these after it.
PARTS = ("data", "indices", "indptr", "shape")


class Record:
    """What a run showed: arrays by name, and facts that JSON can hold."""

    def __init__(self):
        self.arrays = {}
        self.facts = {"kinds": {}}

    def put(self, name, value):
        """Keep an array, a frame or a sparse matrix."""
        self.facts["kinds"][name] = kind_of(value)
        if sparse.issparse(value):
            self._put_sparse(name, value)
        else:
            self.arrays[name] = plain(value)

    def _put_sparse(self, name, value):
        rows = sparse.csr_matrix(value, copy=True)
        rows.sum_duplicates()
        rows.eliminate_zeros()
        rows.sort_indices()
        for part in PARTS:
            self.arrays["%s.%s" % (name, part)] = np.asarray(getattr(rows, part))

    def save(self, path):
        """Write ``<path>.npz``, then ``<path>.json``: where that is, the other is whole."""
        replace(path + ".npz", lambda stream: np.savez_compressed(stream, **self.arrays))
        text = json.dumps(self.facts, ensure_ascii=False, sort_keys=True)
        replace(path + ".json", lambda stream: stream.write((text + "\n").encode("utf-8")))


def kind_of(value):
    """Say in a word how a matrix is held: sparse, frame or dense."""
    if sparse.issparse(value):
        return "sparse"
    return "frame" if hasattr(value, "iloc") else "dense"


def plain(value):
    """Return an array that can be kept without pickling: numbers, truth values or text."""
    array = np.asarray(value)
    if array.dtype.kind in "biuf":
        return array
    if array.dtype.kind in "mM":
        return array.astype("int64")
    try:
        return array.astype("float64")
    except (TypeError, ValueError):
        return array.astype(str)


def replace(path, write):
    """Write a file beside its place and move it there when it is complete."""
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=folder, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            write(stream)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def jsonable(value):
    """Turn what scores hold, numpy's numbers and arrays among it, into what JSON holds."""
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return jsonable(value.tolist())
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
