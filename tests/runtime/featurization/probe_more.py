"""The transformers that scripts rarely name; writes what came out as JSON.

Run by the tests under both runtimes: ``python probe_more.py PREFIX OUT``.
"""

import importlib
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from probe import Runtime, harness_quiet
from probe_asking import both, outcome, plain
from probe_data import columns
from probe_labels import on_labels
from probe_mapper_more import on_mappers
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer

TEXTS = (
    "The cat sat, on the Mat",
    "a dog",
    "",
    "CAT cat dog 12 x",
    "nan",
    "ünï 日本 x1",
    "AB cd! Really?!",
    "  ",
    " a  b ",
    "1.5",
    "...",
    "A. B? c\n d\te",
    "ÀÉ 12 ǅx ªb ŉa",
    "a_b c-d _ __ don't",
    "iPhone eBay XML",
)


def on_bins(runtime):
    cut = runtime("numeric.bin_transformer", "BinTransformer")
    kinds = {
        **columns(),
        "spread": pd.Series([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 100]),
        "equal": pd.Series([5, 5, 5]),
        "equal fractions": pd.Series([0.1, 0.1]),
        "negative": pd.Series([-3.5, -3.5, -1]),
        "huge": pd.Series([2**53, 2**53 + 1, 2**53 + 2, 2**60]),
        "tiny": pd.Series([1e-300, 2e-300, 5e-300]),
        "bytes": pd.Series([0, 51, 52, 200, 255], dtype="uint8"),
        "signed bytes": pd.Series([-128, 0, 127], dtype="int8"),
        "durations": pd.Series(pd.to_timedelta([1, 2, 9], "D")),
        "six days": pd.Series(pd.date_range("2020-01-01", periods=6)),
        "on the edges": pd.Series(np.arange(26) / 10),
        "random": pd.Series(np.random.RandomState(0).normal(size=300)),
        "repeated index": pd.Series([3, 5, 9], index=[1, 1, 2]),
        "objects that are numbers": pd.Series([1, 2, 2.5, 4], dtype=object),
    }
    for kind, column in kinds.items():
        yield from both(f"bin | {kind}", lambda: [cut()], column, column[::-1])
    spread = kinds["spread"]
    new = pd.Series([-5, 0, 0.9, 0.901, 0.902, 1, 34, 34.00001, 67, 100, 101, np.nan, np.inf])
    for number in (1, 2, 3, 7, 10, 0, [0, 2, 5, 90], "3"):
        yield from both(f"bin | {number} bins", lambda n=number: [cut(n)], spread, new)
    whole = np.asarray(spread)
    for kind, block in {"array": whole, "list": whole.tolist()}.items():
        yield f"bin | {kind}", outcome(lambda b=block: cut().fit(b).transform(b))
    for kind, block in {"frame": spread.to_frame(), "matrix": whole.reshape(-1, 1)}.items():
        yield f"bin | {kind}", outcome(lambda b=block: cut().fit(b).transform(b))
    dates, fitted = kinds["six days"], pd.Series(pd.to_datetime(["2020-01-03 12:00", None]))
    yield "bin | dates, new rows", outcome(lambda: cut().fit(dates).transform(fitted))
    for kind, rows in {"none": spread[:0], "flags": pd.Series([True, False])}.items():
        yield f"bin | {kind}, new rows", outcome(lambda r=rows: cut(3).fit(spread).transform(r))


def on_joins(runtime):
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    join = runtime("text.string_concat_transformer", "StringConcatTransformer")
    for kind, column in columns().items():
        backwards = column[::-1].reset_index(drop=True)
        table = pd.concat([column.rename("a"), backwards.rename("b")], axis=1)
        for name, steps in {"cast": lambda: [cast(), join()], "bare": lambda: [join("|")]}.items():
            if (
                len(column) and kind != "date objects"
            ):  # each pandas reverses them into other objects
                yield from both(f"join | {name} | {kind}", steps, table, table[::-1])
    column = columns()["words"]
    yield from both("join | one column", lambda: [cast(), join()], column, column)
    words = pd.DataFrame({"a": ["x", "y", "nan", ""], "b": ["p", "NaN", "q", "r é"]})
    shapes = {
        "one": words[["a"]],
        "three": words.assign(c="!"),
        "none": words[[]],
        "matrix": words.to_numpy(),
        "unicode matrix": words.to_numpy().astype(str),
        "categories": words.astype("category"),
        "series": words["a"],
    }
    for kind, block in shapes.items():
        for separator in (". ", "", "|", None):
            made = join(separator)
            key = f"join | {kind} | {separator!r}"
            yield key, outcome(lambda m=made, b=block: m.fit(b).transform(b))


def on_style(runtime):
    count = runtime("text.stats_transformer", "StatsTransformer")
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    bag = runtime("text.bagofwords_transformer", "BagOfWordsTransformer")
    texts = pd.Series(TEXTS, dtype=object)
    patterns = (None, r"\w+", r"(?u)\b\w\w+\b", "x(y)z", "x(q?)", "", "[", "(a)(b)")
    for pattern in patterns:
        made = count() if pattern is None else count(pattern)
        for kind, block in {"series": texts, "array": texts.to_numpy()}.items():
            key = f"style | {pattern!r} | {kind}"
            yield key, outcome(lambda m=made, b=block: m.fit(b).transform(b))
    for kind, column in columns().items():
        for name, steps in {
            "cast": lambda: [cast(), count(), DictVectorizer()],
            "bare": lambda: [count(), DictVectorizer(sparse=False)],
        }.items():
            yield from both(f"style | {name} | {kind}", steps, column, column[::-1])
    yield from on_dense_bags(bag, cast, texts)


def on_dense_bags(bag, cast, texts):
    new = pd.Series(["!!! Who? A B C. Hello World", "zzz", "", *TEXTS[:3]], dtype=object)
    for settings in (
        {},
        {"use_idf": True},
        {"norm": "l1"},
        {"max_wordgrams": 2},
        {"max_df": 0.3},
        {"wordgram_range": (1, 1), "chargram_range": (2, 3)},
    ):
        made = lambda s=settings: [bag(include_dense_features=True, **s)]  # noqa: E731
        yield from both(f"dense bag | {settings}", made, texts, new)
    for kind, column in columns().items():
        made = lambda: [cast(), bag(include_dense_features=True)]  # noqa: E731
        yield from both(f"dense bag | {kind}", made, column, column[::-1])
    for kind, column in {
        "one": texts[:1],
        "equal": texts[[0, 0, 0]],
        "gaps": pd.Series(["ab", None]),
    }.items():
        made = lambda: [bag(include_dense_features=True)]  # noqa: E731
        yield from both(f"dense bag | bare {kind}", made, column, column)


def on_one_hot(runtime):
    encode = runtime("categorical.onehotencoder_transformer", "OneHotEncoderTransformer")
    lenient = {"handle_unknown": "ignore"}
    for kind, column in columns().items():
        yield from both(f"encode | {kind}", lambda: [encode(**lenient)], column, column[::-1])
        few = column.iloc[:2]
        yield (
            f"encode | {kind}, unseen",
            outcome(lambda c=column, f=few: encode(**lenient).fit(f).transform(c)),
        )
        if len(column):
            table = pd.DataFrame({"a": column, "b": np.arange(len(column)) % 3})
            yield (
                f"encode | {kind}, two columns",
                outcome(lambda t=table: encode(**lenient).fit(t).transform(t)),
            )
    words = pd.Series(["b", "a", "c", "a"], dtype=object)
    table = pd.DataFrame({"a": words, "b": [1, 2, 1, 2]})
    new = pd.DataFrame({"a": ["c", "z", "a"], "b": [2, 1, 7]})
    for name, settings in {
        "strict": {},
        "dense": {"sparse_output": False},
        "floats": {"dtype": np.float64},
        "drop": {"drop": "first"},
        "binary": {"drop": "if_binary"},
        "given": {"categories": [["c", "a", "b"], [2, 1]]},
        "too few given": {"categories": [["a", "b"], [1, 2]]},
        "frequent": {"min_frequency": 2, "handle_unknown": "infrequent_if_exist"},
        "at most": {"max_categories": 2, "handle_unknown": "infrequent_if_exist"},
        "wrong": {"handle_unknown": "guess"},
        "unknown": {"colour": 1},
    }.items():
        yield from both(f"encode | {name}", lambda s=settings: [encode(**s)], table, table[::-1])
        yield (
            f"encode | {name}, unseen",
            outcome(lambda s=settings: encode(**s).fit(table).transform(new)),
        )
    for kind, block in {"array": words.to_numpy(), "matrix": table.to_numpy()}.items():
        yield f"encode | {kind}", outcome(lambda b=block: encode().fit(b).transform(b))


def on_functions(lambda_transformer):
    numbers = pd.Series([1.0, 2, np.nan])
    table = pd.DataFrame({"a": numbers, "b": [4, 5, 6]})
    for name, function in {
        "log": np.log,
        "twice": lambda x: x * 2,
        "sum": lambda x: np.asarray(x).sum(axis=1),
        "both": lambda x: np.hstack([np.asarray(x), np.asarray(x)]),
        "sparse": lambda x: sparse.csr_matrix(np.nan_to_num(np.asarray(x))),
        "no function": 3,
        "wrong": str.upper,
    }.items():
        for kind, block in {"series": numbers, "frame": table, "array": table.to_numpy()}.items():
            made = lambda f=function: [lambda_transformer(f)]  # noqa: E731
            yield from both(f"function | {name} | {kind}", made, block, block[::-1])
    yield "function | default", outcome(lambda: lambda_transformer().transform(table))


def answers(prefix):
    runtime = Runtime(prefix)
    official = prefix.startswith("azureml")
    home = (
        "azureml.automl.runtime.featurizer.transformer" if official else f"{prefix}.featurization"
    )
    function = importlib.import_module(f"{home}.generic.lambda_transformer").LambdaTransformer
    for part in (on_bins, on_joins, on_style, on_one_hot):
        yield from part(runtime)
    yield from on_functions(function)
    yield from on_labels(runtime, both)
    yield from on_mappers(runtime, prefix, plain)


def main(prefix, out):
    with harness_quiet(prefix):
        Path(out).write_text(json.dumps(dict(answers(prefix))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
