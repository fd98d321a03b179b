"""Train a rewritten script and hold its permutation importances against scikit-learn's.

    python permuted.py FOLDER --training-data PATH [--validation-data PATH]

Runs in a process of its own, in the emitted folder with the runtime beside the script. Prints a
JSON line: the largest difference for each score, and whether nothing was featurized again.
"""

import json
import runpy
import sys
from pathlib import Path

REPEATS, SEED = 2, 5
SCORES = {
    "classification": ("accuracy", "AUC_weighted", "neg_log_loss"),
    "regression": ("r2", "normalized_root_mean_squared_error", "spearman_correlation"),
}
found = {}


def compared(_run, model, X_train, y_train, X_valid=None, y_valid=None):
    from codegen_fi_runtime.importance import explain
    from codegen_fi_runtime.importance.anatomy import take_apart
    from codegen_fi_runtime.importance.blocks import blocks_of
    from codegen_fi_runtime.importance.permutation import shuffled_orders
    from codegen_fi_runtime.importance.scoring import scorer_for, task_of
    from sklearn.inspection import permutation_importance

    X, y = (X_train, y_train) if X_valid is None else (X_valid, y_valid)
    X, y = X[:400], y[:400]
    task = task_of(model)
    for name in SCORES[task]:
        _, scorer = scorer_for(name, task, (y,))
        try:
            scorer(model, X, y)
        except AttributeError:
            continue  # no probabilities to rank by
        options = {"methods": ["permutation"], "scoring": name, "repeats": REPEATS, "seed": SEED}
        result = explain(model, X, y, **options)
        theirs = permutation_importance(
            model, X, y, scoring=scorer, n_repeats=REPEATS, random_state=SEED
        )
        ours = {row.feature: row.importance for row in result.rows if row.space == "raw"}
        pairs = zip(X.columns, theirs.importances_mean.tolist(), strict=True)
        blocks = blocks_of(take_apart(model, X), X, y, scorer, shuffled_orders(len(X), 1, 0)[0])
        found[name] = {
            "difference": max(abs(ours[str(column)] - value) for column, value in pairs),
            "quick": blocks is not None and blocks.engine is not None,
            "failures": result.failures,
        }


def main():
    folder = Path(sys.argv[1])
    sys.path.insert(0, str(folder))
    from codegen_fi_runtime.local_run import LocalRun

    LocalRun.explain = compared
    sys.argv = [str(folder / "train.py"), *sys.argv[2:], "--outputs", str(folder / "compared")]
    runpy.run_path(sys.argv[0], run_name="__main__")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
