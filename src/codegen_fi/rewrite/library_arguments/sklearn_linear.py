"""Arguments of scikit-learn's linear models."""

from __future__ import annotations

from typing import Final

from codegen_fi.rewrite.library_arguments.rows import Row, is_anything, is_one_of
from codegen_fi.rewrite.library_arguments.sources import sklearn_row as _row
from codegen_fi.rewrite.stand_ins import AUTOML

_LINEAR = (
    "ElasticNet Lasso LassoLars Ridge LinearRegression Lars LassoCV ElasticNetCV LassoLarsCV "
    "LarsCV LassoLarsIC RidgeCV RidgeClassifier RidgeClassifierCV BayesianRidge ARDRegression "
    "OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV MultiTaskElasticNet MultiTaskLasso "
    "MultiTaskElasticNetCV MultiTaskLassoCV"
)
_RENAMED = "The name of this option changed; its meaning didn't."


def _without_penalty(word: str | None, since: str) -> tuple[Row, Row]:
    """Return the rows for a penalty that isn't one: it made the model ignore C."""
    fits = is_one_of(word)
    gone = f"{word!r} is no word for it any more; C=inf is the same model."
    vain = f"penalty={word!r} makes it count for nothing; C=inf stands for the two."
    name = "LogisticRegression"
    return (
        _row(name, "penalty", fits, "C=float('inf')", since, gone),
        _row(name, "C", is_anything, "", since, vain, beside="penalty", beside_fits=fits),
    )


ROWS: Final = (
    _row(
        "LogisticRegression LogisticRegressionCV",
        "multi_class",
        is_one_of("ovr"),
        "",
        "1.8",
        "The argument is gone: one model per class is fitted by OneVsRestClassifier now.",
        wrap="sklearn.multiclass:OneVsRestClassifier",
    ),
    _row(
        "LogisticRegression",
        "multi_class",
        is_one_of("multinomial"),
        "",
        "1.8",
        "The argument is gone, and with it the two vectors of coefficients that it fitted to two "
        "classes; this class fits them.",
        instead=f"{AUTOML}.models.multinomial_logistic_regression:MultinomialLogisticRegression",
    ),
    _row(
        "LogisticRegressionCV",
        "multi_class",
        is_one_of("multinomial"),
        "",
        "1.8",
        "The argument is gone: three and more classes are always fitted as multinomial.",
        behaviour=(
            "With two classes older releases fitted two coefficient vectors, newer fit one: the "
            "same C then regularises twice as strongly."
        ),
    ),
    _row(
        "LogisticRegression LogisticRegressionCV",
        "multi_class",
        is_one_of("auto", "deprecated", "warn"),
        "",
        "1.8",
        "The argument is gone; this value was its default.",
    ),
    _row(
        "LogisticRegression LogisticRegressionCV",
        "penalty",
        is_one_of("l2"),
        "",
        "1.8",
        "The argument is deprecated; this value is what leaving it out means.",
    ),
    *_without_penalty("none", "1.2"),
    *_without_penalty(None, "1.8"),
    _row(
        "LogisticRegression",
        "l1_ratio",
        is_one_of(None),
        "",
        "1.8",
        "None is deprecated; leaving it out means the same.",
    ),
    _row(
        "LogisticRegressionCV",
        "l1_ratios",
        is_one_of(None),
        "l1_ratios=(0.0,)",
        "1.8",
        "None is deprecated; (0.0,) is the ridge penalty it stood for.",
    ),
    _row(
        "LogisticRegression",
        "n_jobs",
        is_anything,
        "",
        "1.8",
        "The argument has had no effect since this release.",
    ),
    _row(
        "ElasticNetCV LassoCV",
        "n_alphas",
        is_one_of(100),
        "",
        "1.9",
        "The argument is gone; 100 is what leaving it out means.",
    ),
    _row(
        "ElasticNetCV LassoCV",
        "alphas",
        is_one_of(None),
        "",
        "1.9",
        "None is gone; leaving it out means the same.",
    ),
    _row(
        "SGDClassifier SGDRegressor",
        "eta0",
        is_one_of(0.0, 0),
        "",
        "1.8",
        "Zero is refused now, and the learning rate schedule it stands with doesn't use it.",
    ),
    _row("SGDClassifier", "loss", is_one_of("log"), "loss='log_loss'", "1.3", _RENAMED),
    _row(
        "SGDClassifier SGDRegressor",
        "loss",
        is_one_of("squared_loss"),
        "loss='squared_error'",
        "1.2",
        _RENAMED,
    ),
    _row(
        "SGDClassifier SGDRegressor",
        "penalty",
        is_one_of("none"),
        "penalty=None",
        "1.3",
        "The word 'none' became the value None.",
    ),
    _row(_LINEAR, "normalize", is_one_of(False, "deprecated"), "", "1.2", "The argument is gone."),
    _row(
        "LinearRegression",
        "normalize",
        is_one_of(True),
        "",
        "1.2",
        "The argument is gone; without a penalty the predictions don't depend on it.",
    ),
    _row(
        _LINEAR,
        "normalize",
        is_anything,
        "",
        "1.2",
        "The argument is gone.",
        behaviour=(
            "With normalize=True each column was scaled to length one before the penalty; now the "
            "penalty sees the columns as they are, so the model differs. StandardScaler in front "
            "and a Lasso alpha times the root of the number of rows (for Ridge: times that "
            "number) is the run's model."
        ),
    ),
    _row(
        "ElasticNetCV LassoCV MultiTaskElasticNetCV MultiTaskLassoCV",
        "n_alphas",
        is_anything,
        "",
        "1.9",
        "The argument is gone.",
        behaviour=(
            "100 penalties are tried instead of n_alphas many; from scikit-learn 1.7 on alphas "
            "takes the number."
        ),
    ),
    _row(
        "LogisticRegression SGDClassifier SGDRegressor Perceptron",
        "penalty",
        is_one_of(None),
        "penalty='none'",
        "1.2",
        "Releases before know None as the word 'none'.",
        is_new=True,
    ),
)
