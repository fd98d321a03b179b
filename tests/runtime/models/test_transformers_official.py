"""Transformers and ensembles give what the official ones of three releases give.

The same kind of table, numbers to 1e-6, and an error where the official class has one. The lambda
of Box-Cox is found by SciPy, whose search ends elsewhere from release to release.
"""

import functools
import importlib
from pathlib import Path

import numpy as np
import pytest
from lanes import LANES
from transformer_answers import answers
from transformer_questions import QUESTIONS

from codegen_fi.rewrite.stand_ins import RUNTIME, portable_module

pytestmark = pytest.mark.official

PROBE = Path(__file__).with_name("transformer_probe.py")
WRAPPERS = "azureml.automl.runtime.shared.model_wrappers"


@pytest.fixture(scope="module")
def answers_of(ask_probe):
    return functools.cache(lambda release: ask_probe(PROBE, QUESTIONS, release))


def ours(name):
    module = portable_module(WRAPPERS, name)
    found = importlib.import_module("codegen_fi.runtime" + module.removeprefix(RUNTIME))
    return getattr(found, name)


# Of what is found by a search that ends elsewhere in another release of SciPy or scikit-learn.
TOLERANCES = {"BoxCoxTransformerScipy": 1e-3, "LabelEncoder": 1e-4}


def _truncated(question, given, official):
    """Official pipelines cut off what follows the point of targets that aren't whole, too."""
    asked = question.get("arguments") == {"target_type": "Float"} and official["letter"] == "i"
    return asked and np.trunc(given["values"]).tolist() == official["values"]


def _cut_off(question, given, official):
    """SDK 1.44 cuts whole targets off, too, and gives them as integers at once."""
    if question.get("arguments") != {"target_type": "Integer"}:
        return False
    ours, theirs = np.array(given["values"]), np.array(official["values"])
    # What a missing prediction is as an integer.
    missing = np.isnan(ours) & (theirs == np.iinfo("int64").min)
    toward_zero = np.abs(ours) - np.abs(theirs)
    return np.all(missing | (toward_zero == 0) | (toward_zero == 1))


def _of_magnitudes(question, given, official):
    """scikit-learn 0.22 divides by the largest number for norm="max", not the largest magnitude."""
    if question.get("arguments") != {"norm": "max"}:
        return False
    X = np.array(question["fit"][0]["values"])
    largest = X.max(axis=1, keepdims=True)
    return np.allclose(X / np.where(largest == 0, 1, largest), official["values"])


def _signs(question, given, official):
    """scikit-learn 1.5 decides anew which way a component points."""
    of_svd = question["name"] == "TruncatedSVDWrapper"
    return of_svd and np.allclose(np.abs(given["values"]), np.abs(official["values"]))


ON_PURPOSE = {
    "1.44": (_truncated, _cut_off, _of_magnitudes, _signs),
    "1.56": (_truncated, _signs),
    "1.62": (_truncated,),
}

# SciPy 1.5 transforms only what a lambda can be found from.
STRICTER = {("1.44", "BoxCoxTransformerScipy")}


def different(question, given, official, release):
    """Tell whether an answer isn't the official one, for a reason that isn't known."""
    if _alike(given, official, TOLERANCES.get(question["name"])):
        return False
    if "error" in official and (release, question["name"]) in STRICTER:
        return False
    if "error" in given or "error" in official:
        return True
    return not any(reason(question, given, official) for reason in ON_PURPOSE[release])


def _alike(given, official, tolerance):
    if "error" in given or "error" in official:
        return "error" in given and "error" in official
    if (given["kind"], given["letter"]) != (official["kind"], official["letter"]):
        return False
    if given["letter"] not in "iufb":
        return given["values"] == official["values"]
    ours, theirs = (np.array(each["values"], dtype=float) for each in (given, official))
    close = {"rtol": tolerance or 1e-6, "atol": tolerance or 1e-9}
    return ours.shape == theirs.shape and np.allclose(ours, theirs, equal_nan=True, **close)


@pytest.mark.parametrize("release", LANES)
@pytest.mark.parametrize("name", sorted({question["name"] for question in QUESTIONS}))
def test_the_same_as_the_official_one(answers_of, name, release):
    asked = [
        (question, official)
        for question, official in zip(QUESTIONS, answers_of(release), strict=True)
        if question["name"] == name
    ]
    differing = [
        (question, place, given, official)
        for question, officials in asked
        for place, (given, official) in enumerate(
            zip(answers(question, ours), officials, strict=True)
        )
        if different(question, given, official, release)
    ]
    assert asked
    assert not differing
