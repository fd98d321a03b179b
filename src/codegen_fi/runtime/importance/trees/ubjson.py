"""Arrays of numbers in Universal Binary JSON (ubjson.org, draft 12), found by their names.

An array of one type says so, and how long it is: `[$`, the type, `#L`, the length. Its numbers
follow, highest byte first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TYPES = {b"U": ">u1", b"i": ">i1", b"I": ">i2", b"l": ">i4", b"L": ">i8", b"d": ">f4", b"D": ">f8"}
_LENGTH = 8


def arrays(raw: bytes, name: str) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """Read all arrays with a name, in their order.

    Returns
    -------
    ndarray of shape (numbers,)
        One after the other.
    ndarray of int of shape (arrays,)
        How long each is.

    Raises
    ------
    ValueError
        When there is none, or they aren't of one known type.
    """
    key = b"L" + len(name).to_bytes(_LENGTH, "big") + name.encode() + b"[$"
    at = raw.find(key)
    kind = raw[at + len(key) : at + len(key) + 1]
    if at < 0 or kind not in _TYPES:
        raise ValueError(f"no numbers called {name}")
    head = key + kind + b"#L"
    size = np.dtype(_TYPES[kind]).itemsize
    parts, lengths = [], []
    while at >= 0:
        start = at + len(head) + _LENGTH
        length = int.from_bytes(raw[at + len(head) : start], "big")
        if raw[at : at + len(head)] != head or start + length * size > len(raw):
            raise ValueError(f"numbers of another type called {name}")
        parts.append(raw[start : start + length * size])
        lengths.append(length)
        at = raw.find(key, start + length * size)
    found = np.frombuffer(b"".join(parts), dtype=_TYPES[kind])
    return found.astype(found.dtype.newbyteorder("=")), np.array(lengths, dtype=np.intp)
