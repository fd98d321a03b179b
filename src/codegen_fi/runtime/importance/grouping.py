"""Which raw columns are shuffled together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    Groups = tuple[tuple[str, tuple[str, ...]], ...]

AUTO = "auto"


def grouped(
    groups: str | Sequence[tuple[str, Sequence[str]]] | None, raw: Sequence[str], X: Any
) -> Groups:
    """Check groups of columns, or find them.

    Parameters
    ----------
    groups : None, "auto" or sequence of (name, columns)
    raw : sequence of str
        The data's columns.
    X : table of shape (rows, columns)
        Rows to find columns in that move together.

    Returns
    -------
    tuple of (str, tuple of str)

    Raises
    ------
    ValueError
        For a name that stands twice, a group without columns, a column that the data don't
        have or that stands in a group twice.
    """
    if groups is None:
        return ()
    if isinstance(groups, str):
        if groups != AUTO:
            raise ValueError(f"groups must be {AUTO!r} or pairs of name and columns: {groups!r}")
        from .correlation import correlated

        return tuple((group.name, tuple(group.columns)) for group in correlated(X))
    found = tuple((str(name), tuple(columns)) for name, columns in groups)
    names = [name for name, _ in found]
    for name, columns in found:
        if names.count(name) > 1:
            raise ValueError(f"two groups are named {name!r}")
        if not columns:
            raise ValueError(f"the group {name!r} has no columns")
        _known(name, columns, raw)
    return found


def _known(name: str, columns: Sequence[str], raw: Sequence[str]) -> None:
    for column in columns:
        if column not in raw:
            raise ValueError(f"the group {name!r} has a column {column!r}, which the data don't")
        if columns.count(column) > 1:
            raise ValueError(f"the group {name!r} has the column {column!r} twice")
