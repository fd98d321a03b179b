"""The cases: a table, a model, and how much of it is measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

SEED = 0
MOST_TRAINING_ROWS = 100_000


@dataclass(frozen=True)
class Case:
    """A table, a model, how many rows of it train and are scored, and how long it may take.

    Attributes
    ----------
    table, model : str
        Keys of the tables and of the models.
    rows : int
        Rows to train on, and as many others to score; all are scored where the table has fewer.
    repeats : int
        Shuffles per column.
    columns : int or None
        About so many columns are shuffled by scikit-learn; None for all.
    explained : int
        Rows that get contributions, which cost as much per row as a column's shuffles.
    ranked : bool
        Whether its ranking is compared; a case with more repeats of the same needs none.
    jobs : bool
        Whether one process is compared with two.
    scoring : str or None
        A scorer of scikit-learn; None for accuracy and R2.
    """

    table: str
    model: str
    rows: int
    repeats: int = 5
    columns: int | None = None
    explained: int = 500
    ranked: bool = True
    jobs: bool = False
    scoring: str | None = None


CASES = {
    "adult lightgbm": Case("adult", "lightgbm", 16_000),
    "adult lightgbm, 30 repeats": Case(
        "adult", "lightgbm", 16_000, repeats=30, ranked=False, jobs=True
    ),
    "adult voting of 9": Case("adult", "voting", 6_500, explained=200, jobs=True),
    "adult neighbours": Case("adult", "neighbours", 9_000, columns=2, ranked=False, jobs=True),
    "birds lightgbm": Case("birds", "lightgbm", 4_800),
    "birds voting of 9": Case("birds", "voting", 2_400, columns=5, explained=200),
    "bikes lightgbm": Case("bikes", "lightgbm", 4_300),
    "credit lightgbm": Case("credit", "lightgbm", 500),
    "credit voting of 9": Case("credit", "voting", 500, explained=200),
    "housing lightgbm": Case("housing", "lightgbm", 10_000),
    "housing forest": Case("housing", "forest", 10_000),
    "titanic voting of 9": Case("titanic", "voting", 440, explained=200),
    "khan forest, wide": Case(
        # Hardly a gene changes a label of the forest; each of them changes probabilities.
        "khan",
        "bare forest",
        41,
        columns=40,
        jobs=True,
        scoring="neg_log_loss",
    ),
    "rossmann lightgbm, long": Case("rossmann", "lightgbm", 1_017_209, columns=3),
    "rossmann lightgbm, long, 1 repeat": Case(
        "rossmann", "lightgbm", 1_017_209, repeats=1, columns=3, ranked=False
    ),
}


def prepared(case: Case) -> tuple[Any, Any, Any, Any]:
    """Fit the model on half of the rows.

    Returns
    -------
    model, part, X, y
        The rows it was trained on, as a table with its kinds, and the rows to score.
    """
    import numpy as np
    from importances_data import table
    from importances_models import fitted

    data = table(case.table)
    order = np.random.RandomState(SEED).permutation(len(data.X))
    train = order[: case.rows]
    score = train if 2 * case.rows > len(order) else order[case.rows : 2 * case.rows]
    X, y = data.X.iloc[score].reset_index(drop=True), data.y[score]
    train = train[:MOST_TRAINING_ROWS]
    part = replace(data, X=data.X.iloc[train].reset_index(drop=True), y=data.y[train])
    return fitted(part, case.model), part, X, y
