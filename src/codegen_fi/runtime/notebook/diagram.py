"""scikit-learn's drawing of a pipeline."""

from __future__ import annotations

from typing import Any

from .table import AS_IT_IS


class diagram:  # noqa: N801 - named for how a cell reads
    """Show a pipeline as scikit-learn draws it; releases before 0.23 write it only.

    Parameters
    ----------
    pipeline : estimator
    """

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def _repr_html_(self) -> str | None:
        try:
            from sklearn.utils import estimator_html_repr
        except ImportError:
            return None
        # Without the classes MathJax would set what stands between two dollar signs of names.
        return f'<div class="{AS_IT_IS}">{estimator_html_repr(self._pipeline)}</div>'

    def __repr__(self) -> str:
        """Return the pipeline for a terminal."""
        return repr(self._pipeline)
