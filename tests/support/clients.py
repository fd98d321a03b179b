"""Where the real clients live: an environment of their own, used as a subprocess only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
SUPPORT = Path(__file__).resolve().parent


def clients_python() -> Path:
    """Interpreter with the Azure and MLflow clients; skips, saying so, when there is none."""
    named = os.environ.get("CODEGEN_FI_CLIENTS_PYTHON")
    python = Path(named) if named else ROOT / ".venv-clients" / "bin" / "python"
    if not python.is_file():
        if named:
            pytest.fail(f"CODEGEN_FI_CLIENTS_PYTHON names {python}, which does not exist")
        pytest.skip(f"NOT TESTED with the real clients: {python} does not exist; run `make test`")
    return python


def run_python(
    *arguments: str | Path,
    environment: Mapping[str, str],
    cwd: Path,
    timeout: float = 180,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the clients' interpreter with an environment that holds nothing of this one."""
    return subprocess.run(
        [str(clients_python()), *map(str, arguments)],
        cwd=cwd,
        env={**base_environment(), **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=timeout,
        input=stdin,
    )


def base_environment() -> dict[str, str]:
    """The few variables a program needs; no proxy, no credential, no home of this machine."""
    kept = ("PATH", "LANG", "OMP_NUM_THREADS", "SYSTEMROOT", "TMPDIR")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PYTHONPATH": str(SOURCE),
        "PYTHONIOENCODING": "utf-8",
    }
