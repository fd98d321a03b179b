"""Runs under the official interpreter: JSON questions in, JSON answers out."""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from azureml.training.tabular.preprocessing import _dataset_binning as binning  # noqa: E402
from azureml.training.tabular.preprocessing import data_cleaning  # noqa: E402
from azureml.training.tabular.score import scoring  # noqa: E402
from azureml.training.tabular.score._cv_splits import _CVSplits  # noqa: E402


def array(spec):
    return None if spec is None else np.array(spec["values"], dtype=spec["dtype"])


def classification(q):
    return scoring.score_classification(
        array(q["y"]),
        array(q["probabilities"]),
        q["metrics"],
        array(q["class_labels"]),
        array(q["train_labels"]),
        sample_weight=array(q.get("weights")),
        use_binary=q["use_binary"],
    )


def regression(q):
    y, predicted = array(q["y"]), array(q["predicted"])
    bins = binning.make_dataset_bins(len(y), y)
    return scoring.score_regression(
        y, predicted, q["metrics"], *q["scale"], array(q.get("weights")), bins
    )


def aggregate(q):
    return scoring.aggregate_scores([ANSWER[part["kind"]](part) for part in q["parts"]])


def bins(q):
    return binning.make_dataset_bins(q["n"], array(q["y"]), percentile=q["percentile"])


def splits(q):
    X, y = np.arange(q["n"]).reshape(-1, 1), array(q["y"])
    plan = _CVSplits(X, y, **q["options"])
    folds = [
        [part if part is None else part.ravel().tolist() for part in fold]
        for fold in plan.apply_CV_splits(X, y, np.arange(q["n"]) * 2)
    ]
    return {"folds": folds, "bins": q["bins"] and binning.get_dataset_bins(plan, X, y)}


def cleaning(q):
    y = array(q["y"])
    X = pd.DataFrame({"row": range(len(y))})
    kept = data_cleaning._remove_nan_rows_in_X_y(X, y, np.arange(len(y)), target_column="t")
    return {"rows": kept[0]["row"].tolist(), "y": kept[1].tolist(), "weights": kept[2].tolist()}


ANSWER = {f.__name__: f for f in (classification, regression, aggregate, bins, splits, cleaning)}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def main():
    answers = []
    for question in json.load(sys.stdin):
        try:
            answers.append(plain(ANSWER[question["kind"]](question)))
        except Exception as error:  # noqa: BLE001
            answers.append({"raised": type(error).__name__})
    print("@@ANSWERS@@" + json.dumps(answers))


main()
