"""The folder of an explanation: a record of what was explained, by which it is known again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi import __version__
from codegen_fi.errors import UsageError
from codegen_fi.model.plain import json_file

if TYPE_CHECKING:
    from codegen_fi.render import Mark
    from codegen_fi.sources.models import Model

EXPLAINED: Final = "codegen-fi-explained.json"
_SCHEMA_VERSION: Final = 1


def explained_mark() -> Mark:
    """Return how a folder with an explanation is known."""
    from codegen_fi.render import Mark

    return Mark(EXPLAINED, listed_results)


def kept_record(
    model: Model, label: str, how: Mapping[str, Any], files: Mapping[str, bytes]
) -> bytes:
    """Return the record of an explanation."""
    from codegen_fi.sources import measured

    return json_file(
        {
            "schema_version": _SCHEMA_VERSION,
            "tool": {"name": "codegen-fi", "version": __version__},
            "model": {
                "from": model.where,
                "size": model.size,
                "sha256": model.sha256,
                "format": model.kind,
                "packages": dict(model.packages),
            },
            "label": label,
            "explained": dict(how),
            "files": measured(files),
        }
    )


def read_record(folder: Path) -> dict[str, Any]:
    """Read the record of a folder.

    Raises
    ------
    UsageError
        It is damaged or of another version.
    """
    path = folder / EXPLAINED
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version, files = content["schema_version"], dict(content["files"])
        good = all(isinstance(entry["sha256"], str) for entry in files.values())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is damaged ({error!r}). Choose another --out.") from error
    if version != _SCHEMA_VERSION or not good:
        raise UsageError(f"{path} is damaged or of another version. Choose another --out.")
    return content


def listed_results(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of an explanation, by its name."""
    return {name: entry["sha256"] for name, entry in read_record(folder)["files"].items()}


def list_again(folder: Path, names: list[str]) -> None:
    """Note that files were written anew, so that they don't count as edits."""
    from codegen_fi.sources import measured

    record = read_record(folder)
    fresh = {name: (folder / name).read_bytes() for name in names}
    record["files"] = {**record["files"], **measured(fresh)}
    (folder / EXPLAINED).write_bytes(json_file(record))
