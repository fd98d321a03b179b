"""Pipeline steps as the service sends them to an iteration, and the scalers among them."""

W = "automl.client.core.common.model_wrappers"
F = "automl.client.core.common.forecasting_models"


def pre(cls, module="sklearn.preprocessing", **kw):
    return {
        "spec_class": "preproc",
        "module": module,
        "class_name": cls,
        "param_args": [],
        "param_kwargs": kw,
        "prepared_kwargs": {},
    }


def est(cls, module, **kw):
    return {
        "spec_class": "sklearn",
        "module": module,
        "class_name": cls,
        "param_args": [],
        "param_kwargs": kw,
        "prepared_kwargs": {},
    }


def tsm(cls, **kw):
    return {
        "spec_class": "timeseries",
        "module": F,
        "class_name": cls,
        "param_args": [],
        "param_kwargs": kw,
        "prepared_kwargs": {},
    }


MAXABS = pre("MaxAbsScaler")
MINMAX = pre("MinMaxScaler")
ROBUST = pre("RobustScaler", with_centering=False, with_scaling=True, quantile_range=[25, 75])
STD = pre("StandardScalerWrapper", W, with_mean=False, with_std=True)
SPARSENORM = pre("SparseNormalizer", W, norm="l2")
TSVD = pre("TruncatedSVDWrapper", W, n_components=0.4, random_state=None)
PCA = pre("PCA", "sklearn.decomposition", n_components=0.9, svd_solver="full", whiten=False)
SCALE01 = pre("SparseScaleZeroOne", W)
