"""Read the training table from disk: what the script asked the workspace for, as a frame."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import pandas as pd

from .errors import DataError
from .mltable import is_mltable, read_mltable
from .table_checks import check_columns
from .table_dates import parse_dates
from .table_files import ACCEPTED, read_files

logger = logging.getLogger("azureml.training.tabular")


def load_table(
    path: str | PathLike[str],
    label: str | None = None,
    weights: str | None = None,
    columns: Sequence[str] = (),
    dates: Sequence[str] = (),
) -> pd.DataFrame:
    """Read a table and check that it has what the script needs.

    Parameters
    ----------
    path
        A csv, tsv, parquet, feather or json lines file, a folder of one of these kinds (read in
        the order of the names), or an MLTable folder.
    label
        Name of the label column; it must hold at least one value.
    weights
        Name of the sample weight column.
    columns
        Every further column the script reads.
    dates
        Columns parsed to ``datetime64`` when all their values are dates.

    Returns
    -------
    pandas.DataFrame
        All rows and columns of the file.  Text is of dtype ``object``, as the generated code
        and the estimators behind it expect, also where pandas has a text dtype of its own.

    Raises
    ------
    DataError
        The file is missing, of another kind, unreadable or without rows, or a column is missing.
    """
    where = Path(path)
    frame = _text_as_object(_read(where))
    check_columns(frame, where, label=label, weights=weights, columns=columns)
    frame = parse_dates(frame, dates)
    logger.info("Read %s rows x %s columns from %s", f"{len(frame):,}", frame.shape[1], where)
    return frame


def _read(where: Path) -> pd.DataFrame:
    if not where.exists():
        raise DataError(
            f"{where} does not exist (looked in {Path.cwd()}). Give the path of the training table."
        )
    if is_mltable(where):
        return read_mltable(where if where.is_dir() else where.parent)
    return read_files(_files_of(where) if where.is_dir() else (where,))


def _files_of(folder: Path) -> tuple[Path, ...]:
    """Return the data files of a folder; names starting with ``.`` or ``_`` are bookkeeping."""
    entries = sorted(p for p in folder.iterdir() if not p.name.startswith((".", "_")))
    nested = [p.name for p in entries if p.is_dir()]
    if nested:
        raise DataError(
            f"{folder} holds the folder {nested[0]!r}. Give a folder that holds only data files."
        )
    if not entries:
        raise DataError(f"{folder} is an empty folder. Put the data into it: {ACCEPTED}.")
    return tuple(entries)


def _text_as_object(frame: pd.DataFrame) -> pd.DataFrame:
    """Make text one dtype, and what is missing in it NaN, whatever the file and pandas' version."""
    texts = [i for i, t in enumerate(frame.dtypes) if isinstance(t, pd.StringDtype)]
    if texts:
        frame = frame.astype({frame.columns[i]: object for i in texts})
    gaps = frame.isna().any().to_numpy()
    kinds = [dtype.kind for dtype in frame.dtypes]
    mixed = [c for i, c in enumerate(frame) if gaps[i] and kinds[i] == "O"]
    # Parquet gives None where csv gives NaN, and estimators tell the two apart.
    return frame.assign(**{str(c): frame[c].where(frame[c].notna(), float("nan")) for c in mixed})
