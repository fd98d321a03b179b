"""Records to and from plain JSON values.

``Expression`` becomes ``{"code": "..."}``, so that a reader of the manifest can tell
``numpy.nan`` from the text "numpy.nan".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from codegen_fi.model.values import Expression


def to_plain(value: Any) -> Any:
    """Turn records, tuples and expressions into dicts, lists and strings for ``json``."""
    if isinstance(value, Expression):
        return {"code": value.code}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value
