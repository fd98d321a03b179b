"""The rewritten scripts, kept until the tool or the script changes."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

import codegen_fi
from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.render.runtime_files import FOLDER, runtime_files
from codegen_fi.workflow import rewrite_to_folder
from fidelity.store import digest, folder_of
from lanes import Lane

TOOL = Path(codegen_fi.__file__).parent
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
MADE_FROM, REFUSED = ".made-from", "refused.txt"


@cache
def tool_key() -> str:
    """Hash of everything that rewriting may depend on; the runtime travels beside the script."""
    sources = [
        path
        for root in (TOOL, TEMPLATES)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".pyc" and TOOL / "runtime" not in path.parents
    ]
    return digest(*sources)


def emitted(lane: Lane, case: Path) -> Path:
    """Folder with the case's ``train.py`` and the runtime, or with why it was refused."""
    place = folder_of(lane) / "emitted" / case.name
    key = digest(tool_key(), case / "script.py", Path(__file__))
    marker = place / MADE_FROM
    if not (marker.exists() and marker.read_text(encoding="ascii") == key):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        _fill(lane, case, place)
        marker.write_text(key, encoding="ascii")
    return place


def _fill(lane: Lane, case: Path, place: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / "model"
        try:
            rewrite_to_folder(case / "script.py", written)
        except ScriptNotUnderstoodError as error:
            (place / REFUSED).write_text(str(error), encoding="utf-8")
            return
        shutil.copy(written / "train.py", place)
    (place / FOLDER).symlink_to(Path("..", "..", "runtime", FOLDER))


def write_runtime(lane: Lane) -> None:
    """Put the runtime as it is today where the emitted scripts find it."""
    root = folder_of(lane) / "runtime"
    files = runtime_files()
    for path in [path for path in root.rglob("*") if path.is_file()]:
        if path.relative_to(root).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = root / name
        if not (path.exists() and path.read_bytes() == content):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def refusal(folder: Path) -> str | None:
    """Why the case was refused, None when it was rewritten."""
    path = folder / REFUSED
    return path.read_text(encoding="utf-8") if path.exists() else None
