"""Small featurizers that tell their columns, and data with known truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import hstack, issparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import FeatureUnion


class Mapper(TransformerMixin, BaseEstimator):
    """Applies one transformer per entry; `columns` is a name (a series) or a list (a frame)."""

    def __init__(self, entries, sparse=False):
        self.entries = entries
        self.sparse = sparse

    def fit(self, X, y=None):
        for columns, transformer in self.entries:
            transformer.fit(X[columns], y)
        self.widths_ = [part.shape[1] for part in self._parts(X)]
        return self

    def transform(self, X):
        parts = self._parts(X)
        if self.sparse or any(issparse(part) for part in parts):
            return hstack(parts).tocsr()
        return np.hstack(parts)

    def _parts(self, X):
        return [np_or_sparse(each.transform(X[columns])) for columns, each in self.entries]

    def feature_blocks(self):
        return [
            ((columns,) if isinstance(columns, str) else tuple(columns), width)
            for (columns, _), width in zip(self.entries, self.widths_, strict=True)
        ]

    def feature_lineage(self):
        return [columns for columns, width in self.feature_blocks() for _ in range(width)]

    def get_feature_names_out(self):
        return np.array(
            [
                f"{'_'.join(columns)}_{i}"
                for columns, width in self.feature_blocks()
                for i in range(width)
            ],
            dtype=object,
        )


def np_or_sparse(part):
    return part if issparse(part) else np.asarray(part, dtype=float)


class BatchCentred(TransformerMixin, BaseEstimator):
    """Not row-wise: subtracts the mean of the rows at hand, weighted by their position."""

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        values = np.asarray(X, dtype=float)
        return values - (values * np.arange(len(values))[:, None]).mean()


def odd_frame(rows=240, seed=3):
    """Numbers with gaps, categories, text; names with space, quote, comma and other letters."""
    random = np.random.default_rng(seed)
    size = random.normal(size=rows)
    country = random.choice(["de", "fr", "it"], rows)
    words = np.array(["good red", "bad red", "good blue", "bad blue"])
    frame = pd.DataFrame(
        {
            "hours per week": size,
            "größe": np.where(random.random(rows) < 0.2, np.nan, random.normal(size=rows)),
            "country's": country,
            "a, b": random.choice(words, rows),
            "never read": random.normal(size=rows),
        },
        index=random.permutation(rows) + 10,
    )
    score = 2 * size + (country == "fr") + frame["a, b"].str.startswith("good").to_numpy()
    return frame, score


def featurizer(kind="sparse"):
    numbers = Mapper([(["hours per week"], SimpleImputer()), (["größe"], SimpleImputer())])
    texts = Mapper([("country's", CountVectorizer()), ("a, b", CountVectorizer())], sparse=True)
    both = Mapper([(["hours per week", "größe"], SimpleImputer())])
    lists = {
        "dense": [("n", numbers)],
        "sparse": [("n", numbers), ("t", texts)],
        "shared": [("n", numbers), ("both", both), ("t", texts)],
    }
    return FeatureUnion(lists[kind])


@pytest.fixture
def odd():
    return odd_frame()


@pytest.fixture
def make_featurizer():
    return featurizer


@pytest.fixture
def make_mapper():
    return Mapper


@pytest.fixture
def batch_centred():
    return BatchCentred
