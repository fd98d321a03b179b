"""Shapley's values worked out in full, and short ways to look at contributions."""

from __future__ import annotations

import itertools
import math

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import LinearRegression

from codegen_fi.runtime.importance.native.reading import Inputs
from codegen_fi.runtime.importance.shap.contributions import Given
from codegen_fi.runtime.importance.shap.read import explained

QUIET = {"n_estimators": 8, "random_state": 0, "verbose": -1, "n_jobs": 1}


def contributions(model, X, background=None):
    given = Given(Inputs(lambda: X), Inputs(lambda: X if background is None else background))
    return explained(model, given)


def rows_of(explanation, space="raw", model="model", class_name=""):
    return {
        row.feature: row
        for row in explanation.rows
        if (row.space, row.model, row.class_name) == (space, model, class_name)
    }


def importances(*args, **kwargs):
    return {name: row.importance for name, row in rows_of(*args, **kwargs).items()}


def shapley(value, players):
    """Sum over all subsets; `value` is a function of a frozenset of players."""
    found = np.zeros(players)
    for i in range(players):
        others = [j for j in range(players) if j != i]
        for size in range(players):
            weight = math.factorial(size) * math.factorial(players - size - 1)
            weight /= math.factorial(players)
            for chosen in itertools.combinations(others, size):
                before = frozenset(chosen)
                found[i] += weight * (value(before | {i}) - value(before))
    return found


class Unheardof(RegressorMixin, BaseEstimator):
    """A linear model that nobody knows to be one."""

    def fit(self, X, y):
        self.inner_ = LinearRegression().fit(np.asarray(X), y)
        return self

    def predict(self, X):
        return self.inner_.predict(np.asarray(X))
