"""The tokenizer that turns a counting vectorizer into a one-hot encoder."""

from __future__ import annotations

from typing import Any


def wrap_in_list(x: Any) -> list[Any]:
    """Make a whole value its own single token.

    Parameters
    ----------
    x : object
        A cell, usually text that the vectorizer has lower-cased.

    Returns
    -------
    list
        ``[x]``.
    """
    return [x]


# Its names in the scripts of the oldest releases.
wrap_in_lst = _wrap_in_lst = wrap_in_list
