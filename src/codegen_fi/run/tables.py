"""Turn the files of a downloaded table into one parquet file."""

from __future__ import annotations

from pathlib import Path

from codegen_fi.errors import SourceError


def to_parquet(source: Path, target: Path) -> tuple[int, int]:
    """Read a table as the training would, and write it as parquet.

    Parameters
    ----------
    source
        A file or a folder that `codegen_fi_runtime.tables.load_table` reads.
    target
        The file to write.

    Returns
    -------
    tuple of int
        Rows and columns.

    Raises
    ------
    SourceError
        The files are no table, or hold what parquet can't.
    """
    from codegen_fi.runtime.errors import DataError
    from codegen_fi.runtime.tables import load_table

    try:
        frame = load_table(source)
        frame.to_parquet(target, index=False)
    except DataError as error:
        raise SourceError(f"The data of the run can't be read as a table: {error}") from error
    except (ValueError, TypeError, OverflowError) as error:
        # pyarrow's own errors are all of these kinds.
        raise SourceError(
            f"The data of the run can't be kept as parquet: {error}. "
            "Export the table and give it with --data FILE."
        ) from error
    return frame.shape
