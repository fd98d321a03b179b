"""Make a corpus of scripts with the code generator of the Azure AutoML SDK itself.

Run it with the Python of an environment that holds ``azureml-train-automl-runtime``
(plus ``setuptools<81``, ``xgboost<=1.5.2``, ``prophet==1.1.4``, ``cmdstanpy<1.2``,
``holidays==0.29``)::

    python make_corpus.py --list
    python make_corpus.py --out DIR [--only NAME ...] [--match SUBSTRING]

Every case featurizes a small data set with the SDK's own featurization, fits the SDK's
own model classes on it, wraps the result the way an AutoML iteration does, and then asks
the SDK's generator for the script and the notebook.  No workspace is contacted: the run
handed to the generator is a stub that carries only what the generator reads.

For every case DIR/<case>/ receives script.py, script_run_notebook.ipynb (where the
generator makes one), train.csv, valid.csv (where the script wants one) and case.json.
"""

import argparse
import contextlib
import copy
import io
import json
import os
import sys
import time
import traceback
import types
import warnings
import zlib
from pathlib import Path

SEED = 20240607

# The generator iterates over sets of strings (metric names, column groups); a fixed hash
# seed makes its output the same from one invocation to the next.
if __name__ == "__main__" and os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable] + sys.argv)

CASES = {}


def case(name, **spec):
    if name in CASES:
        raise ValueError(name)
    CASES[name] = spec


def _rng():
    import numpy as np

    return np.random.RandomState(SEED)


WORDS_GOOD = "great prompt friendly excellent smooth helpful recommend happy".split()
WORDS_BAD = "terrible late rude broken slow useless refund angry".split()
WORDS_ANY = (
    "the delivery of my order was and service from shop with this product box "
    "phone cable again very really quite then staff after week email store"
).split()


def mixed_frame(n=600):
    """A frame with one column of every kind the SDK distinguishes; odd column names on purpose."""
    import numpy as np
    import pandas as pd

    r = _rng()
    age = r.randint(18, 80, n)
    hours = np.round(r.normal(40, 11, n), 1)
    size = np.round(r.gamma(3.0, 2.0, n), 3)
    work = r.choice(
        ["private", "state", "self emp", "none", "gov"], n, p=[0.45, 0.2, 0.15, 0.1, 0.1]
    )
    sex = r.choice(["F", "M"], n)
    member = r.rand(n) < 0.4
    country = r.choice(["PT", "ES", "FR", "DE", "IT", "NL", "BE", "SE"], n)
    zips = r.choice(["Z%04d" % (i * 37 % 9973) for i in range(180)], n)
    days = (
        pd.to_datetime("2021-01-01")
        + pd.to_timedelta(r.randint(0, 1400, n), unit="D")
        + pd.to_timedelta(r.randint(0, 86400, n), unit="s")
    )
    mood = r.rand(n)
    comment = []
    for m in mood:
        words = list(r.choice(WORDS_ANY, r.randint(5, 12)))
        words += list(r.choice(WORDS_GOOD if m > 0.5 else WORDS_BAD, r.randint(1, 4)))
        r.shuffle(words)
        comment.append(" ".join(words))
    score = (
        0.06 * (age - 45)
        + 0.05 * (hours - 40)
        - 0.25 * (size - 6)
        + np.where(work == "private", 0.8, 0.0)
        - np.where(work == "none", 1.2, 0.0)
        + np.where(sex == "M", 0.5, 0.0)
        + 0.9 * member
        + 2.0 * (mood - 0.5)
        + np.where(np.isin(country, ["PT", "ES"]), 0.9, -0.2)
    )
    frame = pd.DataFrame(
        {
            "age": age,
            "hours per week": hours,
            "gr\u00f6\u00dfe": size,
            "workclass": work,
            "sex": sex,
            "is_member": member,
            "country's": country,
            "zip": zips,
            "signup": days,
            "comment": comment,
            "noise_1": np.round(r.normal(size=n), 4),
            "noise_2": np.round(r.rand(n), 4),
            "row_hash": ["%032x" % int(v) for v in r.randint(1, 2**31, n).astype("int64") * 7919],
            "const": 1,
        }
    )
    frame.loc[r.rand(n) < 0.08, "hours per week"] = np.nan
    frame.loc[r.rand(n) < 0.05, "workclass"] = None
    frame.loc[r.rand(n) < 0.03, "signup"] = pd.NaT
    return frame, score, r


MIXED_INFORMATIVE = [
    "age",
    "hours per week",
    "gr\u00f6\u00dfe",
    "workclass",
    "sex",
    "is_member",
    "country's",
    "comment",
]


def data_mixed_binary_str():
    import numpy as np

    frame, score, r = mixed_frame()
    y = np.where(score + r.normal(0, 0.6, len(frame)) > np.median(score), ">50K", "<=50K")
    frame["income"] = y
    return frame, "income", MIXED_INFORMATIVE


def data_mixed_binary_int():
    import numpy as np

    frame, score, r = mixed_frame()
    frame["target"] = (score + r.normal(0, 0.6, len(frame)) > np.median(score)).astype(int)
    return frame, "target", MIXED_INFORMATIVE


def data_mixed_bool():
    import numpy as np

    frame, score, r = mixed_frame()
    frame["ok"] = score + r.normal(0, 0.6, len(frame)) > np.median(score)
    return frame, "ok", MIXED_INFORMATIVE


def data_mixed_multi():
    import numpy as np

    frame, score, r = mixed_frame()
    s = score + r.normal(0, 0.5, len(frame))
    frame["grade"] = np.array(["high", "low", "mid"])[
        np.where(s > np.quantile(s, 0.66), 0, np.where(s < np.quantile(s, 0.33), 1, 2))
    ]
    return frame, "grade", MIXED_INFORMATIVE


def data_mixed_reg():
    import numpy as np

    frame, score, r = mixed_frame()
    frame["price"] = np.round(200 + 35 * score + r.normal(0, 12, len(frame)), 2)
    return frame, "price", MIXED_INFORMATIVE


def data_mixed_reg_int():
    frame, label, informative = data_mixed_reg()
    frame[label] = frame[label].round().astype(int)
    return frame, label, informative


def data_mixed_reg_weights():
    frame, label, informative = data_mixed_reg()
    frame["w"] = 1.0 + (_rng().rand(len(frame)) > 0.5)
    return frame, label, informative


def data_mixed_binary_weights():
    frame, label, informative = data_mixed_binary_str()
    frame["sample weight"] = 1.0 + (_rng().rand(len(frame)) > 0.5)
    return frame, label, informative


def data_no_text_binary():
    frame, label, informative = data_mixed_binary_int()
    return (
        frame.drop(columns=["comment", "row_hash", "const", "signup"]),
        label,
        [c for c in informative if c != "comment"],
    )


def data_text_binary():
    frame, label, _ = data_mixed_binary_str()
    return frame[["comment", label]].copy(), label, ["comment"]


def data_cat_binary():
    frame, label, _ = data_mixed_binary_int()
    keep = ["workclass", "sex", "is_member", "country's", label]
    return frame[keep].copy(), label, keep[:-1]


def data_label_quote():
    frame, label, informative = data_no_text_binary()
    return frame.rename(columns={label: "class's"}), "class's", informative


def _bunch(loader, label):
    bunch = loader(as_frame=True)
    frame = bunch.frame.copy()
    frame = frame.rename(columns={frame.columns[-1]: label})
    return frame, label, []


def data_iris():
    from sklearn.datasets import load_iris

    frame, label, _ = _bunch(load_iris, "species")
    frame[label] = frame[label].map({0: "setosa", 1: "versicolor", 2: "virginica"})
    return frame, label, ["petal length (cm)", "petal width (cm)"]


def data_wine():
    from sklearn.datasets import load_wine

    frame, label, _ = _bunch(load_wine, "class")
    return frame, label, ["flavanoids", "proline", "color_intensity", "alcohol"]


def data_cancer():
    from sklearn.datasets import load_breast_cancer

    frame, label, _ = _bunch(load_breast_cancer, "diagnosis")
    return frame, label, ["worst concave points", "worst perimeter", "worst radius", "worst area"]


def data_diabetes():
    from sklearn.datasets import load_diabetes

    frame, label, _ = _bunch(load_diabetes, "progression")
    return frame, label, ["bmi", "s5", "bp"]


def data_one_column():
    frame, label, _ = data_diabetes()
    return frame[["bmi", label]].copy(), label, ["bmi"]


def data_int_columns():
    import numpy as np
    import pandas as pd

    r = _rng()
    x = r.normal(size=(300, 5))
    frame = pd.DataFrame(np.round(x, 5), columns=["0", "1", "2", "3", "4"])
    frame["y"] = np.round(3 * x[:, 0] - 2 * x[:, 3] + r.normal(0, 0.3, 300), 5)
    return frame, "y", ["0", "3"]


def _series(freq, periods, grains, exog=True, start="2021-01-04", gaps=False):
    import numpy as np
    import pandas as pd

    r = _rng()
    out = []
    dates = pd.date_range(start, periods=periods, freq=freq)
    season = {"D": 7, "W": 52, "MS": 12, "H": 24}[freq.split("-")[0]]
    for k, g in enumerate(grains):
        t = np.arange(periods)
        price = np.round(10 + r.normal(0, 1.5, periods) + k, 3)
        promo = r.rand(periods) < 0.2
        weather = r.choice(["sun", "rain", "snow"], periods)
        y = (
            50
            + 10 * k
            + 0.05 * t
            + 8 * np.sin(2 * np.pi * t / season)
            - 2.5 * (price - 10 - k)
            + 12 * promo
            + np.where(weather == "rain", -5, 0)
            + r.normal(0, 1.5, periods)
        )
        d = {"date": dates}
        if len(grains) > 1:
            d["store"] = g[0]
            d["brand's"] = g[1]
        if exog:
            d.update(
                {
                    "unit price": price,
                    "promo": promo,
                    "weather": weather,
                    "noise": np.round(r.normal(size=periods), 4),
                }
            )
        d["qty"] = np.round(y, 3)
        frame = pd.DataFrame(d)
        if gaps:
            frame = frame.drop(index=[15, 16, 40])
        if exog:
            frame.loc[frame.index[::23], "unit price"] = np.nan
        out.append(frame)
    return pd.concat(out, ignore_index=True)


TS_INFORMATIVE = ["unit price", "promo", "weather", "date"]


def data_ts_single():
    return _series("D", 200, ["one"]), "qty", TS_INFORMATIVE


def data_ts_univariate():
    return _series("D", 200, ["one"], exog=False), "qty", ["date"]


def data_ts_monthly():
    return _series("MS", 96, ["one"], start="2014-01-01"), "qty", TS_INFORMATIVE


def data_ts_multi():
    grains = [(1, "alpha"), (1, "beta"), (2, "alpha")]
    return _series("D", 120, grains), "qty", TS_INFORMATIVE + ["store", "brand's"]


def data_ts_multi_gaps():
    grains = [(1, "alpha"), (1, "beta"), (2, "alpha")]
    return _series("D", 120, grains, gaps=True), "qty", TS_INFORMATIVE + ["store", "brand's"]


def data_ts_multi_univariate():
    grains = [(1, "alpha"), (1, "beta"), (2, "alpha")]
    return _series("D", 120, grains, exog=False), "qty", ["date", "store", "brand's"]


# A step is (spec_class, module, class, kwargs), as the service sends them to an iteration.

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

LGBM_C = est("LightGBMClassifier", W, min_data_in_leaf=20)
LGBM_C2 = est(
    "LightGBMClassifier",
    W,
    boosting_type="gbdt",
    colsample_bytree=0.7,
    learning_rate=0.09,
    max_bin=110,
    max_depth=6,
    min_child_weight=5,
    min_data_in_leaf=0.01,
    min_split_gain=0.1,
    n_estimators=50,
    num_leaves=30,
    reg_alpha=0.1,
    reg_lambda=0.2,
    subsample=0.8,
)
XGB_C = est("XGBoostClassifier", W, tree_method="auto")
XGB_C2 = est(
    "XGBoostClassifier",
    W,
    booster="gbtree",
    colsample_bytree=0.7,
    eta=0.1,
    gamma=0,
    max_depth=6,
    max_leaves=15,
    n_estimators=50,
    objective="reg:logistic",
    reg_alpha=0.2,
    reg_lambda=1.1,
    subsample=0.8,
    tree_method="auto",
)
XGB_LINEAR_C = est("XGBoostClassifier", W, booster="gblinear", n_estimators=50)
RF_C = est(
    "RandomForestClassifier",
    "sklearn.ensemble",
    bootstrap=True,
    class_weight="balanced",
    criterion="gini",
    max_features="sqrt",
    min_samples_leaf=0.01,
    min_samples_split=0.01,
    n_estimators=25,
    oob_score=False,
)
ET_C = est(
    "ExtraTreesClassifier",
    "sklearn.ensemble",
    bootstrap=False,
    criterion="entropy",
    max_features=0.6,
    min_samples_leaf=0.01,
    min_samples_split=0.05,
    n_estimators=25,
)
GB_C = est(
    "GradientBoostingClassifier",
    "sklearn.ensemble",
    learning_rate=0.1,
    max_depth=4,
    max_features=0.5,
    n_estimators=40,
)
DT_C = est("DecisionTreeClassifier", "sklearn.tree", criterion="gini", max_depth=6, splitter="best")
LR_C = est(
    "LogisticRegression",
    "sklearn.linear_model",
    C=1.5,
    class_weight=None,
    penalty="l2",
    solver="saga",
    multi_class="multinomial",
)
LR_OVR_C = est(
    "LogisticRegression",
    "sklearn.linear_model",
    C=0.7,
    penalty="l2",
    solver="lbfgs",
    multi_class="ovr",
)
SVC_C = est("SVCWrapper", W, C=3.0, kernel="rbf", probability=True)
SVC_LIN_C = est("SVCWrapper", W, C=1.0, kernel="linear", probability=True)
LINSVM_C = est("LinearSVMWrapper", W, C=0.5, class_weight=None, loss="squared_hinge", penalty="l2")
SGD_LOG_C = est(
    "SGDClassifierWrapper",
    W,
    alpha=0.001,
    loss="log",
    penalty="l2",
    learning_rate="optimal",
    max_iter=1000,
    tol=0.001,
)
SGD_HINGE_C = est(
    "SGDClassifierWrapper",
    W,
    alpha=0.001,
    loss="hinge",
    penalty="l2",
    learning_rate="optimal",
    max_iter=1000,
    tol=0.001,
)
SGD_MHUBER_C = est(
    "SGDClassifierWrapper",
    W,
    alpha=0.01,
    loss="modified_huber",
    penalty="none",
    learning_rate="invscaling",
    eta0=0.01,
    max_iter=1000,
    tol=0.001,
)
KNN_C = est(
    "KNeighborsClassifier",
    "sklearn.neighbors",
    algorithm="auto",
    leaf_size=30,
    metric="euclidean",
    n_neighbors=7,
    weights="distance",
)
MNB_C = est("NBWrapper", W, model="Multinomial", alpha=0.5, fit_prior=True)
BNB_C = est("NBWrapper", W, model="Bernoulli", alpha=0.5, binarize=0.2)
CATB_C = est("CatBoostClassifier", W, depth=4, iterations=30)

LGBM_R = est("LightGBMRegressor", W, min_data_in_leaf=20)
LGBM_R2 = est(
    "LightGBMRegressor",
    W,
    boosting_type="goss",
    colsample_bytree=0.8,
    learning_rate=0.08,
    max_bin=60,
    max_depth=5,
    min_data_in_leaf=0.01,
    n_estimators=60,
    num_leaves=31,
    reg_alpha=0.2,
    reg_lambda=0.1,
)
XGB_R = est("XGBoostRegressor", W, tree_method="auto")
XGB_R2 = est(
    "XGBoostRegressor",
    W,
    booster="gbtree",
    eta=0.1,
    max_depth=5,
    n_estimators=50,
    objective="reg:squarederror",
    reg_alpha=0.1,
    subsample=0.9,
    tree_method="hist",
    grow_policy="lossguide",
    max_leaves=15,
)
RF_R = est(
    "RandomForestRegressor",
    "sklearn.ensemble",
    bootstrap=True,
    criterion="mse",
    max_features=0.5,
    min_samples_leaf=0.01,
    min_samples_split=0.01,
    n_estimators=25,
    oob_score=False,
)
ET_R = est(
    "ExtraTreesRegressor",
    "sklearn.ensemble",
    bootstrap=False,
    criterion="mse",
    max_features=0.8,
    min_samples_leaf=0.01,
    min_samples_split=0.01,
    n_estimators=25,
    oob_score=False,
)
GB_R = est(
    "GradientBoostingRegressor",
    "sklearn.ensemble",
    alpha=0.9,
    learning_rate=0.1,
    loss="ls",
    max_depth=4,
    n_estimators=40,
)
DT_R = est("DecisionTreeRegressor", "sklearn.tree", criterion="mse", max_depth=6, splitter="best")
ENET_R = est("ElasticNet", "sklearn.linear_model", alpha=0.05, l1_ratio=0.5, normalize=False)
LLARS_R = est("LassoLars", "sklearn.linear_model", alpha=0.01, normalize=True)
SGD_R = est(
    "SGDRegressor",
    "sklearn.linear_model",
    alpha=0.001,
    loss="squared_loss",
    penalty="l2",
    learning_rate="invscaling",
    eta0=0.01,
    max_iter=1000,
    tol=0.001,
)
KNN_R = est(
    "KNeighborsRegressor", "sklearn.neighbors", algorithm="auto", n_neighbors=7, weights="distance"
)


def cls_case(name, steps, data=data_mixed_binary_str, **kw):
    case(name, task="classification", data=data, steps=steps, **kw)


def reg_case(name, steps, data=data_mixed_reg, **kw):
    case(name, task="regression", data=data, steps=steps, **kw)


# classification, one estimator each, over the frame with every kind of column
cls_case("cls_lgbm_maxabs", [MAXABS, LGBM_C])
cls_case("cls_lgbm_std_tuned", [STD, LGBM_C2])
cls_case("cls_lgbm_nopre", [LGBM_C])
cls_case("cls_lgbm_multi", [MAXABS, LGBM_C], data_mixed_multi)
cls_case("cls_lgbm_intlabel", [MAXABS, LGBM_C], data_mixed_binary_int)
cls_case("cls_lgbm_boollabel", [MAXABS, LGBM_C], data_mixed_bool)
cls_case("cls_lgbm_tsvd", [TSVD, LGBM_C])
cls_case("cls_lgbm_sparsenorm", [SPARSENORM, LGBM_C])
cls_case("cls_lgbm_pca_dense", [PCA, LGBM_C], data_cancer)
cls_case("cls_xgb_maxabs", [MAXABS, XGB_C])
cls_case("cls_xgb_std_tuned", [STD, XGB_C2])
cls_case("cls_xgb_multi", [MAXABS, XGB_C], data_mixed_multi)
cls_case("cls_xgb_gblinear", [MAXABS, XGB_LINEAR_C])
cls_case("cls_rf_maxabs", [MAXABS, RF_C])
cls_case("cls_rf_multi", [STD, RF_C], data_mixed_multi)
cls_case("cls_et_minmax", [MINMAX, ET_C], data_cancer)
cls_case("cls_et_maxabs", [MAXABS, ET_C])
cls_case("cls_gb_robust", [ROBUST, GB_C], data_wine)
cls_case("cls_gb_mixed", [MAXABS, GB_C])
cls_case("cls_dt_std", [STD, DT_C], data_iris)
cls_case("cls_logreg_std", [STD, LR_C])
cls_case("cls_logreg_multi", [MAXABS, LR_C], data_mixed_multi)
cls_case("cls_logreg_ovr_robust", [ROBUST, LR_OVR_C], data_iris)
cls_case("cls_logreg_pca", [PCA, LR_C], data_wine)
cls_case("cls_logreg_tsvd", [TSVD, LR_OVR_C])
cls_case("cls_svc_rbf", [STD, SVC_C], data_cancer)
cls_case("cls_svc_linear", [STD, SVC_LIN_C], data_iris)
cls_case("cls_linsvm", [MAXABS, LINSVM_C])
cls_case("cls_linsvm_multi", [STD, LINSVM_C], data_iris)
cls_case("cls_sgd_log", [STD, SGD_LOG_C])
cls_case("cls_sgd_hinge", [MAXABS, SGD_HINGE_C])
cls_case("cls_sgd_mhuber", [SPARSENORM, SGD_MHUBER_C], data_wine)
cls_case("cls_knn", [STD, KNN_C], data_no_text_binary)
cls_case("cls_mnb", [SCALE01, MNB_C], data_text_binary)
cls_case("cls_mnb_minmax", [MINMAX, MNB_C], data_wine)
cls_case("cls_bnb", [MAXABS, BNB_C], data_mixed_multi)
cls_case("cls_catboost", [CATB_C], data_no_text_binary, needs="catboost")

# classification: column kinds and label oddities
cls_case("cls_textonly", [MAXABS, LR_C], data_text_binary)
cls_case("cls_catonly", [MAXABS, LGBM_C], data_cat_binary)
cls_case("cls_iris_lgbm", [MAXABS, LGBM_C], data_iris)
cls_case("cls_label_quote", [MAXABS, LGBM_C], data_label_quote)
cls_case("cls_featurization_off", [MAXABS, LGBM_C], data_cancer, featurization="off")
cls_case("cls_featurization_off_nopre", [RF_C], data_cancer, featurization="off")
cls_case("cls_sweep_te", [MAXABS, LGBM_C], data_no_text_binary, sweep=["cat", "woe"])
cls_case("cls_sweep_kmeans", [MAXABS, LGBM_C], data_no_text_binary, sweep=["kmeans"])
cls_case("cls_sweep_text", [MAXABS, LGBM_C], sweep=["bow"])
cls_case("cls_word_embeddings", [MAXABS, LGBM_C], word_embeddings="comment")
cls_case("cls_custom_featurization", [MAXABS, LGBM_C], data_no_text_binary, featurization="custom")

# classification: where the data come from, how they are split
cls_case("cls_mltable", [MAXABS, LGBM_C], inputs="uri")
cls_case("cls_valid_id", [MAXABS, LGBM_C], valid=True)
cls_case("cls_valid_mltable", [MAXABS, XGB_C], valid=True, inputs="uri")
cls_case("cls_cv5", [MAXABS, LGBM_C], settings={"n_cross_validations": 5})
cls_case(
    "cls_cv3_size",
    [MAXABS, RF_C],
    data_iris,
    settings={"n_cross_validations": 3, "validation_size": 0.2},
)
cls_case("cls_split20", [MAXABS, LGBM_C], settings={"validation_size": 0.2})
cls_case("cls_testsplit", [MAXABS, LGBM_C], settings={"validation_size": 0.2, "test_size": 0.1})
cls_case("cls_weights", [MAXABS, LGBM_C], data_mixed_binary_weights, weight="sample weight")
cls_case(
    "cls_weights_cv",
    [STD, LR_C],
    data_mixed_binary_weights,
    weight="sample weight",
    settings={"n_cross_validations": 3},
)

# classification ensembles
cls_case("cls_voting", None, ensemble=("voting", [[MAXABS, LGBM_C], [MAXABS, XGB_C], [STD, LR_C]]))
cls_case(
    "cls_voting_multi",
    None,
    data_mixed_multi,
    ensemble=("voting", [[MAXABS, LGBM_C], [STD, RF_C], [SCALE01, BNB_C], [MAXABS, ET_C]]),
)
cls_case(
    "cls_voting_intlabel",
    None,
    data_mixed_binary_int,
    ensemble=("voting", [[MAXABS, LGBM_C], [MAXABS, RF_C]]),
)
cls_case(
    "cls_voting_nopre",
    None,
    data_cancer,
    ensemble=("voting", [[LGBM_C], [MAXABS, XGB_C], [STD, SVC_C]]),
)
cls_case(
    "cls_voting_offfeat",
    None,
    data_cancer,
    featurization="off",
    ensemble=("voting", [[MAXABS, LGBM_C], [STD, KNN_C]]),
)
cls_case(
    "cls_voting_cv",
    None,
    data_iris,
    settings={"n_cross_validations": 3},
    ensemble=("voting", [[MAXABS, LGBM_C], [STD, LR_C], [PCA, LINSVM_C]]),
)
cls_case("cls_stack", None, ensemble=("stack", [[MAXABS, LGBM_C], [MAXABS, XGB_C], [STD, LR_C]]))
cls_case(
    "cls_stack_multi", None, data_mixed_multi, ensemble=("stack", [[MAXABS, LGBM_C], [STD, RF_C]])
)
cls_case(
    "cls_stack_cv",
    None,
    data_cancer,
    settings={"n_cross_validations": 3},
    ensemble=("stack", [[MAXABS, LGBM_C], [STD, SGD_LOG_C], [ROBUST, KNN_C]]),
)
cls_case(
    "cls_stack_lgbmmeta",
    None,
    data_cancer,
    meta="LightGBM",
    ensemble=("stack", [[MAXABS, LGBM_C], [STD, LR_C]]),
)

# regression
reg_case("reg_lgbm_maxabs", [MAXABS, LGBM_R])
reg_case("reg_lgbm_tuned", [STD, LGBM_R2])
reg_case("reg_lgbm_diabetes", [MAXABS, LGBM_R], data_diabetes)
reg_case("reg_lgbm_onecolumn", [MAXABS, LGBM_R], data_one_column)
reg_case("reg_lgbm_intcolumns", [MAXABS, LGBM_R], data_int_columns)
reg_case("reg_xgb_maxabs", [MAXABS, XGB_R])
reg_case("reg_xgb_tuned", [STD, XGB_R2])
reg_case("reg_rf", [MAXABS, RF_R])
reg_case("reg_et_std", [STD, ET_R])
reg_case("reg_gb_minmax", [MINMAX, GB_R], data_diabetes)
reg_case("reg_dt_robust", [ROBUST, DT_R], data_diabetes)
reg_case("reg_elasticnet", [STD, ENET_R])
reg_case("reg_elasticnet_pca", [PCA, ENET_R], data_diabetes)
reg_case("reg_lassolars", [MAXABS, LLARS_R], data_diabetes)
reg_case("reg_sgd", [STD, SGD_R], data_diabetes)
reg_case("reg_knn", [STD, KNN_R], data_diabetes)
reg_case("reg_tsvd_rf", [TSVD, RF_R])
reg_case("reg_inttarget", [MAXABS, LGBM_R], data_mixed_reg_int, y_integer=True)
reg_case("reg_weights", [MAXABS, LGBM_R], data_mixed_reg_weights, weight="w")
reg_case("reg_cv5", [MAXABS, XGB_R], settings={"n_cross_validations": 5})
reg_case("reg_valid_mltable", [MAXABS, LGBM_R], valid=True, inputs="uri")
reg_case("reg_yminmax", [MAXABS, LGBM_R], settings={"y_min": 0.0, "y_max": 600.0})
reg_case("reg_testsplit", [MAXABS, LGBM_R], settings={"test_size": 0.2})
reg_case(
    "reg_voting", None, ensemble=("voting", [[MAXABS, LGBM_R], [MAXABS, XGB_R], [STD, ENET_R]])
)
reg_case(
    "reg_voting_linear",
    None,
    data_diabetes,
    settings={"n_cross_validations": 3},
    ensemble=("voting", [[STD, ENET_R], [MAXABS, LLARS_R], [STD, SGD_R]]),
)
reg_case("reg_stack", None, ensemble=("stack", [[MAXABS, LGBM_R], [MAXABS, XGB_R], [STD, ENET_R]]))
reg_case(
    "reg_stack_cv",
    None,
    data_diabetes,
    settings={"n_cross_validations": 3},
    ensemble=("stack", [[MAXABS, LGBM_R], [STD, KNN_R]]),
)
reg_case("reg_featurization_off", [STD, ENET_R], data_diabetes, featurization="off")
reg_case("reg_sweep_te", [MAXABS, LGBM_R], data_mixed_reg, sweep=["cat"], drop=["comment"])


# forecasting


def ts_case(name, steps, data=data_ts_single, ts=None, **kw):
    settings = {"n_cross_validations": 3, "cv_step_size": 7}
    settings.update(kw.pop("settings", {}))
    base = {"time_column_name": "date", "forecast_horizon": 7}
    base.update(ts or {})
    case(name, task="forecasting", data=data, steps=steps, ts=base, settings=settings, **kw)


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
ts_case("ts_rf_lags", [MAXABS, RF_R], ts=LAGS)
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
    ts=GRAINS,
    settings={"n_cross_validations": None, "cv_step_size": None},
)
case("verticals", task="vertical", data=None, steps="vertical")


class _Workspace:
    _workspace_name = "corpus-workspace"
    name = "corpus-workspace"
    _resource_group = resource_group = "corpus-group"
    _subscription_id = subscription_id = "00000000-0000-0000-0000-000000000000"


class _Run:
    """What the generator reads of a run, and nothing else."""

    type = "azureml.scriptrun"

    def __init__(self, run_id, properties=None, parent=None, details=None):
        self.id = run_id
        self.properties = properties or {}
        self.parent = parent
        self._details = details or {}
        self.experiment = types.SimpleNamespace(name="corpus-experiment", workspace=_Workspace())

    def get_details(self):
        return self._details

    def get_portal_url(self):
        return "https://ml.azure.com/runs/" + self.id

    def get_environment(self):
        return types.SimpleNamespace(name="AzureML-AutoML", version="1")


def make_runs(name, settings, inputs, has_valid, algorithm):
    guid = "%08x-0000-4000-8000-%012x" % (zlib.crc32(name.encode()), len(name))
    details = {"inputDatasets": [], "properties": {}}
    if inputs == "uri":
        base = (
            "azureml://locations/westeurope/workspaces/00000000-0000-0000-0000-000000000000/data/%s/versions/1"
            % name
        )
        table = {
            "Type": "MLTable",
            "TrainData": {"Uri": base + "-train", "ResolvedUri": base + "-train"},
        }
        if has_valid:
            table["ValidData"] = {"Uri": base + "-valid", "ResolvedUri": base + "-valid"}
        details["properties"]["mltable_data_json"] = json.dumps(table)
    else:
        names = ["training_data"] + (["validation_data"] if has_valid else [])
        for k, input_name in enumerate(names):
            details["inputDatasets"].append(
                {
                    "consumptionDetails": {"inputName": input_name},
                    "dataset": types.SimpleNamespace(id=guid[:-1] + str(k)),
                }
            )
    parent = _Run("AutoML_" + guid, {"AMLSettingsJsonString": json.dumps(settings)}, None, details)
    hd_or_parent = parent
    if algorithm == "TCNForecaster":
        hd_or_parent = _Run(parent.id + "_HD", {}, parent, {})
    child = _Run(hd_or_parent.id + "_0", {"run_algorithm": algorithm}, hd_or_parent, {})
    return parent, child


def problem_info(n_rows, n_cols, task, sparse, ts_params=None):
    from azureml.automl.runtime.shared.problem_info import ProblemInfo

    info = ProblemInfo(
        dataset_samples=n_rows, dataset_features=n_cols, task=task, is_sparse=sparse, num_threads=1
    )
    info.timeseries_param_dict = ts_params
    info.gpu_training_param_dict = {"processing_unit_type": "cpu"}
    return info


def instantiate(steps, info):
    from azureml.automl.runtime.shared.pipeline_spec import PipelineSpec

    spec = PipelineSpec.from_dict({"pipeline_id": "corpus", "objects": copy.deepcopy(steps)})
    return spec.instantiate_pipeline_spec(info, random_state=0 if info.task else None)


def fit_model(spec, X, y, task, info, primary_metric):
    """Fit one pipeline, or an ensemble of pipelines, on featurized data."""
    import numpy as np
    from sklearn.pipeline import Pipeline
    from azureml.automl.core.shared import constants
    from azureml.automl.runtime import stack_ensemble_base
    from azureml.automl.runtime.shared import model_wrappers

    kind_members = spec.get("ensemble")
    if not kind_members:
        pipeline = instantiate(spec["steps"], info)
        pipeline.fit(X, y)
        return pipeline
    kind, members = kind_members
    fitted = []
    for i, steps in enumerate(members):
        member = instantiate(steps, info)
        member.fit(X, y)
        fitted.append((str(i), member))
    if kind == "voting":
        weights = [round(1.0 / len(fitted), 4)] * len(fitted)
        weights[0] = round(1 - sum(weights[1:]), 4)
        if task == constants.Tasks.CLASSIFICATION:
            model = model_wrappers.PreFittedSoftVotingClassifier(
                estimators=fitted,
                weights=weights,
                flatten_transform=False,
                classification_labels=np.unique(y),
            )
            return Pipeline([("prefittedsoftvotingclassifier", model)])
        model = model_wrappers.PreFittedSoftVotingRegressor(estimators=fitted, weights=weights)
        return Pipeline([("prefittedsoftvotingregressor", model)])

    # The SDK's own choice of the meta learner, without the rest of an iteration around it.
    chooser = types.SimpleNamespace(
        _meta_learner_type=spec.get("meta"),
        _meta_learner_kwargs=None,
        _automl_settings=types.SimpleNamespace(
            task_type=task,
            is_timeseries=spec["task"] == "forecasting",
            primary_metric=primary_metric,
        ),
    )
    base = stack_ensemble_base.StackEnsembleBase
    chooser._meta_learner_type, chooser._meta_learner_kwargs = base._determine_meta_learner_type(
        chooser, [y, y]
    )
    meta, _ = base._create_meta_learner(chooser)
    stack_cls = (
        model_wrappers.StackEnsembleClassifier
        if task == constants.Tasks.CLASSIFICATION
        else model_wrappers.StackEnsembleRegressor
    )
    stack = stack_cls(base_learners=fitted, meta_learner=meta)
    parts = [stack._get_base_learner_predictions(m, X) for _, m in fitted]
    parts = [p[:, None] if getattr(p, "ndim", 2) == 1 else p for p in parts]
    meta.fit(stack._horizontal_concat(parts), y)
    if task == constants.Tasks.CLASSIFICATION:
        stack.classes_ = np.unique(y)
    name = (
        "stackensembleclassifier"
        if task == constants.Tasks.CLASSIFICATION
        else "stackensembleregressor"
    )
    return Pipeline([(name, stack)])


def custom_featurization():
    from azureml.automl.core.featurization import FeaturizationConfig

    config = FeaturizationConfig()
    config.add_column_purpose("zip", "Categorical")
    config.add_transformer_params("Imputer", ["hours per week"], {"strategy": "median"})
    config.add_transformer_params("Imputer", ["age"], {"strategy": "constant", "fill_value": 40})
    config.drop_columns = ["noise_2"]
    return config


class KeepAllSweeper:
    """Stands where the SDK's MetaSweeper stands, and keeps every candidate without scoring it."""

    def __init__(self, task, kinds):
        self.task, self.kinds = task, kinds

    def sweep(self, working_dir, X, y, stats_and_column_purposes, **_):
        from sklearn.pipeline import make_pipeline
        from azureml.automl.runtime.featurizer.transformer.categorical import (
            categorical_featurizers as cat,
        )
        from azureml.automl.runtime.featurizer.transformer.generic import generic_featurizers as gen
        from azureml.automl.runtime.featurizer.transformer.text import text_featurizers as text

        C, G, T = cat.CategoricalFeaturizers, gen.GenericFeaturizers, text.TextFeaturizers
        by_kind = {}
        for _stats, purpose, column in stats_and_column_purposes:
            by_kind.setdefault(str(purpose).lower(), []).append(column)
        found = []
        for column in by_kind.get("categorical", []):
            if "cat" in self.kinds:
                found.append(
                    (
                        column,
                        make_pipeline(
                            C.cat_imputer(), T.string_cast(), C.cat_targetencoder(task=self.task)
                        ),
                    )
                )
            if "woe" in self.kinds:
                found.append(
                    (
                        column,
                        make_pipeline(
                            C.cat_imputer(), T.string_cast(), C.woe_targetencoder(task=self.task)
                        ),
                    )
                )
        if "kmeans" in self.kinds:
            found.append(
                (
                    by_kind["numeric"],
                    make_pipeline(G.imputer(), G.maxabsscaler(), G.minibatchkmeans_featurizer()),
                )
            )
        for column in by_kind.get("text", []):
            if "bow" in self.kinds:
                found.append((column, make_pipeline(T.string_cast(), T.bow_transformer())))
        return found


def add_word_embeddings(transformer, column):
    """Add the word embedding step as sweeping adds it; unfitted, since fitting downloads the vectors."""
    from sklearn.pipeline import make_pipeline
    from sklearn_pandas import DataFrameMapper
    from azureml.automl.runtime.featurization.transformer_and_mapper import TransformerAndMapper
    from azureml.automl.runtime.featurizer.transformer.text import text_featurizers as text

    steps = make_pipeline(
        text.TextFeaturizers.string_cast(),
        text.TextFeaturizers.word_embeddings(embeddings_name="wiki_news_300d_1M_subword"),
    )
    mapper = DataFrameMapper([(column, steps, {"alias": "embeddings"})], input_df=True, sparse=True)
    transformer.transformer_and_mapper_list.append(
        TransformerAndMapper(transformers=steps, mapper=mapper)
    )


def build_tabular(name, spec, frame, label, settings):
    import numpy as np
    from azureml.automl.core.shared import constants
    from azureml.automl.core.constants import PredictionTransformTypes
    from azureml.automl.runtime import data_cleaning, data_transformation
    from azureml.automl.runtime.shared import model_wrappers

    task = spec["task"]
    X = frame.drop(columns=[label] + ([spec["weight"]] if spec.get("weight") else []))
    y = frame[label].values
    X, y, _ = data_cleaning._remove_nan_rows_in_X_y(
        X, y, None, is_timeseries=False, target_column=label
    )
    config = custom_featurization() if spec.get("featurization") == "custom" else None
    if config is not None and config.drop_columns:
        X = X.drop(columns=config.drop_columns)
    transform = PredictionTransformTypes.INTEGER if spec.get("y_integer") else None
    y_transformer, y_enc, _ = data_transformation._y_transform(y, None, task, transform)
    transformer = None
    if spec.get("featurization") == "off":
        features = X.values
    else:
        transformer = data_transformation._suggest_featurizers_and_create_datatransformer(
            task=task,
            X=X,
            y=y_enc,
            featurization_config=config,
            enable_feature_sweeping=bool(spec.get("sweep")),
            enable_dnn=False,
            is_cross_validation=bool(settings.get("n_cross_validations")),
            _feature_sweeper=KeepAllSweeper(task, spec["sweep"]) if spec.get("sweep") else None,
        )
        features = transformer.fit_transform(X, y_enc)
    info = problem_info(features.shape[0], features.shape[1], task, hasattr(features, "tocsr"))
    facts = {"featurized_shape": list(features.shape), "featurized_type": type(features).__name__}
    if transformer is not None:
        facts["engineered_feature_names"] = list(transformer.get_engineered_feature_names())
        facts["column_purposes"] = {
            str(c): str(p) for _, p, c in transformer.stats_and_column_purposes
        }
    if spec["steps"] == "featurizer":
        return transformer, facts
    pipeline = fit_model(spec, features, y_enc, task, info, settings["primary_metric"])
    if task == constants.Tasks.REGRESSION:
        pipeline = model_wrappers.RegressionPipeline(pipeline, stddev=float(np.std(y_enc)))
    if transformer is not None:
        if spec.get("word_embeddings"):
            add_word_embeddings(transformer, spec["word_embeddings"])
        pipeline.steps.insert(0, (constants.Transformers.X_TRANSFORMER, transformer))
    if y_transformer is not None:
        pipeline = model_wrappers.PipelineWithYTransformations(
            pipeline,
            "LabelEncoder" if task == constants.Tasks.CLASSIFICATION else None,
            y_transformer,
        )
    return pipeline, facts


def forecasting_settings(spec, settings):
    from azureml.automl.core.automl_base_settings import AutoMLBaseSettings
    from azureml.automl.core.forecasting_parameters import ForecastingParameters

    options = dict(spec["ts"])
    params = ForecastingParameters(cv_step_size=settings.get("cv_step_size"), **options)
    return AutoMLBaseSettings(
        task_type="regression",
        is_timeseries=True,
        label_column_name=settings["label_column_name"],
        primary_metric=settings["primary_metric"],
        n_cross_validations=settings.get("n_cross_validations"),
        validation_size=settings.get("validation_size") or 0.0,
        forecasting_parameters=params,
    )


def build_forecasting(name, spec, frame, label, settings):
    import numpy as np
    from azureml.automl.core.featurization import FeaturizationConfig
    from azureml.automl.core.constants import PredictionTransformTypes
    from azureml.automl.core.shared import constants, utilities
    from azureml.automl.runtime import _featurization_execution_timeseries as execution
    from azureml.automl.runtime import data_transformation
    from azureml.automl.runtime.shared import model_wrappers

    ts_settings = forecasting_settings(spec, settings)
    ts_params = utilities._get_ts_params_dict(ts_settings)
    X = frame.drop(columns=[label])
    y = frame[label].values
    y_transformer = None
    if spec.get("y_integer"):
        y_transformer, y, _ = data_transformation._y_transform(
            y.round().astype(int),
            None,
            "regression",
            PredictionTransformTypes.INTEGER,
            is_forecasting=True,
        )
    config = FeaturizationConfig()
    if spec.get("drop_columns"):
        config.drop_columns = spec["drop_columns"]
    transformer, transformed = execution._get_ts_transformer_x(
        X.copy(), y, ts_params, config, for_cv=False, y_transformer=y_transformer
    )
    params = transformer.parameters
    for step_name, step in transformer.pipeline.steps:
        if step_name == constants.TimeSeriesInternal.LAG_LEAD_OPERATOR:
            params[constants.TimeSeriesInternal.LAGGING_COLUMNS] = step._lag_columns
        if step_name == constants.TimeSeriesInternal.ROLLING_WINDOW_OPERATOR:
            params[constants.TimeSeriesInternal.ROLLING_WINDOW_COLUMNS] = (
                step._rolling_window_columns
            )
    facts = {
        "engineered_feature_names": list(transformer.get_engineered_feature_names() or []),
        "featurizer_steps": [n for n, _ in transformer.pipeline.steps],
    }
    if spec["steps"] == "featurizer":
        return transformer, facts
    if spec["steps"] == "tcn":
        return build_tcn(spec, X, y, transformer, settings, ts_params), facts
    y_train = transformed.pop(transformer.target_column_name).values
    facts["featurized_shape"] = list(transformed.shape)
    info = problem_info(transformed.shape[0], transformed.shape[1], "regression", False, params)
    pipeline = fit_model(spec, transformed, y_train, "regression", info, settings["primary_metric"])
    pipeline.steps.insert(0, (constants.Transformers.TIMESERIES_TRANSFORMER, transformer))
    if y_transformer is not None:
        pipeline = model_wrappers.PipelineWithYTransformations(
            pipeline, "TargetTypeTransformer", y_transformer
        )
    return model_wrappers.ForecastingPipelineWrapper(pipeline, stddev=[float(np.std(y))]), facts


def build_tcn(spec, X, y, transformer, settings, ts_params):
    """A TCN forecaster as its wrapper holds it; the generator reads params and the transformer only."""
    from azureml.contrib.automl.dnn.forecasting.wrapper.forecast_tcn_wrapper import (
        ForecastTCNWrapper,
    )
    from azureml.contrib.automl.dnn.forecasting.wrapper.forecast_wrapper import DNNParams

    model = ForecastTCNWrapper()
    automl_settings = {k: v for k, v in transformer.parameters.items() if _plain(v)}
    automl_settings["n_cross_validations"] = settings.get("n_cross_validations")
    automl_settings["cv_step_size"] = settings.get("cv_step_size")
    automl_settings["label_column_name"] = settings["label_column_name"]
    automl_settings["primary_metric"] = settings["primary_metric"]
    params = dict(
        learning_rate=0.001,
        batch_size=32,
        num_epochs=2,
        num_cells=2,
        multilevel="CELL",
        depth=1,
        num_channels=16,
        dropout_rate=0.25,
        early_stopping_patience=5,
        early_stopping_min_improvement=0.001,
        min_grain_for_embedding=50,
        target_dimension=1,
        horizon=spec["ts"]["forecast_horizon"],
        primary_metric=settings["primary_metric"],
        automl_settings=automl_settings,
    )
    required = ForecastTCNWrapper.required_params
    for key in required:
        params.setdefault(key, None)
    model.params = DNNParams(required=required, params=params)
    model._pre_transform = transformer
    return model


def _plain(value):
    try:
        json.dumps(value)
        return True
    except TypeError:
        return False


def settings_for(spec, label):
    task = spec["task"]
    forecasting = task == "forecasting"
    settings = {
        "name": "corpus-experiment",
        "task_type": "regression" if forecasting else task,
        "label_column_name": label,
        "weight_column_name": spec.get("weight"),
        "primary_metric": "AUC_weighted"
        if task == "classification"
        else "normalized_root_mean_squared_error",
        "compute_target": "cpu-cluster",
        "is_timeseries": forecasting,
        "n_cross_validations": None,
        "validation_size": None,
        "cv_step_size": None,
        "enable_code_generation": True,
        "y_min": None,
        "y_max": None,
    }
    settings.update(spec.get("settings") or {})
    if spec.get("valid"):
        settings["validation_size"] = 0.0
    if forecasting:
        settings.update({k: v for k, v in spec["ts"].items()})
    return settings


def fresh_generator_state():
    """Every script as the first one of a process: the generator numbers mappers process-wide."""
    from azureml.automl.core import _codegen_utilities
    from azureml.train.automl.runtime._code_generation import data_featurizer_template

    data_featurizer_template.IndividualFeaturizerTemplate.instance_cache.clear()
    _codegen_utilities.import_cache.clear()


def make_notebook(child, parent, dataset_dict, autofeaturization):
    from azureml.train.automl.runtime import __version__
    from azureml.train.automl.runtime._code_generation import notebook_generator
    from azureml.core.compute_target import ComputeTargetException

    def no_target(workspace, name):
        raise ComputeTargetException("no workspace here")

    pairs = (
        dataset_dict.items()
        if hasattr(dataset_dict, "items")
        else [("training_dataset_id", dataset_dict[0])]
    )
    arguments = {
        "script_arguments": " ".join("--%s %s" % kv for kv in pairs),
        "training_package": "azureml-train-automl~=" + __version__,
    }
    saved = notebook_generator.ComputeTarget
    notebook_generator.ComputeTarget = no_target
    try:
        return notebook_generator.generate_script_run_notebook(
            child,
            parent_run=parent,
            template_name="autofeaturization_run" if autofeaturization else "script_run",
            environment=child.get_environment(),
            notebook_args=arguments,
        )
    finally:
        notebook_generator.ComputeTarget = saved


def vertical_script(out):
    """The vision/NLP form is not generated: it is the text of the hd_*_driver.py on the call stack."""
    from azureml.train.automl.runtime._code_generation import code_generator

    driver = (
        "# Driver of a hyperdrive child, as the service writes it.\n"
        "AUTOML_SETTINGS = {'task_type':'image-classification','enable_code_generation':True}\n"
        "def emit(generate):\n"
        "    return generate()\n"
    )
    here = os.getcwd()
    path = out / "hd_corpus_driver.py"
    path.write_text(driver)
    os.chdir(str(out))
    try:
        scope = {}
        exec(compile(driver, "hd_corpus_driver.py", "exec"), scope)
        return scope["emit"](code_generator.generate_verticals_script)
    finally:
        os.chdir(here)
        path.unlink()


def model_name(pipeline):
    return (
        type(pipeline.steps[-1][1]).__name__
        if hasattr(pipeline, "steps")
        else type(pipeline).__name__
    )


def make_case(name, spec, root):
    import numpy as np
    from azureml.train.automl.runtime import VERSION
    from azureml.train.automl.runtime._code_generation import code_generator, utilities

    np.random.seed(SEED)
    out = root / name
    out.mkdir(parents=True, exist_ok=True)
    record = {
        "case": name,
        "task": spec["task"],
        "generator": "azureml-train-automl-runtime " + VERSION,
        "python": "%d.%d" % sys.version_info[:2],
    }
    fresh_generator_state()
    if spec["steps"] == "vertical":
        (out / "script.py").write_text(vertical_script(out), encoding="utf-8")
        write_json(out / "case.json", record)
        return record

    frame, label, informative = spec["data"]()
    if spec.get("drop"):
        frame = frame.drop(columns=spec["drop"])
        informative = [c for c in informative if c not in spec["drop"]]
    valid = None
    if spec.get("valid") == "tail":
        time_name = spec["ts"]["time_column_name"]
        cut = sorted(frame[time_name].unique())[-spec["ts"]["forecast_horizon"]]
        frame, valid = frame[frame[time_name] < cut], frame[frame[time_name] >= cut]
    elif spec.get("valid"):
        mask = np.random.RandomState(SEED + 1).rand(len(frame)) < 0.25
        frame, valid = frame[~mask], frame[mask]
    frame = frame.reset_index(drop=True)
    frame.to_csv(out / "train.csv", index=False)
    if valid is not None:
        valid.to_csv(out / "valid.csv", index=False)

    settings = settings_for(spec, label)
    build = build_forecasting if spec["task"] == "forecasting" else build_tabular
    pipeline, facts = build(name, spec, frame.copy(), label, settings)
    autofeat = spec["steps"] == "featurizer"
    algorithm = "TCNForecaster" if spec["steps"] == "tcn" else model_name(pipeline)
    parent, child = make_runs(
        name, settings, spec.get("inputs", "id"), valid is not None, algorithm
    )
    current = parent if autofeat else child
    # SDKs before 1.49 or so know no featurization-only script, and take no such argument.
    extra = {"is_autofeaturization": True} if autofeat else {}
    script = code_generator.generate_full_script(current, pipeline, **extra)
    (out / "script.py").write_text(script, encoding="utf-8")
    dataset_dict = utilities.get_input_datasets(parent)
    try:
        notebook = make_notebook(current, parent, dataset_dict, autofeat)
        notebook_name = (
            "autofeaturization_notebook.ipynb" if autofeat else "script_run_notebook.ipynb"
        )
        (out / notebook_name).write_text(notebook, encoding="utf-8")
        record["notebook"] = notebook_name
    except Exception as error:
        record["notebook_error"] = "%s: %s" % (type(error).__name__, error)
    try:
        compile(script, "script.py", "exec")
    except SyntaxError as error:
        record["script_syntax_error"] = str(error)
    record.update(
        {
            "label": label,
            "weight": spec.get("weight"),
            "run_algorithm": algorithm,
            "steps": spec["steps"]
            if isinstance(spec["steps"], str)
            else [s["class_name"] for s in spec["steps"] or []],
            "ensemble": None
            if not spec.get("ensemble")
            else {
                "kind": spec["ensemble"][0],
                "members": [[s["class_name"] for s in m] for m in spec["ensemble"][1]],
            },
            "inputs": dataset_dict,
            "settings": settings,
            "raw_columns": [c for c in frame.columns if c not in (label, spec.get("weight"))],
            "informative": informative,
            "time_series": spec.get("ts"),
            "dtypes": {c: str(t) for c, t in frame.dtypes.items()},
            "parse_dates": [c for c, t in frame.dtypes.items() if str(t).startswith("datetime")],
            "rows": len(frame),
        }
    )
    record.update(facts)
    write_json(out / "case.json", record)
    return record


def write_json(path, record):
    path.write_text(
        json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n",
        encoding="utf-8",
    )


REFUSED_CASES = [
    "ts_lgbm_single", "ts_lgbm_multi_lags", "ts_lgbm_valid", "ts_rf_lags", "ts_voting", "ts_stack",
    "ts_naive", "autofeat_cls", "autofeat_reg_mltable", "autofeat_ts", "verticals",
]  # fmt: skip


def tabular_cases():
    """Name the classification and regression cases that the pinned environment can make."""
    return [
        name
        for name, spec in CASES.items()
        if name.startswith(("cls_", "reg_")) and not spec.get("needs")
    ]


def refuse_network():
    """Let every name lookup fail at once: the SDK reports its use from the moment it is imported."""
    import socket

    def no_lookup(host, *args, **kwargs):
        raise socket.gaierror("no network while the corpus is made")

    socket.getaddrinfo = no_lookup


def available(module):
    import importlib

    try:
        importlib.import_module(module)
        return True
    except Exception:
        return False


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, help="folder to write the cases to")
    parser.add_argument("--only", nargs="*", default=None, metavar="NAME", help="these cases only")
    parser.add_argument("--match", default=None, help="cases whose name contains this")
    parser.add_argument("--list", action="store_true", help="print the names of the cases")
    parser.add_argument("--verbose", action="store_true", help="let the SDK print")
    parser.add_argument(
        "--black",
        action="store_true",
        help="let the generator format with black, if installed (it is not in AutoML environments)",
    )
    args = parser.parse_args(argv)
    names = [
        n
        for n in CASES
        if (args.only is None or n in args.only) and (not args.match or args.match in n)
    ]
    unknown = set(args.only or ()) - set(CASES)
    if unknown:
        parser.error("no such case: " + ", ".join(sorted(unknown)))
    if args.list:
        print("\n".join(names))
        return 0
    if args.out is None:
        parser.error("--out is required")
    refuse_network()
    import logging

    logging.disable(logging.CRITICAL)
    if not args.black:
        sys.modules["black"] = None  # the generator then writes its text unformatted
    warnings.simplefilter("ignore")
    failures = {}
    for name in names:
        spec = CASES[name]
        began = time.time()
        if spec.get("needs") and not available(spec["needs"]):
            print("%-28s skipped: needs %s" % (name, spec["needs"]), flush=True)
            continue
        try:
            with contextlib.ExitStack() as stack:
                if not args.verbose:
                    stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
                    stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
                record = make_case(name, spec, args.out.resolve())
            note = record.get("script_syntax_error") or record.get("notebook_error") or ""
            print("%-28s ok %5.1fs %s" % (name, time.time() - began, note), flush=True)
        except Exception as error:
            failures[name] = traceback.format_exc()
            print(
                "%-28s FAILED %s: %s" % (name, type(error).__name__, str(error)[:300]), flush=True
            )
    if failures:
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / "failures.json").write_text(json.dumps(failures, indent=1))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
