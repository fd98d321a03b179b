"""The manifest: what is in the folder, where it comes from and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codegen_fi import __version__
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.hidden import public_script
from codegen_fi.model.plain import sha256, to_plain
from codegen_fi.model.script import TrainingScript

NAME = "codegen-fi.json"
SCHEMA_VERSION = 1


def manifest(
    files: Mapping[str, bytes],
    model: TrainingScript,
    rewritten: Rewritten,
    origin: Mapping[str, Any],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what ``codegen-fi.json`` says, as plain values, of the other files of the folder."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "codegen-fi", "version": __version__},
        "origin": origin,
        "options": options,
        "files": {name: sha256(files[name]) for name in sorted(files)},
        "requirements": rewritten.requirements,
        "requires_python": rewritten.requires_python,
        "changes": rewritten.changes,
        "blocks": rewritten.blocks,
        "warnings": rewritten.warnings,
        "script": public_script(model),
    }
    return dict(to_plain(content))


def with_file(content: Mapping[str, Any], name: str, data: bytes) -> dict[str, Any]:
    """Return the manifest with one more file, or with new content of one."""
    files = {**content["files"], name: sha256(data)}
    return {**content, "files": {name: files[name] for name in sorted(files)}}
