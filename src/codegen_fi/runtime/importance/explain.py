"""Explain a fitted model: every method asked for, each failing on its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .anatomy import final_class, take_apart
from .budget import AUTO, counted
from .compat import package_versions, pairs
from .correlation import Correlation, correlation_of, noted
from .explanation import Explanation, Header
from .forecasting import is_forecaster, take_forecaster_apart
from .grouping import AUTO as TOGETHER
from .grouping import grouped
from .methods import METHODS, Outcome, Task, resolved
from .permuting import PERMUTATION
from .rows import META, WHOLE, Row, reason_row
from .sampling import Sample, aligned, checked, limit_of, sampled
from .scoring import (
    CLASSIFICATION,
    REGRESSION,
    Weighted,
    direction,
    fitting,
    scorer_for,
    task_of,
)
from .weighing import checked_weights, takes_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENDED = "it was ended before it was done; the model and what came before are kept"
TRAINING = "training"
VALIDATION = "validation"


def explain(
    model: Any,
    X_train: Any,
    y_train: Any,
    X_valid: Any = None,
    y_valid: Any = None,
    *,
    methods: Sequence[str] = ("auto",),
    scoring: str | None = None,
    repeats: int | str = 5,
    seed: int = 0,
    max_rows: int | str | None = AUTO,
    n_jobs: int = 1,
    progress: Callable[[int, int, str], object] | None = None,
    task: str | None = None,
    sample_weight: Any = None,
    groups: str | Sequence[tuple[str, Sequence[str]]] | None = None,
    meanwhile: Callable[[Explanation], object] | None = None,
) -> Explanation:
    """Tell which columns drive a fitted model.

    Parameters
    ----------
    model : fitted estimator
        A pipeline, an estimator, or a wrapper with `steps` or `pipeline`.
    X_train, y_train : table of shape (rows, columns) and labels of shape (rows,)
        What the model was trained on.
    X_valid, y_valid : table and labels, optional
        Rows the model has not seen. Permutation uses them, else the training rows.
    methods : sequence of {"auto", "native", "permutation", "shap", "none"}
        `auto` is native and permutation.
    scoring : str, optional
        The name of a scikit-learn scorer or of a metric of AutoML; accuracy or R2 by default.
        Where lower is better the sign is turned.
    repeats : int or "auto"
        Shuffles per column; `auto` goes on until the order of the first columns is decided.
    seed : int
        Of the shuffles and of the sample; the same seed gives the same numbers as
        `sklearn.inspection.permutation_importance(random_state=seed)`.
    max_rows : int, "auto", "all" or None
        Score at most so many rows, drawn without replacement. `auto` draws rows for permutation
        when all would go beyond the budget of `budget.py`; `all` and None never do.
    n_jobs : int
        Most processes for permutation, as joblib counts them; others are started only where
        the work is long enough to be worth it.
    progress : callable(done, total, text), optional
        Called after each scored column.
    task : {"classification", "regression"}, optional
        Found on the model when not given.
    sample_weight : array of shape (rows,), optional
        How much each row that is scored counts: of the validation rows, else the training rows.
    groups : "auto" or sequence of (name, columns), optional
        Columns of the data that permutation shuffles together as well, with the same order;
        `auto` takes those that move together.
    meanwhile : callable(Explanation), optional
        Called before each method with what is there so far, in which each method that isn't
        done has failed: for a caller that may be ended before the last one.

    Returns
    -------
    Explanation
        A method that fails is a row with the reason and an entry in `failures`; it raises
        nothing.

    Raises
    ------
    ValueError
        For an argument that can't be meant: an unknown method, scorer or task, a negative
        number, labels of another length than the rows, two columns of one name, validation
        rows that lack a column, a group of columns that the data don't have.
    """
    names = resolved(methods)
    checked(X_train, y_train, X_valid, y_valid, repeats, max_rows)
    forecasts = is_forecaster(model)
    known_task = REGRESSION if forecasts else task_of(model, task)
    targets = (y_train,) if y_valid is None else (y_train, y_valid)
    scoring, scorer = scorer_for(scoring, known_task, targets)
    weights = checked_weights(sample_weight, len(targets[-1]))
    weightless = weights is not None and not takes_weights(scorer)
    scorer = scorer if forecasts else fitting(scorer, model, X_train)
    anatomy = (take_forecaster_apart if forecasts else take_apart)(model, X_train)
    X, y = (X_train, y_train) if X_valid is None else (aligned(X_valid, X_train), y_valid)
    together = grouped(groups, anatomy.raw, X_train)
    work = None
    if PERMUTATION in names and not forecasts:
        work = counted(anatomy, X, repeats, together)
    most, why = limit_of(max_rows, len(X), work, forecasts)
    sample = sampled(X, y, most, seed, whole=max_rows == AUTO and known_task == CLASSIFICATION)
    if weights is not None and not weightless:
        scorer = Weighted(scorer, sample.of(weights))
    rows_given = (X_train, y_train, sample.X, sample.y)
    given = Task(anatomy, *rows_given, scorer, repeats, seed, n_jobs, progress, together, work)
    # The other methods have budgets of their own.
    others = replace(given, X=X, y=y) if max_rows == AUTO else given
    circumstances = {
        "task": known_task,
        "methods": names,
        "scoring": scoring,
        "scoring_direction": direction(scoring),
        "weighted": isinstance(scorer, Weighted),
        "split": TRAINING if X_valid is None else VALIDATION,
        "rows_used": len(sample.X),
        "rows_available": len(X),
        "seed": seed,
    }
    skipped = _sampling_note(sample, len(X), why)
    if weightless:
        skipped.append(("sample weights", f"{scoring} takes none, so all rows count alike"))
    if groups == TOGETHER and PERMUTATION in names and not together:
        skipped.append(("groups", "no columns of the data move together"))
    outcomes: list[Outcome] = []
    for name in names:
        if meanwhile is not None:
            rest = [_unfinished(left) for left in names[len(outcomes) :]]
            meanwhile(_told(given, [*outcomes, *rest], Correlation((), ()), skipped, circumstances))
        outcomes.append(_attempt(name, given if name == PERMUTATION else others))
    return _told(given, outcomes, _correlation(X_train), skipped, circumstances)


def _told(
    given: Task,
    outcomes: Sequence[Outcome],
    moving: Correlation,
    skipped: Sequence[tuple[str, str]],
    circumstances: dict[str, Any],
) -> Explanation:
    """Put together what the methods found."""
    anatomy = given.anatomy
    rows = tuple(noted((row for outcome in outcomes for row in outcome.rows), moving.groups))
    header = Header(
        model=_described(final_class(anatomy), rows),
        raw_columns=len(anatomy.raw),
        engineered_columns=None if anatomy.lineage is None else len(anatomy.lineage.engineered),
        packages=package_versions(),
        correlated=moving.groups,
        repeats=_repeats(outcomes, given.repeats),
        **circumstances,
        **_reported(circumstances["methods"], outcomes, [*skipped, *moving.skipped]),
    )
    return Explanation(rows, header)


def _unfinished(name: str) -> Outcome:
    """Stand for a method until it is done."""
    return Outcome([reason_row(name, WHOLE, f"failed: {ENDED}")], failure=ENDED)


def _reported(
    names: Sequence[str], outcomes: Sequence[Outcome], skipped: list[tuple[str, str]]
) -> dict[str, Any]:
    """Collect what the methods tell besides their rows."""
    baselines = [outcome.baseline for outcome in outcomes if outcome.baseline is not None]
    deviations = [outcome.deviation for outcome in outcomes if outcome.deviation is not None]
    return {
        "baseline": baselines[0] if baselines else None,
        "shap_deviation": deviations[0] if deviations else None,
        "skipped": (*skipped, *(skip for outcome in outcomes for skip in outcome.skipped)),
        "failures": tuple(
            (name, outcome.failure)
            for name, outcome in pairs(names, outcomes)
            if outcome.failure is not None
        ),
    }


def _repeats(outcomes: Sequence[Outcome], asked: int | str) -> int:
    """Tell how many there were; `auto` is none where no column was shuffled."""
    made = [outcome.repeats for outcome in outcomes if outcome.repeats is not None]
    return made[0] if made else asked if isinstance(asked, int) else 0


def _attempt(name: str, given: Task) -> Outcome:
    """Run one method; whatever goes wrong in it must not cost the others' results."""
    try:
        return METHODS[name](given)
    except Exception as error:  # noqa: BLE001
        reason = f"{type(error).__name__}: {error}"
        if isinstance(error, MemoryError):
            reason = f"{reason.rstrip(': ')}; score fewer rows with --max-rows"
        return Outcome([reason_row(name, WHOLE, f"failed: {reason}")], failure=reason)


def _correlation(X: Any) -> Correlation:
    """Look for columns that move together; what goes wrong in it costs no importances."""
    try:
        return correlation_of(X)
    except Exception as error:  # noqa: BLE001
        return Correlation((), (("correlation", f"failed: {type(error).__name__}: {error}"),))


def _described(name: str, rows: Sequence[Row]) -> str:
    named = {row.model for row in rows if row.model != WHOLE}
    members = [name for name in named if not name.startswith(f"{META} (")]
    return f"{name} of {len(members)} models" if members else name


def _sampling_note(sample: Sample, available: int, why: str) -> list[tuple[str, str]]:
    used = len(sample.X)
    if used == available:
        return [("rows", why)] if why else []
    return [("rows", f"permutation used {used:,} of {available:,} rows: {why}")]
