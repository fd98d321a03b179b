"""The cases of other kinds: forecasting, featurizer only, vision and text."""

from driver.estimators import DT_R, ENET_R, ET_R, GB_R, KNN_R, LGBM_R, LLARS_R, RF_R, SGD_R, XGB_R
from driver.register import NAN_FORESTS, SERIES_FEATURES, case, cls_case, reg_case, ts_case
from driver.series import (
    data_ts_monthly,
    data_ts_multi,
    data_ts_multi_gaps,
    data_ts_multi_univariate,
)
from driver.steps import MAXABS, MINMAX, ROBUST, STD, tsm

GRAINS = {"time_series_id_column_names": ["store", "brand's"]}
LAGS = {"target_lags": [1, 2, 7], "target_rolling_window_size": 7}

ts_case("ts_lgbm_single", [LGBM_R])
ts_case("ts_lgbm_std", [STD, LGBM_R])
ts_case("ts_lgbm_lags", [MAXABS, LGBM_R], ts=LAGS)
ts_case(
    "ts_lgbm_autolags",
    [MAXABS, LGBM_R],
    ts={"target_lags": "auto", "target_rolling_window_size": "auto"},
)
ts_case("ts_lgbm_featurelags", [MAXABS, LGBM_R], ts={"target_lags": [1], "feature_lags": "auto"})
ts_case("ts_lgbm_multi", [MAXABS, LGBM_R], data_ts_multi, ts=GRAINS)
ts_case("ts_lgbm_multi_lags", [MAXABS, LGBM_R], data_ts_multi, ts={**GRAINS, **LAGS})
ts_case("ts_lgbm_multi_gaps", [MAXABS, LGBM_R], data_ts_multi_gaps, ts={**GRAINS, "freq": "D"})
ts_case("ts_lgbm_holidays", [MAXABS, LGBM_R], ts={"country_or_region_for_holidays": "US"})
ts_case("ts_lgbm_stl", [MAXABS, LGBM_R], ts={"use_stl": "season_trend"})
ts_case("ts_lgbm_dropcols", [MAXABS, LGBM_R], drop_columns=["noise"])
ts_case(
    "ts_lgbm_split",
    [MAXABS, LGBM_R],
    settings={"n_cross_validations": None, "cv_step_size": None, "validation_size": 0.2},
)
ts_case(
    "ts_lgbm_valid",
    [MAXABS, LGBM_R],
    valid="tail",
    settings={"n_cross_validations": None, "cv_step_size": None},
)
ts_case("ts_lgbm_mltable", [MAXABS, LGBM_R], inputs="uri")
ts_case("ts_lgbm_monthly", [MAXABS, LGBM_R], data_ts_monthly, settings={"cv_step_size": 3})
ts_case("ts_xgb", [STD, XGB_R])
ts_case("ts_rf_lags", [MAXABS, RF_R], ts=LAGS, since=NAN_FORESTS)
ts_case("ts_et", [MAXABS, ET_R])
ts_case("ts_gb", [MINMAX, GB_R])
ts_case("ts_dt", [ROBUST, DT_R])
ts_case("ts_elasticnet", [STD, ENET_R])
ts_case("ts_lassolars", [MAXABS, LLARS_R])
ts_case("ts_sgd", [STD, SGD_R])
ts_case("ts_knn", [STD, KNN_R])
ts_case("ts_voting", None, ensemble=("voting", [[MAXABS, LGBM_R], [STD, XGB_R], [STD, ENET_R]]))
ts_case(
    "ts_voting_multi",
    None,
    data_ts_multi,
    ts={**GRAINS, **LAGS},
    ensemble=("voting", [[MAXABS, LGBM_R], [tsm("SeasonalNaive")], [MAXABS, RF_R]]),
    since=NAN_FORESTS,
)
ts_case("ts_stack", None, ensemble=("stack", [[MAXABS, LGBM_R], [STD, ENET_R]]))
ts_case("ts_inttarget", [MAXABS, LGBM_R], y_integer=True)
for _model in (
    "Naive",
    "SeasonalNaive",
    "Average",
    "SeasonalAverage",
    "AutoArima",
    "ExponentialSmoothing",
    "Arimax",
):
    ts_case("ts_" + _model.lower(), [tsm(_model)])
ts_case("ts_autoarima_multi", [tsm("AutoArima")], data_ts_multi_univariate, ts=GRAINS)
ts_case("ts_expsmooth_multi", [tsm("ExponentialSmoothing")], data_ts_multi_univariate, ts=GRAINS)
ts_case(
    "ts_prophet",
    [tsm("ProphetModel", prophet_param_dict={"seasonality_mode": "additive"})],
    needs="prophet",
)
ts_case("ts_prophet_multi", [tsm("ProphetModel")], data_ts_multi, ts=GRAINS, needs="prophet")
ts_case(
    "ts_tcn",
    "tcn",
    data_ts_multi,
    ts={**GRAINS, **LAGS},
    needs="azureml.contrib.automl.dnn.forecasting",
)
ts_case(
    "ts_tcn_valid",
    "tcn",
    data_ts_multi,
    ts={**GRAINS, **LAGS},
    valid="tail",
    inputs="uri",
    settings={"n_cross_validations": None, "cv_step_size": None},
    needs="azureml.contrib.automl.dnn.forecasting",
)

# auto-featurization only, and the vision/NLP form
cls_case("autofeat_cls", "featurizer")
reg_case("autofeat_reg_mltable", "featurizer", inputs="uri")
ts_case(
    "autofeat_ts",
    "featurizer",
    data_ts_multi,
    since=SERIES_FEATURES,
    ts=GRAINS,
    settings={"n_cross_validations": None, "cv_step_size": None},
)
case("verticals", task="vertical", data=None, steps="vertical")
