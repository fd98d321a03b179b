"""Tables of what goes in and what has to come out, and how both runtimes are asked.

Read by the tests and, under the official interpreter, by the probe: nothing but numpy and pandas.
"""

import importlib
import importlib.util
import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

OFFICIAL, PORTABLE = "azureml.training.tabular", "codegen_fi.runtime.automl"
TABLES = Path(__file__).parent / "tables"
nan = float("nan")


class Row(NamedTuple):
    """One line of a table.

    ``expected`` is what the training column turns into, ``then`` what ``new`` turns into after it.
    ``ours`` says why the official class is not asked: it fails on the input, or differs on purpose.
    """

    column: Any
    expected: Any
    new: Any = None
    then: Any = None
    y: Any = None
    ours: str = ""


class Refused(NamedTuple):
    """In the place of what is expected: the input is refused, in words that hold these."""

    words: str = ""


def objects(*values):
    return pd.Series(list(values), dtype=object)


def dates(*values):
    return pd.Series([pd.Timestamp(value) if value else pd.NaT for value in values])


def durations(*values):
    return pd.Series([pd.Timedelta(value) if value else pd.NaT for value in values])


def categories(*values, of=None, ordered=False):
    return pd.Series(pd.Categorical(list(values), categories=of, ordered=ordered))


class Runtime:
    """The classes under test, by the tails their modules have in both runtimes."""

    def __init__(self, prefix):
        self._prefix = prefix

    def __call__(self, tail, name):
        return getattr(importlib.import_module(f"{self._prefix}.{tail}"), name)


def tables():
    """Load every table, by its file's name."""
    found = {}
    for path in sorted(TABLES.glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"expected_{path.stem}", path)
        found[path.stem] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found[path.stem])
    return found


def answer(table, row, runtime):
    """Ask a runtime; gives cells that JSON can hold, or the failure."""
    try:
        steps = table.steps(runtime)
        label = None if row.y is None else pd.Series(row.y)
        trained = row.column
        for step in steps:
            # In two calls: an official class has no label to pass on in fit_transform.
            step.fit(trained, label)
            trained = step.transform(trained)
        later = row.new
        for step in steps if row.new is not None else ():
            later = step.transform(later)
    except Exception as error:  # noqa: BLE001 - which one it is, the table says
        return {"refused": f"{type(error).__name__}: {error}"}
    return {"trained": cells(trained), "new": cells(later)}


def expected(row):
    if isinstance(row.expected, Refused):
        return {"refused": row.expected.words}
    return {"trained": cells(row.expected), "new": cells(row.then)}


def same(wanted, got):
    """Compare: cell by cell, numbers to a millionth; of a refusal the words that are given."""
    if "refused" in wanted or "refused" in got:
        return "refused" in wanted and "refused" in got and wanted["refused"] in got["refused"]
    return _close(wanted, got)


def cells(block):
    if block is None:
        return None
    block = block.toarray() if hasattr(block, "toarray") else block
    if getattr(block, "ndim", 1) == 1 and not isinstance(block, (list, tuple)):
        return [_cell(value) for value in _unread(block).tolist()]
    return [
        [_cell(value) for value in row] if isinstance(row, (list, np.ndarray)) else _cell(row)
        for row in (block.to_numpy() if hasattr(block, "to_numpy") else block)
    ]


def _unread(block):
    # An array of objects is kept from being read as text or dates.
    is_objects = isinstance(block, np.ndarray) and block.dtype == object
    return pd.Series(block, dtype=object) if is_objects else pd.Series(block)


def _cell(value):
    if isinstance(value, str):
        return f"text {value}"
    if value is None or value is pd.NaT or value is pd.NA:
        return str(value)
    if isinstance(value, (pd.Timestamp, np.datetime64)):
        return f"date {pd.Timestamp(value).isoformat()}"
    if isinstance(value, (pd.Timedelta, np.timedelta64)):
        return float(pd.Timedelta(value).value)
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        return "nan" if math.isnan(value) else float(value) if math.isfinite(value) else str(value)
    return f"{type(value).__name__} {value}"


def _close(wanted, got):
    if isinstance(wanted, dict):
        return all(_close(wanted[key], got[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(_close, wanted, got))
    if isinstance(wanted, float) and isinstance(got, float):
        return math.isclose(wanted, got, rel_tol=1e-6)
    return wanted == got
