"""``--data auto``: the tables a run was trained on, downloaded once."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi.errors import SourceError
from codegen_fi.workflow.records import Steps

if TYPE_CHECKING:
    from codegen_fi.sources import DataReference, Remote

_ROLES: Final = ("training", "validation")
_EXPORT: Final = (
    "Export it (in the studio under Data, or ask whoever may) and give it with {option} FILE."
)
_OPTIONS: Final[Mapping[str, str]] = {
    "training": "--data",
    "validation": "--validation-data",
}
# Rights and places that are missing: the run's script is there, only its table isn't.
_NAMED: Final = frozenset({"denied", "sign_in", "link_refused", "data_not_found", "file_gone"})


def references_of(
    origin: Mapping[str, Any], datasets: Iterable[Mapping[str, Any]]
) -> dict[str, DataReference]:
    """Return the tables of a run by their role.

    Parameters
    ----------
    origin
        Where the script came from, with what is known of the run.
    datasets
        What the script itself loads; it counts where the run says nothing.
    """
    from codegen_fi.sources import DataReference

    found: dict[str, DataReference] = {}
    for entry in origin.get("run", {}).get("data", ()):
        found.setdefault(entry["role"], DataReference(**entry))
    for entry in datasets:
        if entry["value"]:
            reference = DataReference(entry["role"], entry["kind"], entry["value"])
            found.setdefault(entry["role"], reference)
    return found


def tables_of(
    remote: Remote,
    references: Mapping[str, DataReference],
    validates: bool,
    steps: Steps | None = None,
) -> dict[str, Path]:
    """Return parquet files of the run's tables by role, downloading what isn't cached.

    Parameters
    ----------
    remote
        A connected client.
    references
        The tables by role.
    validates
        Whether the script loads a second table to validate on.

    Raises
    ------
    SourceError
        A table isn't named, can't be had or can't be read.
    """
    steps = steps or Steps()
    wanted = _ROLES if validates else _ROLES[:1]
    missing = [role for role in wanted if role not in references]
    if missing:
        raise SourceError(
            f"Neither the run nor its script names its {missing[0]} data. "
            f"Give the table with {_OPTIONS[missing[0]]} FILE."
        )
    return {role: _table(remote, references[role], steps) for role in wanted}


def _table(remote: Remote, reference: DataReference, steps: Steps) -> Path:
    from codegen_fi.run.environment import cache_folder

    key = hashlib.sha256(
        "\n".join((remote.where, reference.kind, reference.value)).encode()
    ).hexdigest()[:20]
    place = cache_folder() / "data"
    table, note = place / f"{key}.parquet", place / f"{key}.json"
    if table.is_file() and (reused := _reused(table, note)) is not None:
        steps.tell(reused)
        return table
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _download(remote, reference, table, note, steps)
    except OSError as error:
        raise SourceError(
            f"{place} cannot be written: {error.strerror}. "
            "Set CODEGEN_FI_CACHE to a folder that can."
        ) from error


def _reused(table: Path, note: Path) -> str | None:
    """Return what to say of a cached table; None when its note is missing or damaged."""
    try:
        kept = json.loads(note.read_text(encoding="utf-8"))
        return _kept_words(kept, table)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _kept_words(kept: Mapping[str, Any], table: Path) -> str:
    return (
        f"Using {kept['name']} as downloaded on {kept['downloaded']} "
        f"({kept['rows']:,} rows; delete {table} to download it again)"
    )


def _download(
    remote: Remote, reference: DataReference, table: Path, note: Path, steps: Steps
) -> Path:
    from codegen_fi.run.tables import to_parquet

    # Beside its place, so that the renaming at the end can't fail half-way.
    with tempfile.TemporaryDirectory(prefix=".download-", dir=table.parent) as folder:
        files = Path(folder) / "files"
        files.mkdir()
        came = _files(remote, reference, files)
        made = Path(folder) / table.name
        rows, columns = to_parquet(files / came.table, made)
        kept = {
            "name": came.name,
            "version": came.version,
            "rows": rows,
            "columns": columns,
            "downloaded": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        }
        described = Path(folder) / note.name
        described.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        made.replace(table)
        described.replace(note)
    steps.tell(f"Downloaded {came.name}: {rows:,} rows, {columns} columns, kept in {table}")
    return table


def _files(remote: Remote, reference: DataReference, folder: Path) -> Any:
    from codegen_fi.sources import RemoteError

    name = reference.name or reference.value
    try:
        return remote.data(reference, folder)
    except RemoteError as error:
        if error.kind not in _NAMED:
            raise
        option = _OPTIONS.get(reference.role, "--data")
        raise RemoteError(
            error.kind,
            f"The {reference.role} data of the run, {name}, can't be downloaded. {error}\n"
            f"  {_EXPORT.format(option=option)}",
        ) from error
