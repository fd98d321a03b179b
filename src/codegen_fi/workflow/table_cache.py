"""The user's cache of downloaded tables: a parquet file each, with a note of where it came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from codegen_fi.sources import DataReference, Downloaded, Settings


@dataclass(frozen=True)
class Place:
    """Where one table is kept."""

    table: Path
    note: Path

    def reused(self) -> str | None:
        """Return what to say of the table when it is there whole; else None."""
        try:
            kept = json.loads(self.note.read_text(encoding="utf-8"))
            whole = self.table.stat().st_size == kept["bytes"]
            return self._words(kept) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, made: Path, came: Downloaded, shape: tuple[int, int]) -> str:
        """Put a finished file in its place; return what to say of it."""
        kept = {
            "name": came.name,
            "version": came.version,
            "rows": shape[0],
            "columns": shape[1],
            "bytes": made.stat().st_size,
            "downloaded": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        }
        described = made.with_name(self.note.name)
        described.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        made.replace(self.table)
        # Last: a table counts from its note on.
        described.replace(self.note)
        return (
            f"Downloaded {came.name}: {shape[0]:,} rows, {shape[1]} columns, kept in {self.table}"
        )

    def _words(self, kept: Mapping[str, Any]) -> str:
        return (
            f"Using {kept['name']} as downloaded on {kept['downloaded']} "
            f"({kept['rows']:,} rows; delete {self.table} to download it again)"
        )


def place_of(settings: Settings, reference: DataReference) -> Place:
    """Return where a table is kept: by the whole address of its place and its own."""
    from codegen_fi.run.environment import cache_folder

    where = settings.workspace or settings.tracking_uri
    parts = [repr(where), reference.kind, reference.value, *_file_state(reference.value)]
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
    folder = cache_folder() / "data"
    return Place(folder / f"{key}.parquet", folder / f"{key}.json")


def _file_state(value: str) -> tuple[str, ...]:
    """Return what tells one state of a file on this machine from another; nothing elsewhere."""
    parts = urlsplit(value)
    path = Path(url2pathname(parts.path)) if parts.scheme == "file" else Path(value)
    try:
        state = path.stat()
    except (OSError, ValueError):
        return ()
    return str(path.resolve()), str(state.st_mtime_ns), str(state.st_size)
