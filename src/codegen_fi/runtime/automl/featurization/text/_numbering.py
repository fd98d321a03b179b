"""Whole numbers numbered as they are met, one piece of them after the other."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pandas as pd

from ._tokens import Integers

# Not public, and the only table of pandas that grows from call to call.
TABLES = "pandas._libs.hashtable"


class Numbering:
    """Numbers values from 0 on, in the order in which they are met."""

    def __init__(self) -> None:
        self._table = _growing_table()
        self._known: Integers = np.empty(0, dtype=np.int64)
        self.count = 0

    def numbers(self, values: Integers) -> tuple[Integers, Integers]:
        """Give each value its number.

        Parameters
        ----------
        values : ndarray of int64, (n,)

        Returns
        -------
        ndarray of int64, (n,)
            The number of each value.
        ndarray of int64, (new values,)
            The values that were not met before, by their numbers.
        """
        if self._table is None:
            numbers = self._numbered_anew(values)
        else:
            numbers = np.asarray(self._table.factorize(values), dtype=np.int64)
        unmet = np.flatnonzero(numbers >= self.count)
        new = np.empty(int(numbers[unmet].max(initial=self.count - 1)) + 1 - self.count, np.int64)
        new[numbers[unmet] - self.count] = values[unmet]
        self.count += len(new)
        return numbers, new

    def known(self) -> Integers:
        """Give the values met so far, by their numbers.

        Returns
        -------
        ndarray of int64, (values,)
        """
        return self._known if self._table is None else np.asarray(self._table.uniques.to_array())

    def _numbered_anew(self, values: Integers) -> Integers:
        codes, distinct = pd.factorize(values)
        numbers, self._known = pd.factorize(np.concatenate([self._known, distinct]))
        return np.asarray(numbers[self.count :][codes], dtype=np.int64)


def _growing_table() -> Any:
    try:
        return importlib.import_module(TABLES).Int64Factorizer(0)
    except (ImportError, AttributeError, TypeError):
        return None
