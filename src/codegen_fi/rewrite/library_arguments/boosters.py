"""Arguments of XGBoost and LightGBM."""

from __future__ import annotations

from typing import Final

from codegen_fi.rewrite.library_arguments.rows import Fits, Row, is_anything, is_one_of

_XGBOOST_NOTES = "https://xgboost.readthedocs.io/en/stable/changes/v{}.html"
_XGBOOST_PARAMETERS = "https://xgboost.readthedocs.io/en/stable/parameter.html"
_LIGHTGBM_NOTES = "https://github.com/microsoft/LightGBM/releases/tag/v{}"
_LIGHTGBM_PARAMETERS = "https://lightgbm.readthedocs.io/en/stable/Parameters.html"
_ON_THE_CPU = "The run trained on a GPU; this trains on the CPU unless you add device='cuda'."

# The name that counts -> the name of scikit-learn's kind that stands beside it in vain.
_LIGHTGBM_TWICE = {
    "bagging_fraction": "subsample",
    "bagging_freq": "subsample_freq",
    "bin_construct_sample_cnt": "subsample_for_bin",
    "feature_fraction": "colsample_bytree",
    "lambda_l1": "reg_alpha",
    "lambda_l2": "reg_lambda",
    "min_data_in_leaf": "min_child_samples",
    "min_gain_to_split": "min_split_gain",
    "min_sum_hessian_in_leaf": "min_child_weight",
    "verbosity": "verbose",
}
# The same for XGBoost, which prefers some names of scikit-learn's kind and some of its own.
_XGBOOST_TWICE = {
    "learning_rate": "eta",
    "reg_alpha": "alpha",
    "reg_lambda": "lambda",
    "min_split_loss": "gamma",
    "nthread": "n_jobs",
    "seed": "random_state",
}


def _twice(package: str, first: str, second: str, since: str, source: str) -> Row:
    why = f"{first} is another name of it, is given as well, and is the one that counts."
    everything: frozenset[str] = frozenset()
    since = f"{package} {since}"
    return Row(package, everything, second, is_anything, (), since, why, source, beside=first)


def _xgboost(
    argument: str,
    fits: Fits,
    since: str,
    why: str,
    behaviour: str | None = None,
    *,
    becomes: tuple[str, ...] = (),
    source: str | None = None,
) -> Row:
    notes = source or _XGBOOST_NOTES.format(since + ".0")
    since = f"xgboost {since}"
    return Row("xgboost", frozenset(), argument, fits, becomes, since, why, notes, behaviour)


def _ignored(argument: str, since: str) -> Row:
    why = "XGBoost has no such argument: it ignored it and said so in the log."
    return _xgboost(argument, is_anything, since, why, source=_XGBOOST_PARAMETERS)


ROWS: Final = (
    _xgboost(
        "gpu_id",
        lambda value: value is None or (isinstance(value, int) and value < 0),
        "3.1",
        "The argument is gone; this value meant the CPU, which is the default.",
    ),
    _xgboost("gpu_id", is_anything, "3.1", "The argument is gone.", _ON_THE_CPU),
    _xgboost("predictor", is_anything, "2.0", "The argument is gone: it is chosen by itself."),
    _xgboost(
        "use_label_encoder",
        is_anything,
        "2.0",
        "The argument is gone; classes are encoded outside the model in these scripts.",
    ),
    _xgboost(
        "tree_method",
        is_one_of("gpu_hist"),
        "2.0",
        "The word is gone; 'hist' is the same method.",
        _ON_THE_CPU,
        becomes=("tree_method='hist'",),
    ),
    _xgboost(
        "objective",
        is_one_of("reg:linear"),
        "1.0",
        "The name of this objective changed; its meaning didn't.",
        becomes=("objective='reg:squarederror'",),
        source=_XGBOOST_PARAMETERS,
    ),
    _ignored("verbose", "1.3"),
    _ignored("silent", "1.3"),
    Row(
        "lightgbm",
        frozenset(),
        "silent",
        is_anything,
        (),
        "lightgbm 4.0",
        "The argument is gone; verbose says what is logged, and the model doesn't depend on it.",
        _LIGHTGBM_NOTES.format("4.0.0"),
    ),
    *(
        _twice("lightgbm", first, second, "3.2", _LIGHTGBM_PARAMETERS)
        for first, second in _LIGHTGBM_TWICE.items()
    ),
    *(
        _twice("xgboost", first, second, "1.3", _XGBOOST_PARAMETERS)
        for first, second in _XGBOOST_TWICE.items()
    ),
)
