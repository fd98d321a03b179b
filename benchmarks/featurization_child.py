"""One side of the comparison, in a process of its own; prints what it measured as JSON.

    python featurization_child.py PREFIX TABLE ROWS

PREFIX is the package of the featurizers: ``azureml.training.tabular`` or ours.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import importlib
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import scipy
import sklearn
from featurization_tables import CATEGORIES, NUMBERS, table
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import FeatureUnion

OFFICIAL = "azureml.training.tabular"
SEED = 314489979
SAMPLED_ROWS, CHUNK = 200, 1 << 24


class Runtime:
    """The classes of one side, by the tails their modules have on both."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        mapper = "sklearn_pandas" if prefix == OFFICIAL else f"{prefix}.sklearn_pandas"
        self._mapper = importlib.import_module(f"{mapper}.dataframe_mapper").DataFrameMapper
        self._features = importlib.import_module(f"{mapper}.features_generator").gen_features

    def __call__(self, tail: str, name: str, **settings: Any) -> dict[str, Any]:
        """Give an entry of a chain."""
        module = importlib.import_module(f"{self._prefix}.featurization.{tail}")
        return {"class": getattr(module, name), **settings}

    def function(self, tail: str, name: str) -> Any:
        """Give a function."""
        return self(tail, name)["class"]

    def mapper(self, columns: list[Any], *classes: dict[str, Any]) -> Any:
        """Give each of the columns a chain of its own."""
        definition = self._features(columns=columns, classes=list(classes))
        return self._mapper(features=definition, input_df=True, sparse=True)


def chains(runtime: Runtime) -> dict[str, tuple[dict[str, Any], ...]]:
    """Give the chains that generated featurizers hold, by what they are for."""
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    impute = runtime("categorical.cat_imputer", "CatImputer", copy=True)
    label = runtime(
        "categorical.labelencoder_transformer", "LabelEncoderTransformer", hashing_seed_val=SEED
    )
    hashed = runtime(
        "categorical.hashonehotvectorizer_transformer",
        "HashOneHotVectorizerTransformer",
        hashing_seed_val=SEED,
        num_cols=128,
    )
    one_hot = {
        "class": CountVectorizer,
        "binary": True,
        "dtype": np.uint8,
        "tokenizer": runtime.function("utilities", "wrap_in_list"),
    }
    frequencies = {"class": TfidfVectorizer, "dtype": np.float32, "use_idf": False}
    characters = {"ngram_range": (3, 3), "max_df": 0.95}
    return {
        "number": ({"class": SimpleImputer},),
        "marker": (runtime("generic.imputation_marker", "ImputationMarker"),),
        "one-hot": (cast, one_hot),
        "label": (impute, cast, label),
        "hash": (cast, hashed),
        "date": (
            impute,
            cast,
            runtime("datetime.datetime_transformer", "DateTimeFeaturesTransformer"),
        ),
        "characters": (cast, {**frequencies, "analyzer": "char", **characters}),
        "characters in words": (cast, {**frequencies, "analyzer": "char_wb", **characters}),
        "words": (cast, {**frequencies, "analyzer": "word", "ngram_range": (1, 2)}),
    }


def each(names: list[str]) -> list[Any]:
    return [[name] for name in names]


def encoded(encoding: str) -> list[Any]:
    return [name for name, (_, kind) in CATEGORIES.items() if kind == encoding]


GAPPY = each([f"x{place}" for place in range(0, NUMBERS, 4)])
DATES = ["known 0", "known 1", "moment as text", "day as text", "month as text"]
# Columns of each mapper, with the name of its chain.
FEATURIZERS: dict[str, list[tuple[list[Any], str]]] = {
    "demo": [
        (each(["age", "hours per week", "größe", "noise_1", "noise_2"]), "number"),
        (each(["hours per week"]), "marker"),
        (["workclass", "country's"], "one-hot"),
        (["sex", "is_member"], "label"),
        (["zip"], "hash"),
        (["signup"], "date"),
        (["comment"], "characters"),
        (["comment"], "words"),
    ],
    "numbers": [
        (each([f"x{place}" for place in range(NUMBERS)]), "number"),
        (GAPPY, "marker"),
    ],
    "categories": [(encoded(kind), kind) for kind in ("one-hot", "label", "hash")],
    "dates": [(DATES, "date")],
    "texts": [
        (["title"], "characters in words"),
        (["body"], "characters"),
        (["title", "body"], "words"),
    ],
}


def featurizer(runtime: Runtime, name: str) -> Any:
    made = chains(runtime)
    mappers = [runtime.mapper(columns, *made[chain]) for columns, chain in FEATURIZERS[name]]
    if len(mappers) == 1:
        return mappers[0]
    return FeatureUnion([(f"mapper_{place}", mapper) for place, mapper in enumerate(mappers)])


def status(field: str) -> int:
    """Read a size of this process in bytes, ``VmRSS`` (now) or ``VmHWM`` (the largest)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Run, and tell seconds, seconds of the processor and the peak above what was there before."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, began, busy = status("VmRSS"), time.perf_counter(), time.process_time()
    result = work()
    return result, {
        "wall": time.perf_counter() - began,
        "processor": time.process_time() - busy,
        "bytes": status("VmHWM") - before,
    }


def digest(values: Any, kind: Any) -> str:
    """Hash values as one type, whichever they have, piece by piece."""
    total = hashlib.blake2b(digest_size=16)
    for start in range(0, len(values), CHUNK):
        total.update(np.ascontiguousarray(values[start : start + CHUNK], dtype=kind))
    return total.hexdigest()


def footprint(matrix: Any) -> dict[str, Any]:
    """Say enough of a matrix to tell it from any other: digests, sums and some rows."""
    rows = np.linspace(0, matrix.shape[0] - 1, SAMPLED_ROWS).astype(int)
    if sparse.issparse(matrix):
        # Releases of scipy differ in the order in which they store a row.
        matrix.sort_indices()
    if sparse.issparse(matrix):
        parts = [digest(matrix.indptr, np.int64), digest(matrix.indices, np.int64)]
        data, held = (
            matrix.data,
            sum(p.nbytes for p in (matrix.data, matrix.indices, matrix.indptr)),
        )
        sample = matrix[rows].tocoo()
        triples = sample.row.tolist(), sample.col.tolist(), sample.data.tolist()
        cells = sorted(zip(*triples, strict=True))
    else:
        parts, data, held = [], matrix.reshape(-1), matrix.nbytes
        cells = np.nan_to_num(matrix[rows].astype(float), nan=-1).ravel().tolist()
    return {
        "facts": [type(matrix).__name__.replace("array", "matrix"), str(data.dtype), *matrix.shape],
        "parts": parts,
        "data": digest(data, data.dtype),
        "sums": np.asarray(matrix.sum(axis=0, dtype=float)).ravel().tolist(),
        "cells": np.asarray(cells, dtype=float).ravel().tolist(),
        "bytes": held,
    }


def main(prefix: str, name: str, rows: str) -> None:
    made = featurizer(Runtime(prefix), name)
    frame = table(name, int(rows), seed=1)
    answers = {}
    matrix, cost = measured(lambda: made.fit_transform(frame, None))
    answers["fit"] = {**cost, "matrix": footprint(matrix)}
    del matrix, frame
    frame = table(name, int(rows), seed=2)
    matrix, cost = measured(lambda: made.transform(frame))
    answers["transform"] = {**cost, "matrix": footprint(matrix)}
    versions = {package.__name__: package.__version__ for package in (np, pd, scipy, sklearn)}
    print(json.dumps({**answers, "versions": {"Python": sys.version.split()[0], **versions}}))


if __name__ == "__main__":
    with warnings.catch_warnings():
        # The official classes warn on their own.
        warnings.simplefilter("ignore")
        main(*sys.argv[1:])
