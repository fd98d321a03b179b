"""The output folder: it appears with its first file, and a file appears whole or not at all."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

RESULTS = (
    "model.pkl",
    "metrics.json",
    "feature_importance.csv",
    "feature_importance.json",
    "feature_importance.png",
    "feature_importance.svg",
    "feature_importance_members.png",
    "feature_importance_members.svg",
    "feature_importance_classes.png",
    "feature_importance_classes.svg",
    "feature_importance_coefficients.png",
    "feature_importance_coefficients.svg",
    "run.log",
)


class Outputs:
    """Writes into a folder; results of an earlier run go before the first new one comes.

    Parameters
    ----------
    folder
        Made when the first file is written.
    opened
        Called once with the folder, just before the first file is written.
    """

    def __init__(self, folder: Path, opened: Callable[[Path], None] = lambda _: None) -> None:
        self.folder = folder
        self._opened = opened
        self._ready = False

    def open(self) -> Path:
        """Make the folder on first use and return it."""
        if not self._ready:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in RESULTS:
                (self.folder / name).unlink(missing_ok=True)
            self._ready = True
            self._opened(self.folder)
        return self.folder

    def write_json(self, name: str, content: Mapping[str, Any]) -> Path:
        """Write strict JSON; NaN and infinities become null."""
        text = json.dumps(plain(content), indent=2, ensure_ascii=False, allow_nan=False)
        path = self.open() / name
        with replacing(path) as temporary:
            temporary.write_text(text + "\n", encoding="utf-8")
        return path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place when the block succeeds."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def plain(value: Any) -> Any:
    """Turn arrays, numpy scalars and their containers into what strict JSON can hold."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    return plain(value.tolist()) if hasattr(value, "tolist") else str(value)
