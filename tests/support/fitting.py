"""Estimators of a script, made from its own text and fitted on a small table."""

import ast
import importlib
import inspect
import warnings
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, is_classifier
from sklearn.exceptions import ConvergenceWarning

from codegen_fi.rewrite.library_arguments.uses import Use

RANDOM = np.random.default_rng(0)
X = RANDOM.random(size=(80, 220))
NUMBERS = X[:, 0] + 0.1 * RANDOM.random(size=80)
CLASSES = np.digitize(X[:, 0], [0.5])
THREE_CLASSES = np.digitize(X[:, 0], [1 / 3, 2 / 3])
WORDS = ["a word", "another word", "words"] * 10
NAMES = {"numpy": np, "np": np, "float": float}


def is_plain(use: Use) -> bool:
    """Tell whether this is an estimator all of whose arguments stand in the text."""
    cls = getattr(importlib.import_module(use.module), use.name)
    if not (inspect.isclass(cls) and issubclass(cls, BaseEstimator)):
        return False
    if isinstance(use.syntax, ast.Call) and len(use.arguments) < len(use.syntax.keywords):
        return False
    values = [argument.syntax for argument in use.arguments]
    names = {n.id for value in values for n in ast.walk(value) if isinstance(n, ast.Name)}
    return not getattr(use.syntax, "args", []) and names <= set(NAMES)


def said_of(use: Use) -> list[str]:
    """Return what the library raises or warns about while the estimator is made and fitted."""
    cls = getattr(importlib.import_module(use.module), use.name)
    given = {a.name: eval(ast.unparse(a.syntax), dict(NAMES)) for a in use.arguments}
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", ConvergenceWarning)
        try:
            _fitted(cls(**given))
        except (TypeError, ValueError) as error:
            return [f"{type(error).__name__}: {error}"]
    return [str(warning.message) for warning in said]


def _fitted(estimator: Any) -> None:
    if "n_estimators" in estimator.get_params():
        estimator.set_params(n_estimators=2)
    name = type(estimator).__name__
    if "Vectorizer" in name:
        estimator.fit(WORDS)
    elif name in ("LabelEncoder", "LabelBinarizer"):
        estimator.fit(CLASSES)
    else:
        estimator.fit(X, _target(estimator))


def _target(estimator: Any) -> Any:
    if str(estimator.get_params().get("objective")).startswith("multi:"):
        return THREE_CLASSES
    return CLASSES if is_classifier(estimator) else NUMBERS
