"""How much work a fitted estimator has with one row, counted instead of measured.

A step is about a nanosecond of one processor. The counts come from the fitted model alone, so that
two runs, or two machines, come to the same number; they are right within a factor of a few.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .anatomy import is_pipeline, steps_of
from .recognise import Table
from .trees.forest import MOST_LEAVES
from .used import is_linear

if TYPE_CHECKING:
    from collections.abc import Iterable

PER_ROW = 60.0
"""Steps for an estimator's part in a shuffled row: its answer is put back."""

PER_ENTRY = 2.0
"""Steps for each number of a row that is put together."""

PER_SCORE = 60.0
"""Steps for a row's part in a score."""

PER_CELL = 700.0
"""Steps to featurize one cell of the data."""

_UNKNOWN = 2_000.0
# Steps down one level of a tree, as the libraries walk down when asked for many rows.
_LIGHTGBM, _XGBOOST, _FOREST, _BOOSTED, _BINNED = 4.0, 3.0, 10.0, 4.0, 9.0
# LightGBM's large trees aren't near the processor.
_LIGHTGBM_LARGE = 20.0
# Steps for one support vector, and for each of its columns: without and with an exponential, and
# where only what isn't zero is stored.
_PRODUCT, _KERNEL, _STORED_KERNEL = (15.0, 0.12), (28.0, 0.5), (28.0, 9.0)
# Steps for one stored neighbour, and for each of its columns: all are compared, by a product of
# matrices or one by one, of numbers or of what isn't zero.
_COMPARED, _STORED_COMPARED, _ONE_BY_ONE = (2.5, 0.035), (5.0, 0.25), (5.0, 10.0)
# In a tree of neighbours: to begin with, for each corner of the space, and at most for each
# neighbour and column.
_DOWN, _CORNER, _MET = 2_000.0, 300.0, 1.3
_NAIVE_BAYES = 4.0
_TERM, _STORED_TERM = 1.0, 6.0


def steps_of_row(estimator: Any, width: int) -> float:
    """Count the steps of predicting one row.

    Parameters
    ----------
    estimator : fitted estimator, pipeline or ensemble
    width : int
        Columns that enter it; those that are stored where the matrix is sparse.

    Returns
    -------
    float
        An estimate for a class that isn't known.
    """
    if is_pipeline(estimator):
        return float(sum(steps_of_row(step, width) for step in steps_of(estimator)))
    count = _linear if is_linear(estimator) else _COUNTS.find(estimator)
    try:
        return _of_parts(estimator, width) if count is None else float(count(estimator, width))
    except Exception:  # noqa: BLE001 - an attribute that another release calls otherwise
        return _of_parts(estimator, width)


def _of_parts(estimator: Any, width: int) -> float:
    """Add up the estimators inside of one, whatever it makes of them."""
    found = [steps_of_row(part, width) for part in _parts(estimator)]
    own = _matrices(estimator)
    if found or own:
        return sum(found) + own + width
    return _UNKNOWN + 10.0 * width


_HOLDERS = (
    *("estimators_", "_base_learners", "base_learners_", "models_", "calibrated_classifiers_"),
    *("estimator", "base_estimator", "best_estimator_", "regressor_", "model", "_wrappedEnsemble"),
    *("final_estimator_", "_meta_learner", "meta_learner_"),
)


def _parts(estimator: Any) -> Iterable[Any]:
    known = vars(estimator) if hasattr(estimator, "__dict__") else {}
    held = [known[name] for name in _HOLDERS if known.get(name) is not None]
    for parts in held:
        for part in np.ravel(parts) if isinstance(parts, np.ndarray) else _listed(parts):
            # Stacks keep their learners with a name.
            yield part[-1] if isinstance(part, tuple) else part


def _listed(parts: Any) -> Any:
    return parts if isinstance(parts, (list, tuple)) else [parts]


def _matrices(estimator: Any) -> float:
    """Count the products with what a linear model or a projection has learned."""
    learned = (getattr(estimator, name, None) for name in ("coef_", "components_"))
    return float(sum(np.size(each) for each in learned if isinstance(each, np.ndarray)))


def _linear(model: Any, width: int) -> float:
    outputs, columns = np.atleast_2d(np.asarray(model.coef_)).shape
    term = _TERM if width >= columns else _STORED_TERM
    return float(outputs * term * min(width, columns))


def _levels(leaves: float) -> float:
    return math.log2(max(leaves, 2.0)) + 1.0


def _lightgbm(model: Any, _width: int) -> float:
    level = _LIGHTGBM if model.num_leaves <= MOST_LEAVES else _LIGHTGBM_LARGE
    return float(level * model.booster_.num_trees() * _levels(model.num_leaves))


def _xgboost(model: Any, width: int) -> float:
    options = model.get_xgb_params()
    if options.get("booster") == "gblinear":
        return float(width)
    classes = getattr(model, "n_classes_", 2)
    trees = (model.n_estimators or 100) * (classes if classes > 2 else 1)  # noqa: PLR2004
    return _XGBOOST * trees * ((options.get("max_depth") or 6) + 1)


def _trees(cost: float) -> Any:
    def count(model: Any, _width: int) -> float:
        grown = [each.tree_ for each in np.ravel(model.estimators_)]
        return cost * sum(_levels(tree.n_leaves) for tree in grown)

    return count


def _tree(model: Any, _width: int) -> float:
    return _FOREST * _levels(model.tree_.n_leaves)


def _binned(model: Any, _width: int) -> float:
    grown = [tree for stage in model._predictors for tree in stage]
    return _BINNED * sum(_levels(tree.get_n_leaf_nodes()) for tree in grown)


def _support_vectors(model: Any, width: int) -> float:
    curved = model.kernel not in {"linear", "poly"}
    each, column = _STORED_KERNEL if model._sparse else _KERNEL if curved else _PRODUCT
    return float(len(model.support_) * (each + column * width))


def _neighbours(model: Any, width: int) -> float:
    stored = getattr(model, "n_samples_fit_", None) or model._fit_X.shape[0]
    if model._fit_method != "brute":
        most = _MET * width * stored
        return float(min(most, _DOWN + _CORNER * 2.0 ** min(width, 60)))
    if not issparse(model._fit_X):
        each, column = _COMPARED
    else:
        multiplied = model.effective_metric_ in {"euclidean", "sqeuclidean", "cosine"}
        each, column = _STORED_COMPARED if multiplied else _ONE_BY_ONE
    return float(stored * (each + column * width))


def _naive_bayes(model: Any, _width: int) -> float:
    learned = model.theta_ if hasattr(model, "theta_") else model.feature_log_prob_
    return float(_NAIVE_BAYES * np.size(learned))


_COUNTS = Table(
    by_package={
        ("lightgbm", "LGBMModel"): _lightgbm,
        ("xgboost", "XGBModel"): _xgboost,
        ("sklearn", "BaseForest"): _trees(_FOREST),
        ("sklearn", "BaseGradientBoosting"): _trees(_BOOSTED),
        ("sklearn", "BaseHistGradientBoosting"): _binned,
        ("sklearn", "BaseDecisionTree"): _tree,
        ("sklearn", "BaseLibSVM"): _support_vectors,
        ("sklearn", "NeighborsBase"): _neighbours,
        ("sklearn", "_BaseNB"): _naive_bayes,
    }
)
