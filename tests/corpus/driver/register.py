"""The register of the cases: what each is made of, by name."""

from driver.frames import data_mixed_binary_str, data_mixed_reg
from driver.series import data_ts_single

CASES = {}

# (first release that has it, why earlier ones don't)
MLTABLE = ("1.56", "knows no data that are named by a URI")
SERIES_FEATURES = ("1.56", "writes no featurizer-only script of a time series")
NAN_FORESTS = ("1.62", "the forests of its scikit-learn take no missing values")


def case(name, **spec):
    if name in CASES:
        raise ValueError(name)
    if spec.get("inputs") == "uri":
        spec["since"] = MLTABLE
    CASES[name] = spec


def cls_case(name, steps, data=data_mixed_binary_str, **kw):
    case(name, task="classification", data=data, steps=steps, **kw)


def reg_case(name, steps, data=data_mixed_reg, **kw):
    case(name, task="regression", data=data, steps=steps, **kw)


def ts_case(name, steps, data=data_ts_single, ts=None, **kw):
    settings = {"n_cross_validations": 3, "cv_step_size": 7}
    settings.update(kw.pop("settings", {}))
    base = {"time_column_name": "date", "forecast_horizon": 7}
    base.update(ts or {})
    case(name, task="forecasting", data=data, steps=steps, ts=base, settings=settings, **kw)
