"""Take secrets out of text before a person or a file sees it."""

from __future__ import annotations

import os
from typing import Final

from codegen_fi.model.hidden import HIDDEN, public_address, without_secrets

__all__ = ["public_address", "scrub"]

_SECRET_VARIABLES: Final = (
    "AZURE_CLIENT_SECRET",
    "AZURE_PASSWORD",
    "AZURE_CLIENT_CERTIFICATE_PASSWORD",
    "MLFLOW_TRACKING_TOKEN",
    "MLFLOW_TRACKING_PASSWORD",
)
_SHORTEST_SECRET: Final = 4


def scrub(text: str) -> str:
    """Return the text without tokens, signatures, keys and the queries of addresses.

    What the environment of this process holds as a secret goes wherever it stands.
    """
    for name in _SECRET_VARIABLES:
        value = os.environ.get(name, "")
        if len(value) >= _SHORTEST_SECRET:
            text = text.replace(value, HIDDEN)
    return without_secrets(text)
