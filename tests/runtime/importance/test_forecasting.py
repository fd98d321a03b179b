"""Forecasters: which columns are shuffled, by what they are scored, what is said of the rest.

The official packages run in tests/corpus; the forecaster here has their shape and known weights.
"""

from __future__ import annotations

import logging
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression

from codegen_fi.runtime.importance import Explanation, explain

WEIGHTS = {"strong": 5.0, "weak": 0.5}
LOGGER = logging.getLogger("azureml.training.tabular")


class SeriesFeaturizer:
    """Keeps the numbers, adds the day of the month, and wants the target as the real one does."""

    time_column_name = "day"
    grain_column_names = ("shop",)
    target_column_name = "inside"

    def transform(self, X: Any, y: Any = None) -> Any:
        LOGGER.info("a step")
        made = X[["strong", "weak", "noise"]].assign(month_day=X["day"].dt.day)
        return made if y is None else made.assign(inside=y)


class ForecastingPipeline:
    def __init__(self, estimator: Any) -> None:
        self.steps = [("tst", SeriesFeaturizer()), ("model", estimator)]

    def fit(self, X: Any, y: Any) -> ForecastingPipeline:
        self.steps[1][1].fit(self.steps[0][1].transform(X), y)
        self.last = X["day"].max()
        return self

    def predict(self, X: Any) -> Any:
        raise NotImplementedError("use forecast")

    def forecast(self, X: Any) -> tuple[Any, Any]:
        if X["day"].min() <= self.last:
            raise ValueError("dates prior to the latest date in the training data")
        made = self.steps[0][1].transform(X)
        return self.steps[1][1].predict(made), made


def rows(count: int, start: str) -> tuple[Any, Any]:
    random = np.random.default_rng(0)
    X = pd.DataFrame({"day": pd.date_range(start, periods=count), "shop": "a"})
    for name in ("strong", "weak", "noise"):
        X[name] = random.normal(size=count)
    return X, (X["strong"] * WEIGHTS["strong"] + X["weak"] * WEIGHTS["weak"]).to_numpy()


def explained(validated: bool = True, **options: Any) -> Explanation:
    X, y = rows(80, "2024-01-01")
    later = rows(40, "2024-06-01") if validated else (None, None)
    return explain(ForecastingPipeline(LinearRegression()).fit(X, y), X, y, *later, **options)


def of(explanation: Explanation, method: str) -> dict[str, Any]:
    return {row.feature: row for row in explanation.rows if row.method == method}


def test_columns_are_shuffled_in_the_rows_that_are_forecast() -> None:
    explanation = explained()
    found = of(explanation, "permutation")
    assert explanation.failures == ()
    assert (explanation.header.split, explanation.header.baseline) == (
        "validation",
        pytest.approx(1),
    )
    assert [found[name].rank for name in ("strong", "weak")] == [1, 2]
    assert found["strong"].importance > 1 > found["weak"].importance > 0
    assert found["noise"].importance == pytest.approx(0, abs=1e-9)
    assert found["strong"].share + found["weak"].share == pytest.approx(1)


@pytest.mark.parametrize("key", ["day", "shop"])
def test_time_and_series_stay_and_say_why(key: str) -> None:
    row = of(explained(), "permutation")[key]
    assert (row.rank, math.isnan(row.importance), math.isnan(row.share)) == (None, True, True)
    assert "which row follows which" in row.note


def test_native_importances_carry_the_names_of_the_features() -> None:
    found = of(explained(), "native")
    assert set(found) == {"strong", "weak", "noise", "month_day"}
    assert {row.space for row in found.values()} == {"engineered"}
    assert found["strong"].rank == 1
    assert (found["strong"].raw_feature, found["month_day"].raw_feature) == ("strong", "")


def test_without_later_rows_there_is_a_reason_and_no_failure() -> None:
    explanation = explained(validated=False)
    (row,) = of(explanation, "permutation").values()
    assert "after those it was trained on" in row.note
    assert explanation.failures == ()
    assert of(explanation, "native")["strong"].rank == 1


def test_no_rows_are_left_out_between_others() -> None:
    explanation = explained(max_rows=10)
    assert explanation.header.rows_used == 40
    assert explanation.failures == ()
    (said,) = [why for what, why in explanation.header.skipped if what == "rows"]
    assert said.startswith("all were scored whatever max_rows says: a forecaster needs the rows")


def test_the_steps_are_not_logged_for_every_forecast(caplog: pytest.LogCaptureFixture) -> None:
    X, y = rows(80, "2024-01-01")
    model = ForecastingPipeline(LinearRegression()).fit(X, y)
    later = rows(40, "2024-06-01")
    before = LOGGER.level
    with caplog.at_level(logging.INFO, LOGGER.name):
        caplog.clear()
        explain(model, X, y, *later)
        assert "a step" not in caplog.text
        assert LOGGER.level == logging.INFO
    assert LOGGER.level == before
