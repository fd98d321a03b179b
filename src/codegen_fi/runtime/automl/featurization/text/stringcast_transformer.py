"""The first step of most generated chains."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._base import Featurizer
from .._strings import as_strings


class StringCastTransformer(Featurizer):
    """Cast every value to text; a missing cell becomes a word like any other (``nan``)."""

    takes_matrices = True

    def transform(self, X: Any) -> NDArray[np.object_]:
        """Cast.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        ndarray of str, shaped like X
        """
        if getattr(X, "ndim", 1) == 1:
            return as_strings(X)
        # Columns of objects stay what they are; pandas 3 would make text of them first.
        kept = object if isinstance(X, np.ndarray) and X.dtype.kind == "O" else None
        frame = pd.DataFrame(X, dtype=kept)
        columns = [as_strings(frame.iloc[:, place]) for place in range(frame.shape[1])]
        return np.column_stack(columns) if columns else np.empty(frame.shape, dtype=object)
