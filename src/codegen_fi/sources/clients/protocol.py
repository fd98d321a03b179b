"""The lines that cross between the tool and a client's process: one JSON record each."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import IO, Any, Final

START: Final = 0
READY: Final = "ready"
REPLY: Final = "reply"
FAILURE: Final = "failure"
SEEN: Final = "seen"
PROGRESS: Final = "progress"
SAY: Final = "say"


class Channel:
    """The way back to the tool; threads of the client may write to it at the same time."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    @classmethod
    def instead_of_stdout(cls) -> Channel:
        """Keep standard output for the protocol; what a library prints goes to standard error."""
        stream = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return cls(stream)

    def send(self, kind: str, **values: Any) -> None:
        """Write one record."""
        line = json.dumps({"type": kind, **values}, ensure_ascii=True)
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()
