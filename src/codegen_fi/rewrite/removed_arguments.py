"""Arguments that today's libraries no longer take, and what stands for them.

Each row names the argument, the values it speaks of, the replacement and the release that took
the argument away.  Rows are tried in order; the first that fits the value is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from codegen_fi.model.values import Value

_SKLEARN_NOTES = "https://scikit-learn.org/stable/whats_new/v{}.html"
_XGBOOST_NOTES = "https://xgboost.readthedocs.io/en/stable/changes/v{}.html"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact about one argument.

    Attributes
    ----------
    package, classes, argument
        What it is an argument of; an empty ``classes`` means every class of the package.
    fits
        Tells by the value whether this row speaks of it.
    becomes
        ``name=value`` texts that stand in its place; empty to leave it out.
    since
        The release that deprecated or removed it.
    why
        One sentence for the reviewer.
    source
        Where the fact is documented.
    behaviour
        What is different afterwards; None when nothing is.
    wrap
        ``module:Class`` that the estimator is put into; None to leave it bare.
    """

    package: str
    classes: frozenset[str]
    argument: str
    fits: Callable[[Value], bool]
    becomes: tuple[str, ...]
    since: str
    why: str
    source: str
    behaviour: str | None = None
    wrap: str | None = None


def _is(*values: object) -> Callable[[Value], bool]:
    return lambda value: any(value is v or (type(value) is type(v) and value == v) for v in values)


def _anything(_: Value) -> bool:
    return True


def _sklearn(
    classes: str,
    argument: str,
    fits: Callable[[Value], bool],
    becomes: str,
    since: str,
    why: str,
    behaviour: str | None = None,
    wrap: str | None = None,
) -> Row:
    return Row(
        "sklearn",
        frozenset(classes.split()),
        argument,
        fits,
        tuple(becomes.split()),
        f"scikit-learn {since}",
        why,
        _SKLEARN_NOTES.format(since),
        behaviour,
        wrap,
    )


def _xgboost(
    argument: str, fits: Callable[[Value], bool], since: str, why: str, behaviour: str | None = None
) -> Row:
    return Row(
        "xgboost",
        frozenset(),
        argument,
        fits,
        (),
        f"xgboost {since}",
        why,
        _XGBOOST_NOTES.format(since + ".0"),
        behaviour,
    )


_FORESTS = (
    "RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor "
    "DecisionTreeClassifier DecisionTreeRegressor"
)
_BOOSTING = "GradientBoostingClassifier GradientBoostingRegressor"
_REGRESSION_TREES = "RandomForestRegressor ExtraTreesRegressor DecisionTreeRegressor"
_LINEAR = "ElasticNet Lasso LassoLars Ridge LinearRegression Lars LassoCV ElasticNetCV LassoLarsCV"
_RENAMED = "The name of this option changed; its meaning didn't."

ROWS: Final = (
    _sklearn(
        "LogisticRegression LogisticRegressionCV",
        "multi_class",
        _is("ovr"),
        "",
        "1.8",
        "The argument is gone: one model per class is fitted by OneVsRestClassifier now.",
        wrap="sklearn.multiclass:OneVsRestClassifier",
    ),
    _sklearn(
        "LogisticRegression LogisticRegressionCV",
        "multi_class",
        _is("multinomial"),
        "",
        "1.8",
        "The argument is gone: three and more classes are always fitted as multinomial.",
        behaviour=(
            "With two classes older releases fitted two coefficient vectors, newer fit one: the "
            "same C then regularises twice as strongly."
        ),
    ),
    _sklearn(
        "LogisticRegression LogisticRegressionCV",
        "multi_class",
        _is("auto", "deprecated", "warn"),
        "",
        "1.8",
        "The argument is gone; this value was its default.",
    ),
    _sklearn(
        "LogisticRegression LogisticRegressionCV",
        "penalty",
        _is("l2"),
        "",
        "1.8",
        "The argument is deprecated; this value is what leaving it out means.",
    ),
    _sklearn(
        "LogisticRegression",
        "penalty",
        _is("none"),
        "penalty=None",
        "1.2",
        "The word 'none' became the value None.",
    ),
    _sklearn(
        "LogisticRegression",
        "l1_ratio",
        _is(None),
        "",
        "1.8",
        "None is deprecated; leaving it out means the same.",
    ),
    _sklearn(
        "LogisticRegressionCV",
        "l1_ratios",
        _is(None),
        "l1_ratios=(0.0,)",
        "1.8",
        "None is deprecated; (0.0,) is the ridge penalty it stood for.",
    ),
    _sklearn(
        "LogisticRegression",
        "n_jobs",
        _anything,
        "",
        "1.8",
        "The argument has had no effect since this release.",
    ),
    _sklearn(
        "ElasticNetCV LassoCV",
        "n_alphas",
        _is(100),
        "",
        "1.9",
        "The argument is gone; 100 is what leaving it out means.",
    ),
    _sklearn(
        "ElasticNetCV LassoCV",
        "alphas",
        _is(None),
        "",
        "1.9",
        "None is gone; leaving it out means the same.",
    ),
    _sklearn(
        "SGDClassifier SGDRegressor",
        "eta0",
        _is(0.0, 0),
        "",
        "1.8",
        "Zero is refused now, and the learning rate schedule it stands with doesn't use it.",
    ),
    _sklearn(
        _BOOSTING,
        "criterion",
        _anything,
        "",
        "1.9",
        "The argument has no effect since this release.",
    ),
    _sklearn(
        "SimpleImputer", "verbose", _anything, "", "1.3", "The argument is gone; it had no effect."
    ),
    _sklearn(
        f"{_FORESTS} {_BOOSTING}",
        "min_impurity_split",
        _anything,
        "",
        "1.0",
        "The argument is gone.",
        behaviour=(
            "A node below this impurity stopped growing; min_impurity_decrease, its successor, "
            "keeps the value the script gives it."
        ),
    ),
    _sklearn(
        "RandomForestClassifier ExtraTreesClassifier DecisionTreeClassifier",
        "max_features",
        _is("auto"),
        "max_features='sqrt'",
        "1.3",
        "'auto' is gone; for classifiers it meant 'sqrt'.",
    ),
    _sklearn(
        "RandomForestRegressor ExtraTreesRegressor DecisionTreeRegressor",
        "max_features",
        _is("auto"),
        "max_features=1.0",
        "1.3",
        "'auto' is gone; for regressors it meant all columns.",
    ),
    _sklearn(
        _REGRESSION_TREES, "criterion", _is("mse"), "criterion='squared_error'", "1.2", _RENAMED
    ),
    _sklearn(
        _REGRESSION_TREES, "criterion", _is("mae"), "criterion='absolute_error'", "1.2", _RENAMED
    ),
    _sklearn(
        "GradientBoostingClassifier", "loss", _is("deviance"), "loss='log_loss'", "1.3", _RENAMED
    ),
    _sklearn(
        "GradientBoostingRegressor", "loss", _is("ls"), "loss='squared_error'", "1.2", _RENAMED
    ),
    _sklearn(
        "GradientBoostingRegressor", "loss", _is("lad"), "loss='absolute_error'", "1.2", _RENAMED
    ),
    _sklearn("SGDClassifier", "loss", _is("log"), "loss='log_loss'", "1.3", _RENAMED),
    _sklearn(
        "SGDClassifier SGDRegressor",
        "loss",
        _is("squared_loss"),
        "loss='squared_error'",
        "1.2",
        _RENAMED,
    ),
    _sklearn(
        "SGDClassifier SGDRegressor",
        "penalty",
        _is("none"),
        "penalty=None",
        "1.3",
        "The word 'none' became the value None.",
    ),
    _sklearn(_LINEAR, "normalize", _is(False, "deprecated"), "", "1.2", "The argument is gone."),
    _xgboost(
        "gpu_id",
        lambda value: value is None or (isinstance(value, int) and value < 0),
        "3.1",
        "The argument is gone; this value meant the CPU, which is the default.",
    ),
    _xgboost(
        "gpu_id",
        _anything,
        "3.1",
        "The argument is gone.",
        behaviour="The run trained on a GPU; this trains on the CPU unless you add device='cuda'.",
    ),
    _xgboost("predictor", _anything, "2.0", "The argument is gone: it is chosen by itself."),
    _xgboost(
        "use_label_encoder",
        _anything,
        "2.0",
        "The argument is gone; classes are encoded outside the model in these scripts.",
    ),
)


def row_for(module: str, name: str, argument: str, value: Value) -> Row | None:
    """Return the row for an argument with this value, None when it can stay.

    Parameters
    ----------
    module, name
        Module and class the argument belongs to.
    argument, value
        The argument as the script gives it.
    """
    package = module.partition(".")[0]
    for row in ROWS:
        speaks_of_it = row.package == package and row.argument == argument
        if speaks_of_it and (not row.classes or name in row.classes) and row.fits(value):
            return row
    return None
