"""Read columns of delimited text as they are written, so that 01234 keeps its zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from .table_files import read_delimited

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    Reader = Callable[..., pd.DataFrame]


def reading_as_text(columns: Collection[str] | None) -> Reader:
    """Return `read_delimited` with some columns, or all for None, left as text.

    Only an empty field is missing in them; names that a file doesn't have are left to later steps.
    """

    def read(path: Path, **options: Any) -> pd.DataFrame:
        frame = read_delimited(path, **options)
        places = [i for i, c in enumerate(frame.columns) if columns is None or c in columns]
        if not places:
            return frame
        texts = _texts(path, places, **options)
        texts.columns = frame.columns[places]
        return frame.assign(**{str(name): texts[name] for name in texts})

    return read


def _texts(
    path: Path,
    places: list[int],
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    header: bool = True,
    empty_as_text: bool = False,
) -> pd.DataFrame:
    """Read only some columns, counted from 0; the file is known to be readable."""
    frame: pd.DataFrame = pd.read_csv(
        path,
        sep=delimiter,
        encoding=encoding,
        header=0 if header else None,
        usecols=places,
        dtype=str,
        keep_default_na=False,
        na_values=[] if empty_as_text else [""],
        low_memory=False,
    )
    return frame
