"""Random small tables, and the featurizers that the generator writes for their columns."""

import functools

import numpy as np
import pandas as pd
from expecting import PORTABLE, Runtime, nan
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import FeatureUnion

RUNTIME = Runtime(PORTABLE)
WORDS = ("red", "Blue", "größe", "", " ", "nan", "a b", "x=y", "1", "1.0", None, nan)
CELLS = {
    "number": st.floats(-1e6, 1e6) | st.just(nan),
    "category": st.sampled_from(WORDS),
    "flag": st.booleans(),
    "code": st.sampled_from([*WORDS, *map(str, range(30))]),
    "date": st.datetimes(pd.Timestamp("1800-01-01"), pd.Timestamp("2200-01-01")) | st.none(),
    "text": st.lists(st.sampled_from(["great", "service", "the", "box"]), max_size=4).map(" ".join),
}
# Names that collide once something is put behind them, and names that are awkward in text.
NAMES = ("a", "a (2)", "a (missing)", "a=red", "größe's", 'a "b"', "x, y", " ", "a: b", "1")


def column(kind, cells):
    if kind == "number":
        return pd.Series(cells, dtype="float64")
    if kind == "date":
        return pd.Series(pd.DatetimeIndex(cells, dtype="datetime64[ns]"))
    return pd.Series(cells, dtype=bool if kind == "flag" else object)


@st.composite
def tables(draw, *, least=3):
    """Draw a frame, what kind each column is, and as many new rows."""
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=5))
    names = draw(st.permutations(NAMES))[: len(kinds)]
    rows = draw(st.integers(least, 8))
    halves = []
    for _ in range(2):
        columns = {
            name: column(kind, draw(st.lists(CELLS[kind], min_size=rows, max_size=rows)))
            for name, kind in zip(names, kinds, strict=True)
        }
        halves.append(pd.DataFrame(columns))
    frame, new = halves
    for name, kind in zip(names, kinds, strict=True):
        if kind == "text":
            # A text column that holds no word has no vocabulary.
            frame.loc[0, name] = "great service"
    return frame, dict(zip(names, kinds, strict=True)), new


def union(kinds, **options):
    """Build the mappers of a script: one for each kind of chain, side by side."""
    as_scripts = {"input_df": True, "sparse": True, **options}
    by_kind = {}
    for name, kind in kinds.items():
        by_kind.setdefault(kind, []).append(name)
    mapper = RUNTIME("sklearn_pandas.dataframe_mapper", "DataFrameMapper")
    generate = RUNTIME("sklearn_pandas.features_generator", "gen_features")
    return FeatureUnion(
        [
            (
                f"mapper_{place}",
                mapper(features=generate(columns=wanted, classes=chain), **as_scripts),
            )
            for place, (wanted, chain) in enumerate(
                (_as_frames(names, chain), chain)
                for kind, names in by_kind.items()
                for chain in chains()[kind]
            )
        ]
    )


def _as_frames(names, chain):
    return [[name] for name in names] if chain[0]["class"] in _of_frames() else names


@functools.cache
def _of_frames():
    return {SimpleImputer, RUNTIME("featurization.generic.imputation_marker", "ImputationMarker")}


@functools.cache
def chains():
    """Give the chains of each kind of column, as the generator writes them."""
    impute = {"class": RUNTIME("featurization.categorical.cat_imputer", "CatImputer")}
    cast = {"class": RUNTIME("featurization.text.stringcast_transformer", "StringCastTransformer")}
    mark = {"class": RUNTIME("featurization.generic.imputation_marker", "ImputationMarker")}
    label = "featurization.categorical.labelencoder_transformer", "LabelEncoderTransformer"
    hashed = (
        "featurization.categorical.hashonehotvectorizer_transformer",
        "HashOneHotVectorizerTransformer",
    )
    dates = "featurization.datetime.datetime_transformer", "DateTimeFeaturesTransformer"
    codes = {"class": RUNTIME(*label), "hashing_seed_val": 314489979}
    places = {"class": RUNTIME(*hashed), "hashing_seed_val": 314489979, "num_cols": 16}
    one_hot = {
        "class": CountVectorizer,
        "binary": True,
        "dtype": np.uint8,
        "tokenizer": RUNTIME("featurization.utilities", "wrap_in_list"),
    }
    pieces = {"class": TfidfVectorizer, "dtype": np.float32, "use_idf": False}
    letters = {**pieces, "analyzer": "char", "ngram_range": (3, 3)}
    return {
        "number": [[{"class": SimpleImputer, "keep_empty_features": True}], [mark]],
        "category": [[cast, one_hot], [mark]],
        "flag": [[impute, cast, codes]],
        "code": [[cast, places]],
        "date": [[impute, cast, {"class": RUNTIME(*dates)}]],
        "text": [[cast, letters], [cast, {**pieces, "ngram_range": (1, 2)}]],
    }
