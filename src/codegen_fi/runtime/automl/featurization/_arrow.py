"""Columns that Arrow holds as the columns that pandas itself would hold them in.

The official runtime knows no Arrow columns: they come out as the same cells do in types of pandas.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

# By the kind of the numpy type that is nearest; with the bits after it for numbers.
NULLABLE = {"U": "string", "b": "boolean", "i": "Int{}", "u": "UInt{}", "f": "Float{}"}


def without_arrow(column: pd.Series[Any]) -> pd.Series[Any]:
    """Give the same cells in a type of pandas' own.

    Parameters
    ----------
    column : Series, (n,)
        Of an Arrow type.

    Returns
    -------
    Series, (n,)
        Nullable for text, numbers and truth values, of categories for dictionaries; days, decimals
        and what has no other type as objects.
    """
    dtype: Any = column.dtype
    name = str(dtype)
    if name.startswith("dictionary"):
        return column.astype(object).astype("category")
    if dtype.kind in "mM" and not name.startswith("date"):
        return column.astype(_moments(dtype))
    if dtype.kind not in NULLABLE or name.startswith("halffloat"):
        return column.astype(object)
    nullable: Any = NULLABLE[dtype.kind].format(8 * dtype.numpy_dtype.itemsize)
    return column.astype(nullable)


def _moments(dtype: Any) -> Any:
    zone = getattr(dtype.pyarrow_dtype, "tz", None)
    return pd.DatetimeTZDtype(dtype.pyarrow_dtype.unit, zone) if zone else dtype.numpy_dtype
