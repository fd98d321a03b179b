"""A place to give commands of the tool from: a home, a cache and a temporary folder of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from clients import base_environment, clients_python, run_python
from loopback import Service

HERE, HOME, CACHE, TEMP = "here", "home", "cache", "temp"
_LONGEST = 170
_LONGEST_WAIT = 40


@dataclass
class Desk:
    """Where commands are given; `said` keeps all they said.

    Attributes
    ----------
    service
        What they reach; None for none, and no proxy.
    root
        Holds the folders of this desk and nothing else.
    variables
        More environment variables for each command.
    """

    root: Path
    service: Service | None = None
    variables: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in (HERE, HOME, TEMP):
            (self.root / name).mkdir(parents=True)
        if self.service is not None:
            self.service.write_config(self.here)

    @property
    def here(self) -> Path:
        return self.root / HERE

    @property
    def cache(self) -> Path:
        return self.root / CACHE

    @property
    def temp(self) -> Path:
        return self.root / TEMP

    def processes(self) -> list[int]:
        """Return the processes that were given this desk's environment."""
        mark, found = str(self.temp).encode(), []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes():
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def environment(self) -> dict[str, str]:
        """Return the variables of a command, over an environment that is otherwise clean."""
        home = self.root / HOME
        reach = self.service.environment(home) if self.service else {"HOME": str(home)}
        places = {"CODEGEN_FI_CACHE": str(self.cache), "TMPDIR": str(self.temp)}
        return {**reach, **places, **self.variables}

    def tool(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Give a command and wait for its end."""
        done = run_python(
            *("-m", "codegen_fi", *arguments),
            environment=self.environment(),
            cwd=self.here,
            timeout=_LONGEST,
        )
        self.said += [done.stdout, done.stderr]
        return done

    def good(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Give a command that must succeed."""
        done = self.tool(*arguments)
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done

    def started(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """Give a command and don't wait; it leads a process group of its own."""
        return subprocess.Popen(
            [str(clients_python()), "-m", "codegen_fi", *map(str, arguments)],
            cwd=self.here,
            env={**base_environment(), **self.environment()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )

    def files(self) -> Iterable[Path]:
        """Every file below the desk: what the tool wrote, and what the clients keep at home."""
        return (path for path in sorted(self.root.rglob("*")) if path.is_file())


def until(true: Callable[[], object]) -> None:
    """Wait for something to become true, and fail when it doesn't."""
    end = time.monotonic() + _LONGEST_WAIT
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
