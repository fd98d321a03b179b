"""Hand out access tokens, keep them while they live, and fail in few words."""

from __future__ import annotations

import re
import threading
import time
from typing import Any, Final

from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.records import Credential
from codegen_fi.sources.secrets import scrub

# Seconds of life a token must have left to be used again.
_ENOUGH: Final = 300
_MEMBER: Final = re.compile(r"^\t(?P<name>\w+?)(?:Credential)?: (?P<said>.*)$", re.MULTILINE)
_BOILERPLATE: Final = re.compile(
    r"^\w+Credential authentication unavailable[.,]\s*|^Authentication failed:\s*", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<=[.!])\s|\n")
_NETWORK: Final = re.compile(
    r"connect to proxy|establish a new connection|name or service not known|name resolution"
    r"|failed to resolve|getaddrinfo failed|connection (?:refused|aborted|reset)"
    r"|certificate verify failed|remote end closed|unreachable|no route to host|timed out",
    re.IGNORECASE,
)
# A machine without an identity can't be told from one whose network fails: it proves nothing.
_PROVES_NOTHING: Final = "ManagedIdentity"
_LONGEST_LINE: Final = 160


class SignIn:
    """A credential that keeps its tokens while they live, and fails in few words.

    Parameters
    ----------
    made
        A credential of azure-identity.
    kind
        The word of ``--credential``.
    tenant
        Tenant to ask for where a service doesn't name one.
    """

    def __init__(self, made: Any, kind: Credential, tenant: str | None) -> None:
        self._made = made
        self._kind = kind
        self._tenant = tenant
        self._kept: dict[tuple[str, ...], Any] = {}
        self._lock = threading.Lock()

    def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        **options: Any,
    ) -> Any:
        """Return an access token, as azure-core's clients ask for it.

        Raises
        ------
        ClientError
            ``sign_in``: with a line for each way that was tried. A network that fails is left to
            the exception of the library.
        """
        from azure.core.exceptions import (  # pyright: ignore[reportMissingImports]
            ClientAuthenticationError,
        )

        tenant = tenant_id or self._tenant
        key = (*scopes, tenant or "")
        with self._lock:
            kept = self._kept.get(key)
            # Each use of the Azure command line would start a program that takes a second.
            if claims is None and kept is not None and kept.expires_on - time.time() > _ENOUGH:
                return kept
            asked = {**options, **given(claims=claims, tenant_id=tenant)}
            try:
                token = self._made.get_token(*scopes, **asked)
            except ClientAuthenticationError as error:
                if self._kind != "managed-identity" and _network(str(error)):
                    raise
                raise ClientError("sign_in", _tried(str(error), self._kind)) from error
            self._kept[key] = token
            return token


def _members(text: str) -> list[tuple[str, str]]:
    return [(match["name"], match["said"]) for match in _MEMBER.finditer(text)]


def _network(text: str) -> bool:
    """Tell whether a sign-in failed for want of a connection, which it calls a refusal."""
    said = [said for name, said in _members(text) if name != _PROVES_NOTHING] or [text]
    return any(_NETWORK.search(item) for item in said)


def _tried(text: str, kind: str) -> str:
    tried = _members(text) or [(f"--credential {kind}", text)]
    lines = [f"  {name}: {_short(said)}" for name, said in tried]
    return "\n".join(["Tried:", *lines])


def _short(text: str) -> str:
    """Return the first sentence of what a credential says that isn't the same for all."""
    text = scrub(_BOILERPLATE.sub("", text.strip(), count=1)) or "unavailable"
    first = _SENTENCE.split(text, maxsplit=1)[0].rstrip(".")
    return first if len(first) <= _LONGEST_LINE else f"{first[:_LONGEST_LINE]} ..."


def given(**values: str | None) -> dict[str, str]:
    """Return what has a value."""
    return {name: value for name, value in values.items() if value}
