"""Encoders that train a model on the label, before kinds of labels and kinds of columns."""

import numpy as np
import pandas as pd
from probe_data import columns
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier

ROWS = 40


def labels():
    random = np.random.RandomState(1)
    words = np.array(["no", "yes", "may"])
    return {
        "two": random.randint(0, 2, ROWS),
        "three": random.randint(0, 3, ROWS),
        "many": np.arange(ROWS) % 13,
        "words": words[random.randint(0, 3, ROWS)],
        "objects": words[random.randint(0, 3, ROWS)].astype(object),
        "categories": pd.Series(words[random.randint(0, 3, ROWS)]).astype("category"),
        "flags": random.randint(0, 2, ROWS).astype(bool),
        "fractions that are classes": np.array([1.0, 2.0])[random.randint(0, 2, ROWS)],
        "rare": np.r_[np.zeros(ROWS - 2), [1, 2]].astype(int),
        "one": np.zeros(ROWS, dtype=int),
        "numbers": random.normal(size=ROWS),
        "other index": pd.Series(random.randint(0, 2, ROWS), index=range(7, ROWS + 7)),
        "gaps": np.where(np.arange(ROWS) % 9, 1.0, np.nan),
    }


def on_labels(runtime, both):
    bayes = runtime("text.naive_bayes", "NaiveBayes")
    model = runtime("generic.modelbased_target_encoder", "ModelBasedTargetEncoder")
    cast = runtime("text.stringcast_transformer", "StringCastTransformer")
    counts = np.random.RandomState(0).randint(0, 4, (ROWS, 6)).astype(float)
    models = {
        "bayes": bayes,
        "default": lambda: model(MultinomialNB),
        "smooth": lambda: model(MultinomialNB, {"alpha": 5.0, "fit_prior": False}),
        "gauss": lambda: model(model_class=GaussianNB, model_params={}),
        "neighbours": lambda: model(KNeighborsClassifier, {"n_neighbors": 3}),
    }
    for kind, y in labels().items():
        for name, made in models.items():
            steps = lambda m=made: [m()]  # noqa: E731
            yield from both(f"{name} | {kind}", steps, counts, counts[:3], y)
    two = labels()["two"]
    blocks = {
        "sparse": sparse.csr_matrix(counts),
        "frame": pd.DataFrame(counts),
        "single precision": counts.astype(np.float32),
        "negative": -counts,
        "gaps": np.where(counts, counts, np.nan),
        "one column": counts[:, :1],
        "no rows": counts[:0],
        "one row": counts[:1],
    }
    for kind, block in blocks.items():
        for name in ("bayes", "smooth"):
            rows = block.shape[0]
            steps = lambda m=models[name]: [m()]  # noqa: E731
            yield from both(f"{name} | on {kind}", steps, block, block[:2], two[:rows])
            yield from both(f"{name} | on {kind}, no label", steps, block, block[:2])
    yield from both(
        "default | no probabilities", lambda: [model(LinearRegression)], counts, counts, two
    )
    for kind, column in columns().items():
        for name, vectorizer in {
            "counts": lambda: CountVectorizer(analyzer="char"),
            "weights": lambda: TfidfVectorizer(analyzer="char", dtype=np.float32),
        }.items():
            steps = lambda v=vectorizer: [cast(), v(), bayes()]  # noqa: E731
            y = np.arange(len(column)) % 3
            yield from both(f"bayes | {name} | {kind}", steps, column, column[::-1], y)
