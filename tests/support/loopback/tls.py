"""A throw-away certificate authority whose leaves let the proxy answer as any host."""

import ssl
from pathlib import Path
from threading import Lock

import trustme


class Authority:
    """Issues one certificate per host and keeps its root in a file for clients to trust."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = Lock()
        self.root = folder / "root.pem"
        self._authority.cert_pem.write_to_path(self.root)

    def context(self, host: str) -> ssl.SSLContext:
        """Return what a server needs to speak as a host."""
        with self._lock:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self._authority.issue_cert(host).configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]
