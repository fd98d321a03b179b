"""The runtime package as files: what is tested is what ships, byte for byte."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

FOLDER = "codegen_fi_runtime"
_TRAVELS = (".py", ".md")


@cache
def runtime_files() -> dict[str, bytes]:
    """Return the files of the runtime by their path in the emitted folder."""
    root = Path(str(files("codegen_fi"))) / "runtime"
    return {
        f"{FOLDER}/{path.relative_to(root).as_posix()}": path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.suffix in _TRAVELS and path.is_file()
    }
