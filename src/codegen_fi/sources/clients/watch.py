"""See the answers that pass under a client library, whatever it then makes of them.

The libraries hide a refusal in exceptions of many kinds, or retry it for minutes; all of them
send requests through urllib3, whose debug log names host and status of each answer.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_PLACES: Final = (
    (re.compile(r"(^|\.)login\.|(^|\.)sts\."), "sign-in"),
    (re.compile(r"(^|\.)management\."), "management"),
    (re.compile(r"\.(blob|dfs|file)\."), "storage"),
)
# Asked by sign-in on any machine, and refused on most: the address of a virtual machine's
# identity, and the list of clouds.
_IGNORED: Final = re.compile(r"^169\.254\.|^/metadata/")
_FIRST_BAD: Final = 400
# What goes to a proxy in plain HTTP has the whole address as its path.
_ABSOLUTE: Final = re.compile(r"http://(?P<host>[^/:]+)[^/]*(?P<path>.*)")
# Scheme, host, port, method, path, protocol, status and length, as urllib3 writes them.
_LINE: Final = re.compile(
    r"https?://(?P<host>[^\s/:]+):\d+ \"[A-Z]+ (?P<path>[^\s?]*)\S* HTTP/[\d.]+\" "
    r"(?P<status>\d{3})\b"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on the wire; `path` is without its query."""

    place: str
    host: str
    path: str
    status: int

    @property
    def bad(self) -> bool:
        """Tell whether it is a refusal or an error."""
        return self.status >= _FIRST_BAD


class Watch(logging.Handler):
    """Keeps the last answer, and tells of each bad one."""

    def __init__(self, tell: Callable[[Answer], None]) -> None:
        super().__init__(logging.DEBUG)
        self.last: Answer | None = None
        self.last_bad: Answer | None = None
        self._tell = tell

    def start(self) -> None:
        """Listen from now on."""
        logger = logging.getLogger("urllib3.connectionpool")
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        logger.addHandler(self)

    def forget(self) -> None:
        """Begin a new call."""
        self.last = self.last_bad = None

    def emit(self, record: logging.LogRecord) -> None:
        """Take a line of the log, if it tells of an answer."""
        answer = _answer(record.getMessage())
        if answer is None:
            return
        self.last = answer
        if answer.bad:
            self.last_bad = answer
            self._tell(answer)


def _answer(line: str) -> Answer | None:
    """Read an answer from a line of the log.

    The line, not its fields: a filter that a storage library adds turns lines with a signature
    into finished text.
    """
    found = _LINE.match(line)
    if found is None:
        return None
    target = _ABSOLUTE.match(found["path"]) or found
    host, path = target["host"], target["path"]
    if _IGNORED.search(host) or _IGNORED.search(path):
        return None
    place = next((name for pattern, name in _PLACES if pattern.search(host)), "service")
    return Answer(place, host, path, int(found["status"]))
