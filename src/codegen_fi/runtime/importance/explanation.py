"""What an explanation hands back: the rows, what they rest on, and what did not work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .rows import COLUMNS, NUMBERS, Row, record_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from .correlation import Group

SCHEMA_VERSION = 2


@dataclass(frozen=True)
class Header:
    """The circumstances of an explanation.

    Attributes
    ----------
    model : str
        Class of the final estimator, with the number of members for an ensemble.
    task : str
        `classification` or `regression`.
    methods : tuple of str
        The methods that were asked for, `auto` resolved.
    scoring : str
        Name of the score that permutation importances are drops of.
    scoring_direction : str
        Which way that score goes: higher is better, with the sign of an error turned.
    weighted : bool
        Whether that score counts rows by their sample weights.
    baseline : float or None
        That score on the unshuffled rows; None when no method needed it.
    split : str
        `validation` or `training`: the rows that permutation used.
    rows_used, rows_available : int
        Fewer used than available only when `max_rows` asked for it, or all would have gone
        beyond the budget; `skipped` says which.
    repeats, seed : int
        Shuffles per column and the seed of their order.
    raw_columns, engineered_columns : int or None
        Widths of the two spaces; engineered is None when the columns can't be traced.
    packages : dict of str to str
        Versions of Python and of the packages that took part.
    skipped : tuple of (str, str)
        What was left out on purpose, and why.
    failures : tuple of (str, str)
        Methods that failed, and the reason.
    correlated : tuple of Group
        Raw columns that move together.
    shap_deviation : float or None
        Largest difference between an output and the expected value plus its contributions,
        over all rows and members, in units of that output; None without contributions.
    """

    model: str
    task: str
    methods: tuple[str, ...]
    scoring: str
    baseline: float | None
    split: str
    rows_used: int
    rows_available: int
    repeats: int
    seed: int
    raw_columns: int
    engineered_columns: int | None
    packages: dict[str, str]
    skipped: tuple[tuple[str, str], ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    correlated: tuple[Group, ...] = ()
    shap_deviation: float | None = None
    scoring_direction: str = "higher is better"
    weighted: bool = False
    schema_version: int = field(default=SCHEMA_VERSION)


@dataclass(frozen=True)
class Explanation:
    """The importances of one model."""

    rows: tuple[Row, ...]
    header: Header

    @property
    def failures(self) -> tuple[tuple[str, str], ...]:
        """The methods that failed, each with its reason."""
        return self.header.failures

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a table; `rank` is a nullable integer column."""
        import pandas as pd

        frame = pd.DataFrame([record_of(row) for row in self.rows], columns=list(COLUMNS))
        return frame.astype({**dict.fromkeys(NUMBERS, "float64"), "rank": "Int64"})

    def save(self, folder: str | Path) -> tuple[Path, Path]:
        """Write `feature_importance.csv` and `.json` into an existing or new folder.

        Each file appears whole or not at all.

        Returns
        -------
        tuple of pathlib.Path
            The CSV and the JSON.
        """
        from .save import save_tables

        return save_tables(self, folder)
