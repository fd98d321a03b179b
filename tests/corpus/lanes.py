"""The releases of the SDK whose generator makes a corpus, and where it and its maker are kept."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
DRIVER = HERE / "driver"
KEY_FILE = ".made-from"


def cache_folder() -> Path:
    """Folder that holds the environments and the corpora; CODEGEN_FI_CACHE moves it."""
    return Path(os.environ.get("CODEGEN_FI_CACHE", "~/.cache/codegen-fi")).expanduser().absolute()


def key(python: str, *sources: Path) -> str:
    """Content hash of what a folder is made from."""
    digest = hashlib.sha256(python.encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_made(folder: Path, made_from: str) -> bool:
    """Whether the folder is there, whole, and made from these sources."""
    marker = folder / KEY_FILE
    return marker.is_file() and marker.read_text(encoding="ascii") == made_from


@dataclass(frozen=True, slots=True)
class Lane:
    """A release of the SDK, with the only Python on which its own requirements agree.

    ``extras`` are the optional packages among its pins that some cases need.
    """

    release: str
    python: str
    extras: tuple[str, ...] = ()

    @property
    def pins(self) -> Path:
        return HERE / f"official-{self.release}.txt"

    @property
    def environment(self) -> Path:
        return cache_folder() / f"official-{self.release}"

    @property
    def corpus(self) -> Path:
        return cache_folder() / f"corpus-{self.release}"

    def environment_key(self) -> str:
        return key(self.python, self.pins)

    def corpus_key(self) -> str:
        return key(self.python, self.pins, *sorted(DRIVER.glob("*.py")))


LANES = {
    lane.release: lane
    for lane in (Lane("1.44", "3.8"), Lane("1.56", "3.8"), Lane("1.62", "3.10", ("prophet",)))
}
NEWEST = LANES["1.62"]
