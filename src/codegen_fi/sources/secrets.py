"""Take secrets out of text before a person or a file sees it."""

from __future__ import annotations

import os
import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_HIDDEN: Final = "[hidden]"
_SECRET_VARIABLES: Final = (
    "AZURE_CLIENT_SECRET",
    "AZURE_PASSWORD",
    "AZURE_CLIENT_CERTIFICATE_PASSWORD",
    "MLFLOW_TRACKING_TOKEN",
    "MLFLOW_TRACKING_PASSWORD",
)
_SHORTEST_SECRET: Final = 4
_PATTERNS: Final = (
    # A query of an address may be a signature: all of it goes.
    (re.compile(r"(https?://[^\s?'\"<>]+)\?[^\s'\"<>]*", re.IGNORECASE), r"\1"),
    (re.compile(r"(\burl: [^\s?'\"<>]+)\?[^\s'\"<>)]*"), r"\1"),
    (re.compile(r"(://)[^\s/@'\"]+@"), r"\1"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?"), _HIDDEN),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]+=*"), rf"\1{_HIDDEN}"),
    (
        re.compile(
            r"(?i)([\"']?\b(?:sig|signature|accountkey|client_secret|client_assertion|password"
            r"|access_token|refresh_token|sastoken|shared_?access_?signature)[\"']?\s*[=:]\s*[\"']?)"
            r"[^\s&;,'\"}]+"
        ),
        rf"\1{_HIDDEN}",
    ),
)


def scrub(text: str) -> str:
    """Return the text without tokens, signatures, keys and the queries of addresses."""
    for name in _SECRET_VARIABLES:
        value = os.environ.get(name, "")
        if len(value) >= _SHORTEST_SECRET:
            text = text.replace(value, _HIDDEN)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def public_address(uri: str) -> str:
    """Return an address without user, password and query; a path stays as it is.

    Azure Machine Learning's own tracking URI may end in a stray question mark.
    """
    if "://" not in uri:
        return uri
    parts = urlsplit(uri)
    host = parts.netloc.rpartition("@")[2]
    query = parts.query if parts.scheme.startswith(("sqlite", "file")) else ""
    return urlunsplit((parts.scheme, host, parts.path, query, "")) if host else uri.rstrip("?")
