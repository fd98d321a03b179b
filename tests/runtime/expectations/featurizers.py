"""Every featurizer there is, with arguments and a column that it can learn from."""

import importlib
import inspect
import pkgutil

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.naive_bayes import GaussianNB

from codegen_fi.runtime.automl import featurization
from codegen_fi.runtime.automl.featurization.generic.countbased_target_encoder import (
    CountBasedTargetEncoder,
)

ROWS = 24
WORDS = pd.Series(["red wine", "blue sky", "red wine", "green sea", "red sky", "blue sea"] * 4)
LABELS = pd.Series([1, 0, 1, 0, 0, 1] * 4)
NUMBERS = pd.Series(np.arange(ROWS) % 7 / 2)
DATES = pd.Series(pd.date_range("2020-01-01", periods=ROWS, freq="41h"))
COUNTS = pd.DataFrame({"a": np.arange(ROWS) % 3, "b": np.arange(ROWS) % 2})
TEXTS = pd.DataFrame({"a": WORDS, "b": WORDS[::-1].to_numpy()})

# What a class can't do without, where the defaults of its constructor aren't enough.
ARGUMENTS = {
    "CrossValidationTargetEncoder": {"target_encoder_cls": CountBasedTargetEncoder, "num_folds": 3},
    "HashOneHotVectorizerTransformer": {"hashing_seed_val": 3, "num_cols": 7},
    "ModelBasedTargetEncoder": {"model_class": GaussianNB},
    "PrefittedLabelEncoderTransformer": {"classes": np.array(sorted(set(WORDS)))},
    "PrefittedStandardScaler": {"mean": np.array([1.0, 0.5]), "std": np.array([2.0, 1.0])},
}
# What a class takes, where that isn't a column of words.
COLUMNS = {
    "BinTransformer": NUMBERS,
    "DateTimeFeaturesTransformer": DATES,
    "ModelBasedTargetEncoder": COUNTS,
    "NaiveBayes": COUNTS,
    "PrefittedStandardScaler": COUNTS,
    "StringConcatTransformer": TEXTS,
}


def found():
    """Walk the package; a new class is here as soon as its file is."""
    classes = {}
    for module in pkgutil.walk_packages(featurization.__path__, featurization.__name__ + "."):
        for name, value in vars(importlib.import_module(module.name)).items():
            own = inspect.isclass(value) and value.__module__ == module.name
            if own and issubclass(value, BaseEstimator) and _is_whole(value):
                classes[name] = value
    return classes


def _is_whole(cls):
    return not inspect.isabstract(cls) and cls.__module__.rpartition(".")[2][0] != "_"


def build(name):
    return found()[name](**ARGUMENTS.get(name, {}))


def column_of(name):
    return COLUMNS.get(name, WORDS).copy()


def dense(block):
    """Give what can be compared, whatever kind of block it is."""
    if isinstance(block, list):
        return pd.DataFrame(block).to_numpy()
    return block.toarray() if hasattr(block, "toarray") else np.asarray(block)
