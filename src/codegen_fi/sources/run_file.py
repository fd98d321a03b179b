"""What is kept of a run beside its files: where it came from, its facts, sizes and checksums."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from codegen_fi import __version__
from codegen_fi.errors import UsageError
from codegen_fi.model.plain import json_file, sha256
from codegen_fi.sources.choose import Choice
from codegen_fi.sources.facts import RunFacts
from codegen_fi.sources.records import Connected, DataReference, Settings, Workspace, plain
from codegen_fi.sources.secrets import public_address, scrub

RUN_FILE: Final = "codegen-fi-run.json"
SCHEMA_VERSION: Final = 1
_ROLES: Final = ("training", "validation", "test")
_KINDS: Final = ("id", "uri")


def origin_of(choice: Choice, settings: Settings, connected: Connected) -> dict[str, Any]:
    """Return where a script came from, as plain values without anything secret."""
    run, parent = choice.run, choice.parent
    # As the client writes it: a folder with its whole path, so that it is found again.
    address = connected.tracking_uri or settings.tracking_uri
    return {
        "kind": "mlflow" if settings.client == "mlflow" else "azureml",
        "client": settings.client,
        "versions": dict(connected.versions),
        "run_id": run.run_id,
        "parent_run_id": parent.run_id if parent is not None else run.parent_id,
        "experiment": run.experiment or (parent.experiment if parent is not None else None),
        "chosen": choice.why,
        "workspace": plain(settings.workspace) if settings.workspace else None,
        "tracking_uri": public_address(address) if address else None,
    }


def run_of(facts: RunFacts) -> dict[str, Any]:
    """Return the facts of a run as plain values; a signed uri of a table loses its signature."""
    values = plain(facts)
    for table in values["data"]:
        table["value"] = scrub(table["value"])
    return values


def measured(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return size in bytes and SHA-256 of each file, by its name."""
    return {
        name: {"size": len(content), "sha256": sha256(content)}
        for name, content in sorted(files.items())
    }


def run_file(
    origin: Mapping[str, Any], run: Mapping[str, Any], files: Mapping[str, bytes]
) -> bytes:
    """Return ``codegen-fi-run.json`` for the files of a run."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "codegen-fi", "version": __version__},
        "origin": origin,
        "run": run,
        "files": measured(files),
    }
    return json_file(content)


def read_run_file(folder: Path) -> Mapping[str, Any]:
    """Read the record of a fetched folder.

    Raises
    ------
    UsageError
        It is damaged, or of another version of this tool.
    """
    path = folder / RUN_FILE
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = content["schema_version"]
        wrong = _wrong_in(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} is damaged ({error!r}). Fetch the run again.") from error
    if version != SCHEMA_VERSION:
        raise UsageError(
            f"{path} has schema version {version}, this codegen-fi reads {SCHEMA_VERSION}. "
            "Fetch the run again with this version."
        )
    if wrong:
        raise UsageError(f"{path} is damaged ({wrong}). Fetch the run again.")
    return content


def listed_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a fetched folder, by its name."""
    files = read_run_file(folder)["files"]
    return {str(name): str(entry["sha256"]) for name, entry in files.items()}


def _wrong_in(content: Mapping[str, Any]) -> str:
    """Return which part of a record can't be used, or nothing."""
    for name in ("origin", "run", "files"):
        if not isinstance(content[name], dict):
            return name
    origin, data = content["origin"], content["run"].get("data") or []
    checks = {
        "files": all(_is_file(entry) for entry in content["files"].values()),
        "data of the run": isinstance(data, list) and all(_is_table(entry) for entry in data),
        "workspace": _is_workspace(origin.get("workspace")),
        "tracking URI": isinstance(origin.get("tracking_uri"), str | None),
    }
    return next((name for name, good in checks.items() if not good), "")


def _is_file(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("sha256"), str)


def _is_table(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() <= {f.name for f in fields(DataReference)}
        and entry.get("role") in _ROLES
        and entry.get("kind") in _KINDS
        and isinstance(entry.get("value"), str)
        and isinstance(entry.get("name"), str | None)
    )


def _is_workspace(entry: object) -> bool:
    if entry is None:
        return True
    names = {f.name for f in fields(Workspace)}
    return (
        isinstance(entry, dict)
        and entry.keys() == names
        and all(isinstance(name, str) for name in entry.values())
    )
