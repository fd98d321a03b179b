"""The rare transformers in the mapper and in a union of mappers, as a script would have them."""

import importlib

import numpy as np
import pandas as pd
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline

OPTIONS = {
    "as scripts": {"input_df": True, "sparse": True},
    "dense": {"input_df": True, "sparse": False},
    "arrays": {"sparse": True},
}


def frame():
    return pd.DataFrame(
        {
            "title": pd.Series(["Good wine", np.nan, "bad", "GOOD day", "", "so so"], dtype=object),
            "body": ["I like it.", "no", "Why?", "it is good!", "12 x", "no no"],
            "n": [1.0, 2, 3.5, 9, 9, 4],
            "größe's": ["S", "L", "S", "M", "M", "S"],
        }
    )


def entries(runtime):
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    join = runtime("text.string_concat_transformer", "StringConcatTransformer")
    count = runtime("text.stats_transformer", "StatsTransformer")
    bayes = runtime("text.naive_bayes", "NaiveBayes")
    bag = runtime("text.bagofwords_transformer", "BagOfWordsTransformer")
    cut = runtime("numeric.bin_transformer", "BinTransformer")
    encode = runtime("categorical.onehotencoder_transformer", "OneHotEncoderTransformer")
    both = ["title", "body"]
    return {
        "joined words": [(both, [cast(), join(), TfidfVectorizer(dtype=np.float32)])],
        "joined, bayes": [(both, [cast(), join(), TfidfVectorizer(), bayes()])],
        "style": [("title", [cast(), count(), DictVectorizer()])],
        "bag": [("body", [cast(), bag(include_dense_features=True)])],
        "bins": [("n", [cut(num_bins=3)])],
        "codes": [("größe's", [encode(handle_unknown="ignore")])],
        "codes of two": [(["größe's", "n"], [encode(handle_unknown="ignore")])],
        "bins, coded": [("n", [cut(), encode(handle_unknown="ignore")])],
    }


def on_mappers(runtime, prefix, plain):
    package = "sklearn_pandas" if prefix.startswith("azureml") else f"{prefix}.sklearn_pandas"
    mapper = importlib.import_module(f"{package}.dataframe_mapper").DataFrameMapper
    y = np.array([1, 0, 0, 1, 0, 1])
    for how, options in OPTIONS.items():
        for name, features in entries(runtime).items():
            made = mapper(features=features, **options)
            yield f"rare mapper | {name} | {how}", trained(made, y, plain)
            yield f"rare mapper | {name} | {how}, new rows", plain(made.transform(frame()[::-1]))
    union = FeatureUnion(
        [
            (name, mapper(features=each, **OPTIONS["as scripts"]))
            for name, each in entries(runtime).items()
        ]
    )
    pipeline = Pipeline([("featurization", union)])
    yield "rare mapper | union", trained(pipeline, y, plain)
    yield "rare mapper | union, new rows", plain(pipeline.transform(frame()[::-1]))


def trained(made, y, plain):
    data = frame()
    return plain(made.fit(data, y).transform(data))
