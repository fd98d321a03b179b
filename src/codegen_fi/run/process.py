"""Run ``train.py`` as a child process and pass on what it says while it runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from codegen_fi.errors import TrainingFailedError, UsageError

# The two names below are those of runtime/run_progress.py, which this side must not import.
_PROGRESS_VARIABLE = "CODEGEN_FI_PROGRESS"
_PROGRESS_PREFIX = "@@progress "
# The second form is that of argparse, which prints its usage first.
_ERROR_PREFIXES = ("error: ", "train.py: error: ", "explain_model.py: error: ")
_USAGE_PREFIX = "usage: "
_BAD_DATA = 2
# Seconds. A terminal sends Ctrl-C to the child as well; asking again at once would interrupt the
# child's own cleaning up.
_HEAD_START = 1.0
_PATIENCE = 10.0


@dataclass(frozen=True)
class Events:
    """What to call while the training runs; calls come from two threads, one at a time."""

    line: Callable[[str], None] = lambda _: None
    progress: Callable[[int, int, str], None] = lambda *_: None


@dataclass
class _Listener:
    """Sorts the child's lines: progress, usage, the final error, everything else."""

    events: Events
    error: str | None = None
    last: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    silent: bool = False
    in_usage: bool = False

    def listen(self, stream: IO[str]) -> None:
        for line in stream:
            with self.lock:
                if not self.silent:
                    self._take(line.rstrip("\r\n"))

    def _take(self, line: str) -> None:
        step = _step_of(line)
        if step is not None:
            self.events.progress(*step)
            return
        prefix = next((p for p in _ERROR_PREFIXES if line.startswith(p)), None)
        self.in_usage = line.startswith(_USAGE_PREFIX) or (self.in_usage and line.startswith(" "))
        if prefix is not None:
            # Kept back: it comes again as the message of the exception.
            self.error = line.removeprefix(prefix)
        elif not self.in_usage:
            self.last = [*self.last[-4:], line]
            self.events.line(line)


def _step_of(line: str) -> tuple[int, int, str] | None:
    """Read a line of progress; one that only looks like it is a line as any other."""
    if not line.startswith(_PROGRESS_PREFIX):
        return None
    try:
        step = json.loads(line.removeprefix(_PROGRESS_PREFIX))
        return int(step["done"]), int(step["total"]), str(step["text"])
    except (ValueError, TypeError, KeyError):
        return None


def run_training(
    python: Path, folder: Path, arguments: Sequence[str], events: Events | None = None
) -> None:
    """Run ``train.py`` of an emitted folder to its end.

    Parameters
    ----------
    python
        Interpreter to run it with.
    folder
        The emitted folder.
    arguments
        Command line of ``train.py``; paths in it must be absolute or relative to the current
        folder, in which it runs.
    events
        What to call with its lines and its progress.

    Raises
    ------
    UsageError
        The data don't fit the script.
    TrainingFailedError
        Training or explaining failed; what was written stays.
    """
    run_program(python, folder / "train.py", arguments, events)


def run_program(
    python: Path, program: Path, arguments: Sequence[str], events: Events | None = None
) -> None:
    """Run a program of ours to its end.

    Raises
    ------
    UsageError
        It ended with 2 and says why: the data or the options don't fit.
    TrainingFailedError
        It ended in any other way but well.
    """
    listener = _Listener(events or Events())
    command = [str(python), str(program), *arguments]
    environment = {
        **os.environ,
        _PROGRESS_VARIABLE: "json",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise TrainingFailedError(f"{python} cannot be started: {error.strerror}.") from error
    _follow(process, listener)
    _judge(process.returncode, listener, program)


def _follow(process: subprocess.Popen[str], listener: _Listener) -> None:
    streams = [stream for stream in (process.stdout, process.stderr) if stream is not None]
    threads = [threading.Thread(target=listener.listen, args=(s,), daemon=True) for s in streams]
    for thread in threads:
        thread.start()
    try:
        process.wait()
        for thread in threads:
            thread.join()
    except BaseException:
        listener.silent = True
        _end(process)
        raise
    finally:
        for stream in streams:
            stream.close()


def _end(process: subprocess.Popen[str]) -> None:
    """Let the child end itself, which removes its temporary files; else end it."""
    for ask, seconds in ((None, _HEAD_START), (signal.SIGINT, _PATIENCE)):
        try:
            if ask is not None and os.name != "nt":
                process.send_signal(ask)
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()
    process.wait()


def _judge(code: int, listener: _Listener, program: Path) -> None:
    if code == 0:
        return
    if code == _BAD_DATA and listener.error:
        raise UsageError(listener.error)
    if listener.error:
        raise TrainingFailedError(listener.error)
    ended = f"with signal {-code}" if code < 0 else f"with exit code {code}"
    last = next((line for line in reversed(listener.last) if line.strip()), "nothing")
    raise TrainingFailedError(f"{program} ended {ended}{_hint(code)}. It said last: {last}")


def _hint(code: int) -> str:
    """Say why the system ends a program that didn't ask for it."""
    if os.name == "nt" or code != -signal.SIGKILL:
        return ""
    return ", as by a system that is out of memory (--max-rows N scores fewer rows)"
