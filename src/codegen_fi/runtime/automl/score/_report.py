"""A script prints its metrics; that print should be readable."""

from __future__ import annotations

import numbers
from typing import Any


class MetricScores(dict[str, Any]):
    """The metrics by name; prints as a table of the scalar ones."""

    def __str__(self) -> str:
        """Align scalar metrics, four decimals each, and name the others on one line."""
        scalar = {name: value for name, value in self.items() if isinstance(value, numbers.Real)}
        width = max(map(len, scalar), default=0)
        lines = [f"{name:<{width}}  {float(scalar[name]):>12.4f}" for name in sorted(scalar)]
        others = sorted(set(self) - set(scalar))
        if others:
            lines.append("also computed: " + ", ".join(others))
        return "\n".join(lines)

    __repr__ = __str__

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as a plain mapping of values."""
        return type(self), (dict(self),)


def document(kind: str, data: dict[str, Any], version: str = "1.0.0") -> dict[str, Any]:
    """Wrap a non-scalar metric the way Azure ML's run history expects it.

    Parameters
    ----------
    kind : str
        For instance ``"confusion_matrix"``.
    data : dict
        Lists and numbers only, so that it can be written as JSON.
    version : str
        Of the schema.

    Returns
    -------
    dict
    """
    return {"schema_type": kind, "schema_version": version, "data": data}


def failure(reason: str) -> dict[str, list[str]]:
    """Stand in for a non-scalar metric that can't be computed.

    Parameters
    ----------
    reason : str

    Returns
    -------
    dict
    """
    return {"errors": [reason]}
