"""Logistic regression as ``multi_class="multinomial"`` fitted it, on two classes, too."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model._sag import sag_solver
from sklearn.utils import check_X_y
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.extmath import row_norms
from sklearn.utils.multiclass import type_of_target

from ._inputs import noted

_TWO = 2


class MultinomialLogisticRegression(LogisticRegression):  # type: ignore[misc]
    """``LogisticRegression(multi_class="multinomial")`` of scikit-learn before 1.8.

    On two classes it has a vector of coefficients for each, as the softmax has on more; the
    other is scikit-learn's one vector today. With ``w1 = -w0`` and ``w = w1 - w0`` their ridge
    penalty ``(|w0|^2 + |w1|^2) / 2`` is ``|w|^2 / 4``, half of today's, while their lasso
    ``|w0| + |w1|`` is ``|w|``, as today. The solvers that run to the optimum get there with twice
    the ``C``. ``sag`` and ``saga`` mostly stop before it, and the two vectors move by other steps
    than the one; so they are given the two. Three and more classes are fitted as they are today.

    Parameters
    ----------
    **params : any
        As of ``sklearn.linear_model.LogisticRegression``.

    Attributes
    ----------
    coef_ : ndarray, (1, columns) or (classes, columns)
        With two classes the log-odds of the second per unit of each column, ``w`` above, as of
        every other model of two classes. Older scikit-learn kept ``w1``, half of it.
    intercept_ : ndarray, (1,) or (classes,)
    classes_ : ndarray, (classes,)
    n_iter_ : ndarray of int32, (1,)

    Raises
    ------
    ValueError
        ``solver="liblinear"``, which never fitted a softmax.
    """

    C: Any

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Fit the coefficients.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)
        sample_weight : ndarray, (n,), optional

        Returns
        -------
        Itself.
        """
        self._validate_params()
        if self.solver == "liblinear":
            raise ValueError("The solver liblinear doesn't fit multinomial models; lbfgs does.")
        if not _has_two_classes(y):
            return super().fit(X, y, sample_weight)
        if self.solver == "saga" or (self.solver == "sag" and self._lasso_share() == 0):
            return self._fit_by_rows(X, y, sample_weight)
        return self._fit_to_optimum(X, y, sample_weight)

    def _fit_to_optimum(self, X: Any, y: Any, sample_weight: Any) -> Any:
        """Fit one vector under half the penalty, which is always ridge here."""
        given = self.C
        # Without a penalty, releases before 1.8 warn of every C but the default.
        self.C = given if self.penalty is None else 2 * given
        try:
            return super().fit(X, y, sample_weight)
        finally:
            self.C = given

    def _fit_by_rows(self, X: Any, y: Any, sample_weight: Any) -> Any:
        """Take the same steps from row to row as older scikit-learn."""
        share = self._lasso_share()
        kinds = [np.float64, np.float32]
        noted(self, X)
        X, y = check_X_y(
            X,
            y,
            accept_sparse="csr",  # pyright: ignore[reportArgumentType]
            dtype=kinds,  # pyright: ignore[reportArgumentType]
            order="C",
            accept_large_sparse=False,
            estimator=self,
        )
        self.classes_, target = np.unique(y, return_inverse=True)
        strength = 0.0 if self.penalty is None else 1 / self.C
        vectors, epochs, _ = sag_solver(
            X,
            target.astype(X.dtype),
            self._weights(X, y, sample_weight),
            loss="multinomial",
            alpha=strength * (1 - share),
            beta=strength * share,
            max_iter=self.max_iter,
            tol=self.tol,
            verbose=self.verbose,
            random_state=self.random_state,
            check_input=False,
            max_squared_sum=row_norms(X, squared=True).max(),
            warm_start_mem={"coef": self._start(X)},
            is_saga=self.solver == "saga",
        )
        fitted = 2 * vectors[1:]
        columns = X.shape[1]
        self.coef_ = fitted[:, :columns]
        self.intercept_ = fitted[:, columns] if self.fit_intercept else np.zeros(1, X.dtype)
        self.n_iter_ = np.array([epochs], dtype=np.int32)
        return self

    def _lasso_share(self) -> float:
        """Return the part of the penalty that is a lasso, whichever release names it how."""
        if self.penalty in {"l1", "l2", None}:
            return float(self.penalty == "l1")
        if self.l1_ratio is None and self.penalty == "elasticnet":
            raise ValueError("l1_ratio must be specified when penalty is elasticnet.")
        return float(self.l1_ratio or 0)

    def _weights(self, X: Any, y: Any, sample_weight: Any) -> Any:
        if self.class_weight is None:
            return sample_weight
        of_rows = np.ones(len(y)) if sample_weight is None else np.asarray(sample_weight)
        weights = of_rows.astype(X.dtype)
        weights *= compute_sample_weight(self.class_weight, y)
        return weights

    def _start(self, X: Any) -> Any:
        """Return where the two vectors start, (columns and intercept, 2)."""
        size = X.shape[1] + bool(self.fit_intercept)
        if not (self.warm_start and hasattr(self, "coef_")):
            return np.zeros((size, _TWO), dtype=X.dtype)
        last = np.append(self.coef_, self.intercept_)[:size].astype(X.dtype) / 2
        return np.column_stack([-last, last])


def _has_two_classes(y: Any) -> bool:
    """Tell two classes from one and from more; what is no target at all is left to the fit."""
    given = np.asarray(y)
    return y is not None and type_of_target(given) == "binary" and len(np.unique(given)) == _TWO
