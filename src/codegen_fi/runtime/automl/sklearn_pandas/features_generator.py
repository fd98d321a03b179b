"""The same chain of transformers for each of several columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def gen_features(
    columns: Iterable[Any],
    classes: Iterable[Any] | None = None,
    prefix: str = "",
    suffix: str = "",
) -> list[tuple[Any, ...]]:
    """Write out the entries of a `DataFrameMapper`.

    Parameters
    ----------
    columns : iterable
        One entry each: ``'a'`` hands a Series to the chain, ``['a']`` a DataFrame.
    classes : iterable of type or dict, optional
        The chain: a class, or ``{'class': C, **parameters}``; None in it is passed over.
    prefix, suffix : str
        Put around the names in ``transformed_names_``.

    Returns
    -------
    list of (columns, list of transformers or None) or (columns, transformers, options)
        New transformers for each entry.
    """
    chain = [item for item in classes or () if item is not None]
    options = {name: text for name, text in (("prefix", prefix), ("suffix", suffix)) if text}
    tail = (options,) if options else ()
    return [(column, [_build(item) for item in chain] or None, *tail) for column in columns]


def _build(item: Any) -> Any:
    if not isinstance(item, dict):
        return item()
    return item["class"](**{name: value for name, value in item.items() if name != "class"})
