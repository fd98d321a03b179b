"""Hide what opens a door in text that was read, before a person or a file gets it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from codegen_fi.model.script import TrainingScript

HIDDEN: Final = "[hidden]"
# Addresses that may hold a colon or an at sign after their host, and mean nothing by it.
_NO_DATABASES: Final = re.compile(
    r"(?:https?|wss?|azureml|abfss?|wasbs?|adl|s3a?|gs|sqlite.*|file)?", re.IGNORECASE
)
# What stands before the at sign is the container, without which the address is worth nothing.
_CONTAINERS: Final = re.compile(r"(?:abfs|wasb)s?", re.IGNORECASE)
_KEEP_QUERY: Final = re.compile(r"(?:sqlite.*|file)", re.IGNORECASE)
_AUTHORITY_END: Final = re.compile(r"[/?#]")
_ADDRESS: Final = re.compile(r"(?i)((?:\b[a-z][a-z\d+.-]*)?)://((?:(?!://)[^\s'\"])*)")
_KEYS: Final = (
    "sig|signature|accountkey|client_secret|client_assertion|password|passwd|pwd|odbc_connect"
    "|access_token|refresh_token|sastoken|shared_?access_?signature"
)
_PATTERNS: Final = (
    # A query of an address may be a signature: all of it goes.
    (
        re.compile(
            r"(?i)(\b(?!sqlite|file)[a-z][a-z\d+.-]*://[^\s?'\"<>]*)\?[^\s'\"<>]*",
        ),
        r"\1",
    ),
    (re.compile(r"(\burl: [^\s?'\"<>]+)\?[^\s'\"<>)]*"), r"\1"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?"), HIDDEN),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/-]+=*"), rf"\1{HIDDEN}"),
    (
        # Within an encoded connection string the signs around a key are encoded as well.
        re.compile(
            rf"(?i)([\"']?(?:\b|(?<=%[\da-f][\da-f]))(?:{_KEYS})[\"']?"
            r"(?:\s*[=:]\s*|%3d)[\"']?)[^\s&;,'\"}]+"
        ),
        rf"\1{HIDDEN}",
    ),
)
# Every pattern needs one of these; looking for them is a hundred times as quick.
_SIGNS: Final = ("://", "url: ", "eyj", "bearer", *_KEYS.split("|")[:-1])


def may_hold_secrets(text: str) -> bool:
    """Tell whether `without_secrets` has to look at a text; it needn't where this is False."""
    if not text.isascii():
        # Other letters may count as the small or capital form of one of these.
        return True
    small = text.lower()
    return any(sign in small for sign in _SIGNS)


def without_secrets(text: str) -> str:
    """Return the text without tokens, signatures, passwords and the queries of addresses."""
    if not may_hold_secrets(text):
        return text
    text = _ADDRESS.sub(lambda found: f"{found[1]}://{without_user(found[1], found[2])}", text)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def without_user(scheme: str, rest: str) -> str:
    """Return what follows ``scheme://`` without user and password.

    A password may hold an at sign or a slash that nobody escaped. Of a database's address all up
    to the last at sign goes then: better a host too few than half a password.
    """
    authority = _AUTHORITY_END.split(rest, maxsplit=1)[0]
    if _CONTAINERS.fullmatch(scheme) and ":" not in authority:
        return rest
    if not _NO_DATABASES.fullmatch(scheme):
        return rest.rpartition("@")[2] if _may_hold_user(authority) else rest
    if "@" in authority:
        return authority.rpartition("@")[2] + rest[len(authority) :]
    port = authority.rpartition(":")[2] if ":" in authority else ""
    # What stands where the port would and is none is the beginning of a password.
    is_port = not port or port.isdigit() or authority.startswith("[")
    return rest if is_port else rest.rpartition("@")[2]


def public_address(uri: str) -> str:
    """Return an address without user, password and query; a path stays as it is.

    Azure Machine Learning's own tracking URI may end in a stray question mark.
    """
    scheme, sign, rest = uri.partition("://")
    if not sign:
        return uri
    rest = without_user(scheme, rest).partition("#")[0]
    if not _KEEP_QUERY.fullmatch(scheme):
        rest = rest.partition("?")[0]
    return without_secrets(f"{scheme}://{rest}")


def public_script(model: TrainingScript) -> TrainingScript:
    """Return what a script says, the addresses of its data without their signatures."""
    datasets = tuple(
        replace(d, value=without_secrets(d.value)) if d.value else d for d in model.datasets
    )
    return replace(model, datasets=datasets)


def _may_hold_user(authority: str) -> bool:
    return ("@" in authority or ":" in authority) and not authority.startswith("[")
