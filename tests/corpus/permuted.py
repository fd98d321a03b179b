"""Train rewritten scripts and hold their permutation importances against scikit-learn's.

    python permuted.py RUNTIME

RUNTIME is the folder that holds `codegen_fi_runtime`.  Reads a JSON line per script: the path of
its train.py, the options to run it with, and the scores, each a name and whether rows have weights.
Answers each by a JSON line: the kind of the featurized matrix, and for each score the largest
difference, the largest importance and whether the quick way was taken.  One process for many
scripts, because importing the libraries takes longer than most of them train.
"""

import json
import os
import runpy
import sys
import traceback

import numpy as np

REPEATS, SEED, ROWS = 2, 5, 400
# Halves, thirds and rows that don't count, so that sums of weights are rounded.
WEIGHTS = (0.0, 0.5, 1.0, 1 / 3, 7.25)


class Once:
    """A model that predicts a table once for however many scorers ask."""

    def __init__(self, model):
        self._model, self._said = model, {}

    def __getattr__(self, name):
        found = getattr(self._model, name)
        if name not in ("predict", "predict_proba", "decision_function"):
            return found

        def method(X):
            if name not in self._said:
                self._said[name] = found(X)
            return self._said[name].copy()

        method.__name__ = name
        return method


def theirs(model, X, y, scorers):
    """Scikit-learn's importances of each column, by the name of the score."""
    from sklearn.inspection import permutation_importance

    def every_score(model, X, y):
        once = Once(model)
        return {name: scorer(once, X, y) for name, scorer in scorers.items()}

    options = {"n_repeats": REPEATS, "random_state": SEED}
    try:
        return permutation_importance(model, X, y, scoring=every_score, **options)
    except TypeError:  # releases before 1.0 take one score at a time
        return {
            name: permutation_importance(model, X, y, scoring=scorer, **options)
            for name, scorer in scorers.items()
        }


def usable(model, X, y, asked, weights):
    """The scorers that have a value, and why the others have none."""
    from codegen_fi_runtime.importance.scoring import Weighted, fitting, scorer_for, task_of

    scorers, without = {}, {}
    for name, weighted in asked:
        _, scorer = scorer_for(name, task_of(model), (y,))
        scorer = fitting(scorer, model, X)
        scorer = Weighted(scorer, weights) if weighted else scorer
        label = f"{name}, weighted" if weighted else name
        try:
            if np.isfinite(scorer(model, X, y)):
                scorers[label] = scorer
            else:
                without[label] = "no value on these rows"
        except AttributeError as error:
            without[label] = str(error)
    return scorers, without


def compared(model, X, y, asked, weights=None):
    from codegen_fi_runtime.importance import explain
    from codegen_fi_runtime.importance.anatomy import take_apart
    from codegen_fi_runtime.importance.blocks import blocks_of
    from codegen_fi_runtime.importance.permutation import shuffled_orders
    from scipy.sparse import issparse

    if weights is None:
        weights = np.random.RandomState(SEED).choice(WEIGHTS, len(X))
    scorers, without = usable(model, X, y, asked, weights)
    reference = theirs(model, X, y, scorers)
    found = {"matrix": "none", "without": without, "scores": {}}
    for label, scorer in scorers.items():
        name, _, weighted = label.partition(", ")
        options = {"methods": ["permutation"], "scoring": name, "repeats": REPEATS, "seed": SEED}
        result = explain(model, X, y, sample_weight=weights if weighted else None, **options)
        raw = {row.feature: row for row in result.rows if row.space == "raw"}
        ours = np.array([[raw[str(c)].importance, raw[str(c)].std] for c in X.columns])
        mean, std = reference[label].importances_mean, reference[label].importances_std
        blocks = blocks_of(take_apart(model, X), X, y, scorer, shuffled_orders(len(X), 1, 0)[0])
        if blocks is not None:
            found["matrix"] = "sparse" if issparse(blocks.matrix) else "dense"
        found["scores"][label] = {
            "difference": float(np.abs(ours - np.column_stack([mean, std])).max()),
            "largest": float(np.abs(mean).max()),
            "columns": len(X.columns),
            "quick": blocks is not None and blocks.engine is not None,
            "failures": result.failures,
        }
    return found


def trained_and_compared(script, options, scores):
    from codegen_fi_runtime.local_run import LocalRun

    found = {}

    def explain(_run, model, X_train, y_train, X_valid=None, y_valid=None, sample_weight=None):
        X, y = (X_train, y_train) if X_valid is None else (X_valid, y_valid)
        weights = None if sample_weight is None else np.asarray(sample_weight)[:ROWS]
        found.update(compared(model, X[:ROWS], y[:ROWS], scores, weights))
        found["own weights"] = sample_weight is not None

    LocalRun.explain = explain
    sys.argv = [script, *options]
    runpy.run_path(script, run_name="__main__")
    return found


def main():
    # Scripts and libraries print what they like to the same stream.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.path.insert(0, sys.argv[1])
    for line in sys.stdin:
        try:
            answer = trained_and_compared(**json.loads(line))
        except Exception:  # noqa: BLE001 - the other scripts are still to come
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
