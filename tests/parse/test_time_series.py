"""Forecasting scripts, and what they say."""

from pathlib import Path

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.script import TrainingScript, Validation
from codegen_fi.parse import parse_script
from codegen_fi.render.describe import describe

SCRIPT = Path(__file__).resolve().parents[1] / "fixtures" / "forecasting" / "script.py"


@pytest.fixture
def text() -> str:
    return SCRIPT.read_text(encoding="utf-8")


@pytest.fixture
def model(text: str) -> TrainingScript:
    return parse_script(text).model


def test_what_a_forecaster_reads(model: TrainingScript) -> None:
    series = model.pipeline.time_series
    assert series is not None
    assert (model.task, model.label) == ("forecasting", "sold")
    assert (series.time_column, series.series_columns) == ("week", ("shop", "kind's"))
    assert (series.features, series.dropped) == (("shop's price",), ("visits",))
    assert model.pipeline.columns() == ("week", "shop", "kind's", "shop's price")


def test_how_it_looks_back_and_ahead(model: TrainingScript) -> None:
    series = model.pipeline.time_series
    assert series is not None
    assert (series.horizon, series.frequency, series.seasonality) == (10, "W", 52)
    assert series.lags == ((None, (1, 4)), ("visits", (2,)))
    assert (series.window, series.country) == (5, "DE")


def test_its_steps_in_order_with_their_arguments(model: TrainingScript) -> None:
    series = model.pipeline.time_series
    assert series is not None
    assert [(name, step.name) for name, step in series.steps] == [
        ("grain_dropper", "ShortGrainDropper"),
        ("restore_dtypes_transform", "RestoreDtypesTransformer"),
        ("lag_lead_operator", "LagLeadOperator"),
        ("rolling_window_operator", "RollingWindow"),
    ]
    dropper = series.steps[0][1]
    assert dict(dropper.arguments)["cv_step_size"] == 14
    assert (dropper.module or "").endswith(".short_grain_dropper")


def test_what_stands_behind_the_featurizer(model: TrainingScript) -> None:
    pipeline = model.pipeline
    assert pipeline.learner is not None
    assert pipeline.y_transformer is not None
    assert pipeline.learner.algorithm.name == "LGBMRegressor"
    assert pipeline.y_transformer.name == "TargetTypeTransformer"
    assert (pipeline.mappers, pipeline.step_names) == ((), ("tst", "model"))
    names = [component.name for component in pipeline.components()]
    assert names[0] == "ShortGrainDropper"
    assert names[-2:] == ["LGBMRegressor", "TargetTypeTransformer"]


def test_validation_and_metrics(model: TrainingScript) -> None:
    assert model.validation == Validation("cross_validation", folds=4, step=14)
    assert model.metrics == ("r2_score", "mean_absolute_error", "forecast_table")


def test_steps_given_as_a_list_and_no_series_columns(text: str) -> None:
    listed = text.replace(
        "Pipeline(steps=transformer_list)", "Pipeline(steps=[('a', transformer3)])"
    )
    single = listed.replace("""grain_column_names=['shop', "kind's"]""", "grain_column_names=None")
    series = parse_script(single).model.pipeline.time_series
    assert series is not None
    assert [name for name, _ in series.steps] == ["a"]
    assert (series.series_columns, series.window, series.features) == ((), None, ())


def test_in_words(model: TrainingScript) -> None:
    words = describe(model)
    rows = dict(words.rows)
    assert words.validation == (
        "cross-validation with 4 folds, 14 periods apart (the last fold's model is kept)"
    )
    assert rows["series told apart by"] == "shop, kind's"
    assert rows["lags"] == "target 1, 4; visits 2"
    assert rows["forecast"] == "10 periods"
    assert rows["left out"] == "visits"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("time_column_name='week'", "max_terms=3", ".*time_column_name"),
        ("tst = TimeSeriesTransformer(", "tst = Pipeline(", ".*TimeSeriesTransformer"),
        ("('grain_dropper', transformer1)", "transformer1", "expected \\('name', tr"),
        ("('grain_dropper', transformer1)", "('a', lost)", "expected \\('name', tr"),
    ],
)
def test_another_shape_is_refused(text: str, old: str, new: str, said: str) -> None:
    assert text.count(old) == 1
    where = old if new != "max_terms=3" else "tst = TimeSeriesTransformer("
    line = text.count("\n", 0, text.index(where)) + 1
    with pytest.raises(ScriptNotUnderstoodError, match=f"line {line}: {said}"):
        parse_script(text.replace(old, new))
