"""Runs under the official interpreter: fits the official wrappers and prints what they give."""

import json
import os
import sys
import warnings

warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
from azureml.automl.runtime.shared import model_wrappers  # noqa: E402
from azureml.automl.runtime.shared.problem_info import ProblemInfo  # noqa: E402


def answer(question):
    X, y = np.array(question["X"]), np.array(question["y"])
    arguments = dict(question["arguments"])
    if question["info"]:
        arguments["problem_info"] = ProblemInfo(**question["info"])
    model = getattr(model_wrappers, question["name"])(**arguments)
    model.fit(X, y)
    if hasattr(model, "transform"):
        return {"transform": np.asarray(model.transform(X)).tolist()}
    given = {"predict": np.asarray(model.predict(X)).tolist()}
    if hasattr(model, "predict_proba"):
        given["proba"] = np.asarray(model.predict_proba(X)).tolist()
        given["classes"] = model.classes_.tolist()
    return given


def main():
    # The libraries write to the same stream as the answers.
    out = os.dup(1)
    os.dup2(2, 1)
    answers = [answer(question) for question in json.load(sys.stdin)]
    os.write(out, ("@@ANSWERS@@" + json.dumps(answers)).encode())


main()
