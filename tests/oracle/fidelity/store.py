"""Where results are kept, by lane, side and case, and what each was made from."""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from lanes import DRIVER, Lane, cache_folder

HERE = Path(__file__).resolve().parent
OFFICIAL = "official"
PROBES = {
    side: [HERE / f"{name}.py" for name in ("members", "record", "run", "watch", *names)]
    for side, names in {OFFICIAL: ["official"], "portable": ["portable", "replay"]}.items()
}


def folder_of(lane: Lane) -> Path:
    return cache_folder() / f"oracle-{lane.release}"


def digest(*parts: str | bytes | Path) -> str:
    """Hash of texts and of the contents of files; a file that isn't there counts as such."""
    whole = hashlib.sha256()
    for part in parts:
        content = _content(part)
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def _content(part: str | bytes | Path) -> bytes:
    if isinstance(part, Path):
        return part.read_bytes() if part.exists() else b"absent"
    return part.encode() if isinstance(part, str) else part


def official_key(lane: Lane, case: Path) -> str:
    names = ("script.py", "case.json", "train.csv", "valid.csv")
    return digest(
        lane.environment_key(), *(case / name for name in names),
        *PROBES[OFFICIAL], DRIVER / "network.py",
    )  # fmt: skip


def portable_key(lane: Lane, case: Path, train: Path, libraries: str) -> str:
    # Official predictions are scored here as well.
    return digest(
        libraries, train, case / "train.csv", case / "valid.csv", official_key(lane, case),
        *PROBES["portable"],
    )  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """What a side showed on a case."""

    path: Path

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Facts; empty where there is no result."""
        place = self.path.with_name(self.path.name + ".json")
        return json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """Arrays and sparse matrices by name."""
        with np.load(self.path.with_name(self.path.name + ".npz"), allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        kinds = self.facts["kinds"]
        return {
            name: _sparse(parts, name) if kind == "sparse" else parts[name]
            for name, kind in kinds.items()
        }

    @property
    def trained(self) -> bool:
        return bool(self.facts.get("trained"))

    @property
    def lacked_a_module(self) -> bool:
        """Whether it ended for want of a module: its environment was just being made or removed."""
        return str(self.facts.get("error", "")).startswith("ModuleNotFoundError")

    def is_made_from(self, key: str) -> bool:
        return self.facts.get("key") == key

    def has_modules_of(self, folder: Path) -> bool:
        """Whether the runtime files that this run imported are still the same."""
        found = self.facts.get("modules", {})
        return all(
            (folder / name).exists()
            and hashlib.sha256((folder / name).read_bytes()).hexdigest() == known
            for name, known in found.items()
        )


def _sparse(parts: dict[str, Any], name: str) -> Any:
    data, indices, indptr, shape = (
        parts[f"{name}.{part}"] for part in ("data", "indices", "indptr", "shape")
    )
    return sparse.csr_array((data, indices, indptr), shape=tuple(shape))


def kept(lane: Lane, side: str, case: str) -> Kept:
    return Kept(folder_of(lane) / side / case)


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Let one process at a time make what is in a folder."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
