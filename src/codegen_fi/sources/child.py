"""The process that holds a client library: start it, talk to it, end it for sure."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from queue import Queue
from typing import IO, Any, Final

from codegen_fi.sources.records import Settings, plain
from codegen_fi.sources.secrets import scrub

_MODULE: Final = "codegen_fi.sources.clients"
_KEPT_LINES: Final = 20
# Seconds for its end, and for the last of what it wrote.
_PATIENCE: Final = 1.0
_SHORTEST_TIMEOUT: Final = 2
# Nothing but the service itself is contacted, and no library draws on the terminal.
_VARIABLES: Final[Mapping[str, str]] = {
    "PYTHONUNBUFFERED": "1",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONWARNINGS": "ignore",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_ALLOW_FILE_STORE": "true",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "DO_NOT_TRACK": "true",
    "AZURE_CORE_COLLECT_TELEMETRY": "false",
    "AZUREML_DEFAULT_RETRIES": "2",
    "AZUREML_DEFAULT_500_BACKOFF": "1",
    "AZUREML_DEFAULT_BACKOFF": "1",
}


class Child:
    """A started client process.

    Attributes
    ----------
    lines
        What it writes, line by line; None when it has ended.
    """

    def __init__(self, settings: Settings) -> None:
        self.lines: Queue[str | None] = Queue()
        self._said: deque[str] = deque(maxlen=_KEPT_LINES)
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            # -P: a file in the current folder must not pass for a library.
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(settings.timeout),
            encoding="utf-8",
            errors="replace",
            # Programs it starts (az) must end with it, and Ctrl-C is the tool's to handle.
            start_new_session=os.name != "nt",
        )
        self._threads = [
            threading.Thread(target=read, args=(stream,), daemon=True)
            for read, stream in (
                (self._listen, self._process.stdout),
                (self._overhear, self._process.stderr),
            )
        ]
        for thread in self._threads:
            thread.start()
        self.send(plain(settings))

    def send(self, record: Mapping[str, Any]) -> None:
        """Write one record; when the process is gone its last line tells of it."""
        stream = self._process.stdin
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.write(json.dumps(record) + "\n")
                stream.flush()

    def last_words(self) -> str:
        """Return how it ended: the signal, or its last lines on standard error, without secrets."""
        code = self._waited()
        if code is not None and code < 0:
            # What it had written until then is about something else.
            return f"Its process ended with signal {-code}."
        self._threads[1].join(_PATIENCE)
        lines = [line for line in self._said if line.strip()]
        return scrub(" ".join(lines[-3:]))

    def end(self) -> None:
        """End the process and all it started."""
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        if os.name == "nt":
            self._process.kill()
        else:
            # Asked or not: these libraries keep threads that never end by themselves.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._waited()
        until = time.monotonic() + _PATIENCE
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))

    def _waited(self) -> int | None:
        """Return its exit code; None when it doesn't end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_PATIENCE)
        return None

    # Each reader closes what it reads: a browser that was opened to sign in may hold the pipe for
    # hours, and closing it from elsewhere would wait for the reader.
    def _listen(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.lines.put(line)
        self.lines.put(None)

    def _overhear(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self._said.append(line.rstrip())


def _environment(timeout: float) -> dict[str, str]:
    # A library that gives up before the tool does can say more about what was wrong.
    patience = str(max(int(timeout / 3), _SHORTEST_TIMEOUT))
    return {
        **os.environ,
        **_VARIABLES,
        "MLFLOW_HTTP_REQUEST_TIMEOUT": patience,
        "AZUREML_HTTP_REQUEST_TIMEOUT": patience,
    }
