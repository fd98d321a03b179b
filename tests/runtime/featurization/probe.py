"""Every transformer on every kind of column; prints nothing, writes what came out as JSON.

Run by the tests under both runtimes: ``python probe.py PREFIX OUT``.
"""

import importlib
import json
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from probe_data import DATES, HEADS, columns
from probe_mapper import on_mappers
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

SEED = 314489979


class Runtime:
    """The classes under test, by the tails their modules have in both runtimes."""

    def __init__(self, prefix):
        self._prefix = f"{prefix}.featurization."

    def __call__(self, tail, name):
        return getattr(importlib.import_module(self._prefix + tail), name)


class Words:
    """Spells objects and numbers alike: which an array holds is each runtime's own affair."""

    def fit_transform(self, X, y=None):
        return np.array([str(value) for value in np.asarray(X, dtype=object)], dtype=object)

    def transform(self, X):
        return self.fit_transform(X)


def plain(block):
    if sparse.issparse(block):
        # A row of one-hot columns is told by its places.
        return {
            "shape": list(block.shape),
            "dtype": str(block.dtype),
            "rows": block.tolil().rows.tolist(),
        }
    block = np.asarray(block)
    if block.dtype.kind in "biuf":
        return {"shape": list(block.shape), "numbers": block.astype(float).tolist()}
    return {"shape": list(block.shape), "words": [str(value) for value in block.ravel()]}


def outcome(action):
    try:
        return plain(action())
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return {"error": type(error).__name__}


def run(steps, column, new=None, y=None):
    for step in steps:
        column = step.fit_transform(column, y)
        new = step.transform(new) if new is not None else None
    return column if new is None else new


def chains(runtime):
    impute = runtime("categorical.cat_imputer", "CatImputer")
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    label = runtime("categorical.labelencoder_transformer", "LabelEncoderTransformer")
    hashed = runtime(
        "categorical.hashonehotvectorizer_transformer", "HashOneHotVectorizerTransformer"
    )
    dates = runtime("datetime.datetime_transformer", "DateTimeFeaturesTransformer")
    mark = runtime("generic.imputation_marker", "ImputationMarker")
    wrap = runtime("utilities", "wrap_in_list")
    return {
        "cast": lambda: [cast()],
        "impute": lambda: [impute(), Words()],
        "impute, cast": lambda: [impute(), cast()],
        "mark": lambda: [mark()],
        "label": lambda: [impute(), cast(), label(hashing_seed_val=SEED)],
        "hash 128": lambda: [cast(), hashed(hashing_seed_val=SEED, num_cols=128)],
        "hash 8096": lambda: [cast(), hashed(hashing_seed_val=7, num_cols=8096)],
        "dates": lambda: [dates()],
        "impute, cast, dates": lambda: [impute(), cast(), dates()],
        "one-hot": lambda: [
            cast(),
            CountVectorizer(tokenizer=wrap, token_pattern=None, binary=True, dtype=np.uint8),
        ],
    }


def on_columns(runtime):
    for name, steps in chains(runtime).items():
        for kind, column in columns().items():
            yield f"{name} | {kind}", outcome(lambda s=steps, c=column: run(s(), c))
            backwards = column.iloc[::-1].iloc[: max(1, len(column) // 2)]
            yield (
                f"{name} | {kind}, new rows",
                outcome(lambda s=steps, c=column, n=backwards: run(s(), c.iloc[:2], n)),
            )


def on_dates(runtime):
    dates = runtime("datetime.datetime_transformer", "DateTimeFeaturesTransformer")
    for head in [*HEADS, None]:
        for word in DATES:
            words = pd.Series([word] if head is None else [head, word], dtype=object)
            yield f"date | {head} | {word}", outcome(lambda w=words: dates().fit_transform(w))
    numbers = np.random.RandomState(0).randint(-(2**62), 2**62, 500) * 2
    yield "date | any moment", outcome(lambda: dates().fit_transform(pd.Series(numbers)))


def on_targets(runtime):
    folded = runtime("generic.crossvalidation_target_encoder", "CrossValidationTargetEncoder")
    counted = runtime("generic.countbased_target_encoder", "CountBasedTargetEncoder")
    weighed = runtime("generic.woe_target_encoder", "WoEBasedTargetEncoder")
    random = np.random.RandomState(3)
    values = pd.Series(
        np.array(list("abcd"))[np.repeat([0, 1, 2, 3], [50, 30, 5, 1])], dtype=object
    )
    values[[4, 60]] = [None, np.nan]
    new = pd.Series(["a", "b", "c", "d", "zz", None], dtype=object)
    labels = {
        "two classes": random.randint(0, 2, 86),
        "three classes": random.randint(0, 3, 86),
        "words": np.array(["no", "yes"])[random.randint(0, 2, 86)],
        "flags": random.randint(0, 2, 86).astype(bool),
        "numbers": random.normal(size=86) * 10 + 3,
    }
    for kind, y in labels.items():
        task = "regression" if kind == "numbers" else "classification"
        for encoder in (counted, weighed):
            for folds in (0, 1, 2, 5):
                made = lambda e=encoder, k=folds, t=task: [  # noqa: E731
                    folded(target_encoder_cls=e, task=t, num_folds=k, classes=np.array([1]))
                ]
                key = f"target | {encoder.__name__} | {kind} | {folds} folds"
                yield key, outcome(lambda m=made, y=y: run(m(), values, y=pd.Series(y)))
                if folds < 2:
                    yield f"{key}, new rows", outcome(lambda m=made, y=y: run(m(), values, new, y))
    for blending, smoothing in ((20, 10), (5, 2), (0, 1)):
        encoder = counted(blending, smoothing, "regression", np.array(["regression"]))
        y = pd.Series(labels["numbers"])
        yield (
            f"target | blending {blending}, smoothing {smoothing}",
            outcome(lambda e=encoder, y=y: e.fit(values, y).transform(new)),
        )
    for kind, column in {
        "no gaps": values.fillna("a"),
        "rare": pd.Series([*"ab" * 20, *"ccd"], dtype=object),
        "flags": pd.Series([True, False] * 10),
        "fractions": pd.Series([1.5, 2.5] * 10),
        "integers": pd.Series([1, 2] * 10),
        "integers as objects": pd.Series([1, 2] * 10, dtype=object),
        "flags as objects": pd.Series([True, False] * 10, dtype=object),
        "days": pd.Series(pd.DatetimeIndex(["2020-01-02", None, "2020-01-03"] * 7)),
        "zoned": pd.Series(pd.DatetimeIndex(["2020-01-02", "2020-01-03"] * 10, tz="UTC")),
        "durations": pd.Series(pd.TimedeltaIndex(["1 days", None, "2 days"] * 7)),
    }.items():
        made = folded(target_encoder_cls=counted, task="regression", num_folds=5)
        y = np.sqrt(np.arange(float(len(column))))
        yield (
            f"target | {kind}",
            outcome(lambda m=made, c=column, y=y: m.fit_transform(c, pd.Series(y))),
        )
    yield from on_targets_of_columns(folded, counted, weighed)
    distinct = pd.Series(list("abcdefghij"), dtype=object)
    made = folded(target_encoder_cls=counted, task="regression", num_folds=5)
    yield "target | all distinct", outcome(lambda: made.fit_transform(distinct, np.arange(10.0)))


def on_targets_of_columns(folded, counted, weighed):
    """Every kind of column there is, encoded by either encoder, with folds and without."""
    for kind, column in columns().items():
        y = pd.Series(np.arange(len(column)) % 3 == 0)
        for encoder in (counted, weighed) if len(column) else ():
            for folds in (0, 2):
                made = lambda e=encoder, k=folds: [folded(target_encoder_cls=e, num_folds=k)]  # noqa: E731
                key = f"target | {encoder.__name__} | {folds} folds | {kind}"
                yield key, outcome(lambda m=made, c=column, y=y: run(m(), c, y=y))
            new = column.iloc[::-1].iloc[: max(1, len(column) // 2)]
            few = column.iloc[:2]
            yield (
                f"{key}, new rows",
                outcome(lambda m=made, f=few, n=new, y=y: run(m(), f, n, y[:2])),
            )


def on_texts(runtime):
    bag = runtime("text.bagofwords_transformer", "BagOfWordsTransformer")
    words = columns()["words"]
    for name, value in {
        "use_idf": True,
        "norm": "l1",
        "max_wordgrams": 1,
        "max_df": 0.3,
        "wordgram_range": (1, 1),
        "chargram_range": (2, 3),
    }.items():
        made = bag(**{name: value})
        yield (
            f"bag | {name}",
            outcome(lambda m=made: m.fit(words, None).transform(words).toarray().round(6)),
        )
    yield "bag", outcome(lambda: bag().fit(words, None).transform(words[::-1]).toarray().round(6))


@contextmanager
def harness_quiet(prefix):
    """The official classes warn as they please; ours must not, so only it is silenced."""
    with warnings.catch_warnings():
        if prefix.startswith("azureml"):
            warnings.simplefilter("ignore")
        yield


def main(prefix, out):
    runtime = Runtime(prefix)
    with harness_quiet(prefix):
        answers = {
            key: answer
            for part in (on_columns, on_dates, on_targets, on_texts)
            for key, answer in part(runtime)
        }
        answers.update(on_mappers(runtime, prefix))
    Path(out).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
