"""The metrics a generated script reports, by the names AutoML gives them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._aggregate import merge
from ._classification import CLASSWISE
from ._classification import SCALARS as CLASSIFICATION
from ._classification_tables import TABLES as CLASSIFICATION_TABLES
from ._outcome import outcome
from ._regression import SCALARS as REGRESSION
from ._regression import WEIGHTLESS, Residuals
from ._regression_tables import TABLES as REGRESSION_TABLES
from ._report import MetricScores, failure

_LOG = logging.getLogger("azureml.training.tabular")
_NAN = float("nan")
_ONE_CLASS = "The rows to score are of one class, so there is nothing to rank."
_UNWEIGHTED = {"weighted_accuracy", "accuracy_table", *WEIGHTLESS, *REGRESSION_TABLES}

LOWER_IS_BETTER = frozenset({"log_loss", *(name for name in REGRESSION if name.endswith("_error"))})


def score_classification(
    y_test: Any,
    y_pred_probs: Any,
    metrics: Iterable[str],
    class_labels: Any,
    train_labels: Any,
    sample_weight: Any = None,
    y_transformer: Any = None,
    use_binary: bool = False,
    multilabel: bool = False,
    positive_label: Any = None,
    ensure_contiguous: bool = False,
) -> MetricScores:
    """Score predicted probabilities.

    Parameters
    ----------
    y_test : array, (n,)
    y_pred_probs : array of float, (n, train_labels)
    metrics : iterable of str
        Names such as ``"AUC_weighted"`` and ``"confusion_matrix"``.
    class_labels : array, (classes,)
        Every label of the data.
    train_labels : array
        The model's ``classes_``: the labels of the columns, a subset of ``class_labels``.
    sample_weight : array, (n,), optional
        Of another length: every metric that would use it is NaN, with one warning in the log.
    y_transformer : LabelEncoder, optional
        Names the labels in tables.
    use_binary : bool
        With two classes, AUC and average precision look at the second class only.
    multilabel : bool
        Not supported.
    positive_label : label, optional
        The positive class of the ``_binary`` metrics; the second of two by default.
    ensure_contiguous : ignored

    Returns
    -------
    MetricScores
        A dict from metric to float, or to a dict for tables and values per class. NaN where a
        metric has no value, as an AUC over one class.

    Raises
    ------
    ValueError
        Unknown metric, several labels per row, or shapes and labels that don't fit together.
    DataError
        The target has a single class.
    """
    names = _known(metrics, CLASSIFICATION, CLASSWISE, CLASSIFICATION_TABLES)
    if multilabel:
        raise ValueError("Metrics for several labels per row have no portable stand-in.")
    weights, usable = _weights(sample_weight, len(y_test))
    o = outcome(
        y_test,
        y_pred_probs,
        class_labels,
        train_labels,
        weights,
        y_transformer,
        use_binary,
        positive_label,
    )

    def value(name: str) -> Any:
        if name in CLASSIFICATION:
            return CLASSIFICATION[name](o) if usable or name in _UNWEIGHTED else _NAN
        if not usable and name not in _UNWEIGHTED:
            return failure(_wrong_length(sample_weight, len(y_test)))
        if name in CLASSIFICATION_TABLES:
            return CLASSIFICATION_TABLES[name](o)
        per_class = CLASSWISE[name](o)
        return failure(_ONE_CLASS) if per_class is None else per_class

    return MetricScores((name, value(name)) for name in names)


def score_regression(
    y_test: Any,
    y_pred: Any,
    metrics: Iterable[str],
    y_max: float | None = None,
    y_min: float | None = None,
    y_std: float | None = None,
    sample_weight: Any = None,
    bin_info: dict[str, Any] | None = None,
) -> MetricScores:
    """Score predicted numbers.

    Parameters
    ----------
    y_test, y_pred : array of float, (n,)
    metrics : iterable of str
        Names such as ``"r2_score"`` and ``"residuals"``.
    y_max, y_min, y_std : float, optional
        Of the whole target, in its own unit; those of ``y_test`` when missing.
    sample_weight : array, (n,), optional
        Of another length: every metric that would use it is NaN, with one warning in the log.
    bin_info : dict, optional
        From ``make_dataset_bins``, for ``"predicted_true"``.

    Returns
    -------
    MetricScores
        A dict from metric to float, or to a dict for the charts. NaN for the logarithmic metrics
        of negative values, and for everything when there are no rows.

    Raises
    ------
    ValueError
        Unknown metric, differing lengths, or a value that is NaN or infinite.
    """
    names = _known(metrics, REGRESSION, REGRESSION_TABLES)
    y, predicted = (np.asarray(values, dtype=float).ravel() for values in (y_test, y_pred))
    _check_numbers(y, predicted)
    if len(y) == 0:
        return MetricScores(dict.fromkeys(names, _NAN))
    weights, usable = _weights(sample_weight, len(y))
    r = Residuals(
        y,
        predicted,
        float(y.min() if y_min is None else y_min),
        float(y.max() if y_max is None else y_max),
        float(y.std() if y_std is None else y_std),
        weights,
        bin_info,
    )

    def value(name: str) -> Any:
        if not usable and name not in _UNWEIGHTED:
            return _NAN
        return (REGRESSION_TABLES.get(name) or REGRESSION[name])(r)

    return MetricScores((name, value(name)) for name in names)


def aggregate_scores(
    scores: Sequence[dict[str, Any]], metrics: Iterable[str] | None = None
) -> MetricScores:
    """Merge the metrics of several folds.

    Scalars and values per class are averaged over the folds that have one. Counts are added up,
    means and deviations pooled. A classification report averages its rates over the folds.

    Parameters
    ----------
    scores : sequence of dict
        One per fold, from ``score_classification`` or ``score_regression``.
    metrics : iterable of str, optional
        Those of the first fold when missing.

    Returns
    -------
    MetricScores
    """
    if not scores:
        return MetricScores()
    wanted = scores[0] if metrics is None else metrics
    found = {name: [fold[name] for fold in scores if name in fold] for name in wanted}
    return MetricScores((name, merge(values)) for name, values in found.items() if values)


def _known(metrics: Iterable[str], *tables: dict[str, Callable[..., Any]]) -> list[str]:
    names = list(metrics)
    unknown = [name for name in names if not any(name in table for table in tables)]
    if unknown:
        raise ValueError(f"Unknown metrics: {', '.join(unknown)}.")
    return names


def _weights(sample_weight: Any, n: int) -> tuple[NDArray[np.float64] | None, bool]:
    """Give the weights, and whether metrics that need them can be computed."""
    if sample_weight is None:
        return None, True
    weights = np.asarray(sample_weight, dtype=float).ravel()
    if len(weights) != n:
        _LOG.warning("%s", _wrong_length(weights, n))
        return None, False
    return weights, bool(weights.sum() > 0)


def _wrong_length(weights: Any, n: int) -> str:
    return (
        f"Weighted metrics are NaN: the script hands over {len(weights)} weights for {n} rows "
        "(generated scripts pass those of all rows with the test rows only)."
    )


def _check_numbers(y: NDArray[np.float64], predicted: NDArray[np.float64]) -> None:
    if len(y) != len(predicted):
        raise ValueError(
            f"{len(y)} true values and {len(predicted)} predictions can't be compared."
        )
    for name, values in (("true values", y), ("predictions", predicted)):
        if not np.isfinite(values).all():
            raise ValueError(f"Some {name} are NaN or infinite, so there is nothing to score.")
