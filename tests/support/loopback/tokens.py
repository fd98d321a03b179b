"""Everything secret the loopback service hands out, so that a test can search outputs for it."""

import base64
import json
import secrets
import string
import time
from dataclasses import dataclass, field
from threading import Lock

from loopback.place import Place

_LETTERS = string.ascii_letters + string.digits


def random_word(length: int = 40) -> str:
    """Return a word that nothing else contains by chance."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _part(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


@dataclass(slots=True)
class Tokens:
    """Issues and checks access tokens, storage signatures and the one client secret."""

    place: Place
    lifetime: int = 3600
    client_secret: str = field(default_factory=random_word)
    account_key: str = field(
        default_factory=lambda: base64.b64encode(random_word().encode()).decode()
    )
    _expiry: dict[str, float] = field(default_factory=dict)
    _signatures: set[str] = field(default_factory=set)
    _other: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @property
    def secrets(self) -> list[str]:
        """What must appear in no output: whole tokens, their signatures, storage signatures."""
        with self._lock:
            tails = {token.rsplit(".", 1)[1] for token in self._expiry}
            found = {*self._expiry, *tails, *self._signatures, *self._other}
        return sorted(found | {self.client_secret, self.account_key})

    def access_token(self) -> str:
        """Issue a token of the shape that the clients take apart."""
        now = int(time.time())
        claims = {
            "aud": "https://management.azure.com/",
            "tid": self.place.tenant,
            "oid": "00000000-0000-4000-8000-0000000000aa",
            "appid": self.place.client_id,
            "name": "Loopback",
            "iat": now,
            "nbf": now,
            "exp": now + self.lifetime,
        }
        head = _part({"alg": "none", "typ": "JWT"})
        token = f"{head}.{_part(claims)}.{random_word()}"
        with self._lock:
            self._expiry[token] = now + self.lifetime
        return token

    def id_token(self) -> str:
        """Issue what a person's sign-in adds to an access token."""
        now = int(time.time())
        claims = {
            "iss": f"https://login.microsoftonline.com/{self.place.tenant}/v2.0",
            "aud": self.place.client_id,
            "tid": self.place.tenant,
            "oid": "00000000-0000-4000-8000-0000000000aa",
            "sub": "loopback",
            "preferred_username": "person@example.com",
            "iat": now,
            "nbf": now,
            "exp": now + self.lifetime,
        }
        return self._remember(f"{_part({'alg': 'none'})}.{_part(claims)}.{random_word()}")

    def refresh_token(self) -> str:
        """Issue a token that can only be exchanged for others."""
        return self._remember(random_word())

    def signature(self) -> str:
        """Issue the signature of a storage address."""
        word = random_word()
        with self._lock:
            self._signatures.add(word)
        return word

    def sas(self) -> str:
        """Issue a whole storage query string."""
        return f"sv=2021-08-06&se=2030-01-01T00%3A00%3A00Z&sr=b&sp=r&sig={self.signature()}"

    def is_token(self, authorization: str) -> bool:
        """Whether a header carries a token issued here that has not run out."""
        scheme, _, token = authorization.partition(" ")
        with self._lock:
            return scheme.lower() == "bearer" and self._expiry.get(token, 0.0) > time.time()

    def is_signature(self, word: str) -> bool:
        """Whether a storage signature was issued here."""
        with self._lock:
            return word in self._signatures

    def expire(self) -> None:
        """Let all tokens issued so far run out."""
        with self._lock:
            self._expiry = dict.fromkeys(self._expiry, 0.0)

    def _remember(self, word: str) -> str:
        with self._lock:
            self._other.add(word)
        return word
