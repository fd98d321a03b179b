"""The loopback service as tests hold it: state to fill, environment to give, log to read."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self

from loopback.automl import Automl, add_automl
from loopback.dispatch import Dispatch, Request
from loopback.faults import Faults
from loopback.place import Place
from loopback.proxy import Proxy
from loopback.state import Run, State
from loopback.tls import Authority
from loopback.tokens import Tokens

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy")
_TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE")


class Service:
    """Azure on loopback for as long as the ``with`` block lasts."""

    def __init__(self, place: Place | None = None, *, token_lifetime: int = 3600) -> None:
        self.workspace = place or Place()
        self.tokens = Tokens(self.workspace, token_lifetime)
        self.state = State(self.workspace, self.tokens)
        self.faults = Faults()
        self.dispatch = Dispatch(self.state, self.faults)
        self._folder = tempfile.TemporaryDirectory(prefix="loopback")
        self.authority = Authority(Path(self._folder.name))
        self.proxy = Proxy(self.dispatch, self.authority)
        self._thread = Thread(target=self.proxy.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release all who wait, end all threads and remove the certificates."""
        self.proxy.close()
        self._thread.join()
        self._folder.cleanup()

    def environment(self, home: Path, *, sign_in: bool = True) -> dict[str, str]:
        """Return what a client process needs to know, and nothing of this process.

        It is to be laid over an environment that is otherwise clean. Without `sign_in` the client
        has no credential at all.
        """
        home.mkdir(parents=True, exist_ok=True)
        proxies = dict.fromkeys(_PROXIES, self.proxy.url)
        trust = dict.fromkeys(_TRUST, str(self.authority.root))
        homes = {"HOME": str(home), "USERPROFILE": str(home)} | {
            f"XDG_{name.upper()}_HOME": str(home / f".{name}")
            for name in ("cache", "config", "data", "state")
        }
        keys = self.credential if sign_in else {}
        return proxies | {"NO_PROXY": "", "no_proxy": ""} | trust | homes | keys

    @property
    def credential(self) -> dict[str, str]:
        """The environment variables of the one service principal."""
        return {
            "AZURE_TENANT_ID": self.workspace.tenant,
            "AZURE_CLIENT_ID": self.workspace.client_id,
            "AZURE_CLIENT_SECRET": self.tokens.client_secret,
        }

    def write_config(self, folder: Path) -> Path:
        """Write the workspace's ``config.json`` into a folder."""
        return self.workspace.write_config(folder)

    def add_run(self, run_id: str, files: Mapping[str, bytes] | None = None, **facts: Any) -> Run:
        """Add a run with its artifacts; `facts` are the fields of `state.Run`."""
        return self.state.add_run(run_id, files or {}, **facts)

    def add_automl(self, case: Path, **options: Any) -> Automl:
        """Add an AutoML run with its children from a corpus case, see `automl.add_automl`."""
        return add_automl(self.state, case, **options)

    def fail(
        self,
        name: str,
        after: int = 0,
        times: int | None = None,
        *,
        host: str | None = None,
        path: str | None = None,
    ) -> None:
        """Switch a fault of `faults.NAMES` on.

        It lets `after` of the calls it concerns pass, then meets `times` of them (None: all).
        `host` and `path` are patterns that narrow it.
        """
        self.faults.add(name, after, times, host, path)

    def heal(self) -> None:
        """Switch all faults off."""
        self.faults.clear()

    def expire_tokens(self) -> None:
        """Let every token handed out so far be refused from now on."""
        self.tokens.expire()

    @property
    def log(self) -> list[Request]:
        """Every request so far, oldest first."""
        return list(self.dispatch.log)

    def hosts(self) -> set[str]:
        """Return every host that was asked for, known or not."""
        return {request.host for request in self.log}

    def unanswered(self) -> list[Request]:
        """Return the requests that no route answers."""
        known = set(self.workspace.hosts)
        return [r for r in self.log if r.fault == "not-on-loopback" or r.host not in known]

    @property
    def secrets(self) -> list[str]:
        """Everything handed out or held that must appear in no output."""
        return self.tokens.secrets
