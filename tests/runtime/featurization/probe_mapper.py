"""The mapper in the ways scripts use it, and in those they might."""

import importlib

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler


def frame():
    return pd.DataFrame(
        {
            "a": pd.Series(["x", "y", "x", None, "z"], dtype=object),
            "n": [1.0, np.nan, 3, 4, 4],
            "m": [1, 2, 3, 4, 5],
            "zip": ["q", "r", "s", "q", "r"],
            "größe's": [True, False, True, True, False],
        }
    )


def entries(runtime):
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    wrap = runtime("utilities", "wrap_in_list")
    impute = runtime("categorical.cat_imputer", "CatImputer")
    label = runtime("categorical.labelencoder_transformer", "LabelEncoderTransformer")
    hashed = runtime(
        "categorical.hashonehotvectorizer_transformer", "HashOneHotVectorizerTransformer"
    )
    mark = runtime("generic.imputation_marker", "ImputationMarker")
    one_hot = CountVectorizer(tokenizer=wrap, token_pattern=None, binary=True, dtype=np.uint8)
    codes = ("a", [impute(), cast(), label(hashing_seed_val=3)])
    mean = (["n"], [SimpleImputer()])
    return {
        "numbers": [mean, (["m"], StandardScaler())],
        "two columns in one": [(["n", "m"], SimpleImputer())],
        "one-hot and numbers": [mean, ("a", [cast(), one_hot])],
        "one-hot": [("a", [cast(), one_hot])],
        "hashes": [("zip", [cast(), hashed(hashing_seed_val=3, num_cols=4)])],
        "hashes and codes": [
            codes,
            ("zip", [cast(), hashed(hashing_seed_val=3, num_cols=4)]),
            mean,
        ],
        "codes": [codes],
        "marks": [(["n"], [mark()])],
        "codes and marks": [codes, (["n"], [mark()])],
        "series mark": [("n", [mark()])],
        "bool codes": [("größe's", [impute(), cast(), label(hashing_seed_val=3)])],
        "passed on": [("m", None), (["n", "m"], None)],
        "aliases": [("m", None, {"alias": "zz"}), ("a", [cast(), one_hot], {"alias": "yy"})],
    }


OPTIONS = {
    "as scripts": {"input_df": True, "sparse": True},
    "dense": {"input_df": True, "sparse": False},
    "frame out": {"input_df": True, "df_out": True},
    "rest passed on": {"input_df": True, "default": None},
}


def answer(mapper):
    data = frame()
    trained = mapper.fit_transform(data)
    new = mapper.transform(data.iloc[::-1])
    return {
        "type": type(trained).__name__,
        "dtype": "frame" if isinstance(trained, pd.DataFrame) else str(trained.dtype),
        "names": mapper.transformed_names_,
        "values": [cells(trained), cells(new)],
    }


def cells(block):
    block = block.toarray() if sparse.issparse(block) else np.asarray(block)
    return [
        [
            float(value)
            if isinstance(value, (int, float, bool, np.number, np.bool_))
            else str(value)
            for value in row
        ]
        for row in block.tolist()
    ]


def on_mappers(runtime, prefix):
    package = "sklearn_pandas" if prefix.startswith("azureml") else f"{prefix}.sklearn_pandas"
    mapper = importlib.import_module(f"{package}.dataframe_mapper").DataFrameMapper
    for name, features in entries(runtime).items():
        for how, options in OPTIONS.items():
            if "default" in options and any(word in name for word in ("hot", "hashes", "alias")):
                continue  # text beside a sparse block: scipy refuses in both runtimes
            yield f"mapper | {name} | {how}", answer(mapper(features=features, **options))
    generate = importlib.import_module(f"{package}.features_generator").gen_features
    definition = generate(
        columns=["a", ["n"], ["n", "m"]],
        classes=[{"class": SimpleImputer, "strategy": "median"}, None, StandardScaler],
    )
    yield (
        "definition",
        {"words": str([(columns, [str(each) for each in chain]) for columns, chain in definition])},
    )
    yield "empty definition", {"words": str([generate(["a"]), generate(["a"], []), generate([])])}
