"""The tables of what the loopback service answers, one file per part of Azure.

Every module in this package that has a `ROUTES` tuple is found by itself, so a new part is a new
file. A route is ``Route(host, method, pattern, answer)``:

- `host` is ``login``, ``management``, ``api`` or ``blob`` (see `loopback.place`);
- `method` is an HTTP method, or several joined by ``|``;
- `pattern` must match the whole decoded path; the workspace's resource path
  (``/subscriptions/.../workspaces/<name>``, in any case) is written ``~`` in it, so
  ``/history/v1.0~/runs/(?P<run>[^/]+)`` is a run of this workspace. Matching ignores case;
- `answer` takes the `Call` (its `args` hold the named groups) and returns an `Answer`.

Modules are asked in alphabetical order and the first route that matches answers. Sign-in is
checked before any route of ``management`` and ``api`` unless the route is `public`. What nothing
answers is a 404 with the code ``NotOnLoopback``, which `Service.unanswered` lists.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from loopback.messages import Answer, Call
from loopback.place import Host


@dataclass(frozen=True, slots=True)
class Route:
    """What answers a method and a path of one host."""

    host: Host
    method: str
    pattern: str
    answer: Callable[[Call], Answer]
    public: bool = False

    def match(self, host: str, method: str, path: str) -> re.Match[str] | None:
        """Return the match if this route answers, else None."""
        if host != self.host or method not in self.method.split("|"):
            return None
        return re.fullmatch(self.pattern, path, re.IGNORECASE)


@cache
def table() -> tuple[Route, ...]:
    """Return the routes of all modules in this package."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(route for module in modules for route in getattr(module, "ROUTES", ()))


def find(host: str, method: str, path: str) -> tuple[Route, re.Match[str]] | None:
    """Return the first route that answers, with what it found in the path."""
    for route in table():
        if match := route.match(host, method, path):
            return route, match
    return None
