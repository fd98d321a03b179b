"""Records as plain JSON values, and what is written of files that hold them.

``Expression`` becomes ``{"code": "..."}``, so that a reader of the manifest can tell
``numpy.nan`` from the text "numpy.nan".
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from codegen_fi.model.values import Expression

_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def to_plain(value: Any) -> Any:
    """Turn records, tuples and expressions into dicts, lists and strings for ``json``."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Expression):
        return {"code": value.code}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value


def json_file(content: Any) -> bytes:
    """Return a record as the content of a JSON file."""
    text = json.dumps(to_plain(content), indent=2, ensure_ascii=False, allow_nan=False)
    # A name may hold half of a surrogate pair; JSON's own escape for it is the same backslash.
    return (text + "\n").encode("utf-8", "backslashreplace")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file's content in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
