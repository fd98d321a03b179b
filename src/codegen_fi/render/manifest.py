"""The manifest: what is in the folder, where it comes from and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codegen_fi import __version__
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.hidden import public_script
from codegen_fi.model.plain import json_file, sha256
from codegen_fi.model.script import TrainingScript

NAME = "codegen-fi.json"
SCHEMA_VERSION = 1


def manifest(
    files: Mapping[str, bytes],
    model: TrainingScript,
    rewritten: Rewritten,
    origin: Mapping[str, Any],
    options: Mapping[str, Any],
) -> bytes:
    """Return ``codegen-fi.json`` for the other files of the folder."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "codegen-fi", "version": __version__},
        "origin": origin,
        "options": options,
        "files": {name: sha256(files[name]) for name in sorted(files)},
        "requirements": rewritten.requirements,
        "requires_python": rewritten.requires_python,
        "changes": rewritten.changes,
        "warnings": rewritten.warnings,
        "script": public_script(model),
    }
    return json_file(content)
