"""Named columns in, one matrix out, and the way back from each matrix column to its raw columns."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ...errors import DataError
from ._chain import TransformerChain
from ._columns import as_list, require_columns, without_arrow_columns
from ._names import Output, chain_outputs, unique_names
from ._numbers import fit_numbers, transform_numbers
from ._open_ended import OPEN_ENDED
from ._stacking import Blocks

logger = logging.getLogger(__name__)


class DataFrameMapper(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Apply a chain of transformers to each entry's columns and put the results side by side.

    Parameters
    ----------
    features : list of (columns, transformers) or (columns, transformers, options)
        ``'a'`` hands a Series to the chain, ``['a']`` a DataFrame. Transformers are one, a list, or
        None for none. Options: ``alias``, ``prefix``, ``suffix`` of the names in
        ``transformed_names_``; ``input_df`` for this entry.
    default : False, None or transformer
        For the columns no entry names: leave out, pass on, or transform together.
    sparse : bool
        Give a sparse matrix when any chain does.
    df_out : bool
        Give a DataFrame.
    input_df : bool
        Hand pandas objects to the chains, else numpy arrays.
    drop_cols : list, optional
        Columns that `default` passes over.

    Attributes
    ----------
    built_features : list of (columns, TransformerChain, options)
        In matrix order, the entry made by `default` last.
    """

    def __init__(
        self,
        features: Any,
        default: Any = False,
        sparse: bool = False,
        df_out: bool = False,
        input_df: bool = False,
        drop_cols: Any = None,
    ) -> None:
        self.features = features
        self.default = default
        self.sparse = sparse
        self.df_out = df_out
        self.input_df = input_df
        self.drop_cols = drop_cols

    def fit(self, X: pd.DataFrame, y: Any = None) -> DataFrameMapper:
        """Fit every chain.

        Parameters
        ----------
        X : DataFrame, (n, raw columns)
        y : array-like, (n,), optional

        Returns
        -------
        DataFrameMapper
            Itself.

        Raises
        ------
        DataError
            When a column is missing or a transformer fails on one.
        """
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: pd.DataFrame, y: Any = None, **fit_params: Any) -> Any:
        """Fit every chain and give the matrix of the training rows.

        Parameters
        ----------
        X : DataFrame, (n, raw columns)
        y : array-like, (n,), optional
        **fit_params
            Ignored.

        Returns
        -------
        csr_matrix, ndarray or DataFrame, (n, engineered columns)

        Raises
        ------
        DataError
            When a column is missing or a transformer fails on one.
        """
        built = self._build(X)
        made: Any = fit_numbers(X, built, input_df=self.input_df)
        if made is None:
            made = self._blocks(X, built, lambda chain, data: chain.fit_block(data, y))
        self.built_features = built
        self._widths = made.widths if isinstance(made, Blocks) else [1] * len(built)
        self._report_left_out()
        return self._stack(made, X)

    def transform(self, X: pd.DataFrame) -> Any:
        """Give the matrix of new rows.

        Parameters
        ----------
        X : DataFrame, (n, raw columns)

        Returns
        -------
        csr_matrix, ndarray or DataFrame, (n, engineered columns)

        Raises
        ------
        DataError
            When a column is missing or a transformer fails on one.
        """
        check_is_fitted(self)
        self._require_columns(X, self.built_features)
        made: Any = transform_numbers(X, self.built_features, input_df=self.input_df)
        if made is None:
            made = self._blocks(X, self.built_features, TransformerChain.block)
        return self._stack(made, X)

    @property
    def transformed_names_(self) -> list[str]:
        """The names as sklearn-pandas gives them; they may collide, unlike `get_feature_names_out`.

        Made when asked for: hundreds of thousands of n-grams have one each.
        """
        if not hasattr(self, "built_features"):
            raise AttributeError("transformed_names_ is known once the mapper is fitted")
        names: list[str] = []
        for (columns, _, options), width in zip(self.built_features, self._widths, strict=True):
            stem = options.get("alias") or "_".join(map(str, as_list(columns)))
            stem = f"{options.get('prefix', '')}{stem}{options.get('suffix', '')}"
            names += [stem] if width == 1 else [f"{stem}_{place}" for place in range(width)]
        return names

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the engineered columns.

        Parameters
        ----------
        input_features : ignored

        Returns
        -------
        ndarray of str, (engineered columns,)
            Unique, in matrix order.
        """
        return np.array(self.named_lineage()[0], dtype=object)

    def feature_lineage(self) -> list[tuple[str, ...]]:
        """Give the raw columns of each engineered column, in matrix order."""
        return self.named_lineage()[1]

    def named_lineage(self) -> tuple[list[str], list[tuple[str, ...]]]:
        """Give the unique name and the raw columns of each engineered column, in matrix order."""
        outputs = self._outputs()
        return unique_names([each.name for each in outputs]), [each.raw for each in outputs]

    def feature_blocks(self) -> list[tuple[tuple[str, ...], int]]:
        """Give the raw columns and the width of each entry, in matrix order."""
        check_is_fitted(self)
        return [
            (tuple(str(column) for column in as_list(columns)), width)
            for (columns, _, _), width in zip(self.built_features, self._widths, strict=True)
        ]

    def __sklearn_is_fitted__(self) -> bool:
        """Tell whether the chains are fitted."""
        return hasattr(self, "built_features")

    def _build(self, X: Any) -> list[tuple[Any, TransformerChain, dict[str, Any]]]:
        entries = [(*entry, {})[:3] for entry in self.features]
        named = [column for columns, _, _ in entries for column in as_list(columns)]
        require_columns(X, named)
        entries += self._rest([name for name in X.columns if name not in named])
        if not entries:
            raise DataError("the featurizer has no entries: there is no column to learn from")
        return [
            (columns, TransformerChain(_as_chain(transformers), as_list(columns)), options)
            for columns, transformers, options in entries
        ]

    def _rest(self, unnamed: list[Any]) -> list[tuple[Any, Any, dict[str, Any]]]:
        rest = [name for name in unnamed if name not in (self.drop_cols or ())]
        if self.default is False or not rest:
            return []
        return (
            [(name, None, {}) for name in rest]
            if self.default is None
            else [(rest, self.default, {})]
        )

    @staticmethod
    def _require_columns(X: Any, built: list[Any]) -> None:
        require_columns(X, [name for columns, _, _ in built for name in as_list(columns)])

    def _blocks(self, X: Any, built: list[Any], action: Callable[..., Any]) -> Blocks:
        kinds = {tuple(map(type, chain.transformers)) for _, chain, _ in built}
        given = (
            _as_block(action(chain, self._select(X, columns, options)))
            for columns, chain, options in built
        )
        return Blocks(given, expected=len(built) if len(kinds) == 1 else None)

    def _select(self, X: pd.DataFrame, columns: Any, options: dict[str, Any]) -> Any:
        named = X[list(columns)] if isinstance(columns, (list, tuple)) else X[columns]
        selected = without_arrow_columns(named)
        return selected if options.get("input_df", self.input_df) else selected.to_numpy()

    def _stack(self, made: Blocks | NDArray[Any], X: pd.DataFrame) -> Any:
        if isinstance(made, Blocks):
            if made.any_sparse and self.sparse and not self.df_out:
                return made.sparse()
            made = made.dense()
        if not self.df_out:
            return made
        return pd.DataFrame(made, index=X.index, columns=self.transformed_names_)

    def _report_left_out(self) -> None:
        if all(width and len(columns) == 1 for columns, width in self.feature_blocks()):
            return
        used = {name for raw in self.feature_lineage() for name in raw}
        for columns, _ in self.feature_blocks():
            left_out = [name for name in columns if name not in used]
            if left_out:
                logger.warning(
                    "no values to learn from, left out: %s", ", ".join(map(repr, left_out))
                )

    def _outputs(self) -> list[Output]:
        check_is_fitted(self)
        return [
            output
            for (columns, chain, _), width in zip(self.built_features, self._widths, strict=True)
            for output in chain_outputs(chain.steps_, as_list(columns), width)
        ]


def _as_chain(transformers: Any) -> list[Any]:
    if transformers is None:
        return []
    return list(transformers) if isinstance(transformers, (list, tuple)) else [transformers]


def _as_block(data: Any) -> Any:
    if isinstance(data, OPEN_ENDED):
        return data
    block = data if sparse.issparse(data) else np.asarray(data)
    return block.reshape(-1, 1) if block.ndim == 1 else block
