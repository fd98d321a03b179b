"""``--data auto``: the tables a run was trained on, downloaded once."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi.errors import SourceError, UsageError
from codegen_fi.workflow.records import Steps

if TYPE_CHECKING:
    from codegen_fi.sources import DataReference, Downloaded, Remote, Settings
    from codegen_fi.workflow.table_cache import Place

_ROLES: Final = ("training", "validation")
_PREFIX: Final = ".download-"
# Seconds; no download that is still going on is that old.
_ABANDONED: Final = 7 * 86_400
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
    try:
        for entry in origin.get("run", {}).get("data", ()):
            found.setdefault(entry["role"], DataReference(**entry))
    except (TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            f"What is kept of the run's data is damaged ({error!r}). Fetch the run again."
        ) from error
    for entry in datasets:
        if entry["value"]:
            reference = DataReference(entry["role"], entry["kind"], entry["value"])
            found.setdefault(entry["role"], reference)
    return found


def tables_of(
    settings: Settings,
    ask: Callable[[], Remote],
    references: Mapping[str, DataReference],
    validates: bool,
    steps: Steps | None = None,
) -> dict[str, Path]:
    """Return parquet files of the run's tables by role, downloading what isn't cached.

    Parameters
    ----------
    settings
        How to reach the service the tables are in.
    ask
        Returns a connected client; called only for a table that must be downloaded.
    references
        The tables by role.
    validates
        Whether a second table is wanted, to validate on.

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
    return {role: _table(settings, ask, references[role], steps) for role in wanted}


def _table(
    settings: Settings, ask: Callable[[], Remote], reference: DataReference, steps: Steps
) -> Path:
    from codegen_fi.workflow.table_cache import place_of

    place = place_of(settings, reference)
    reused = place.reused()
    if reused is not None:
        steps.tell(reused)
        return place.table
    remote = ask()
    folder = place.table.parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(folder)
        return _download(remote, reference, place, steps)
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be written: {error.strerror}. "
            "Set CODEGEN_FI_CACHE to a folder that can."
        ) from error


def _sweep(folder: Path) -> None:
    """Remove what downloads left that were killed long ago."""
    long_ago = time.time() - _ABANDONED
    for left in folder.glob(f"{_PREFIX}*"):
        if left.stat().st_mtime < long_ago:
            shutil.rmtree(left, ignore_errors=True)


def _download(remote: Remote, reference: DataReference, place: Place, steps: Steps) -> Path:
    from codegen_fi.run.tables import to_parquet

    # Beside its place, so that the renaming at the end can't fail half-way.
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=place.table.parent) as folder:
        files = Path(folder) / "files"
        files.mkdir()
        came = _files(remote, reference, files)
        made = Path(folder) / place.table.name
        shape = to_parquet(files / came.table, made)
        steps.tell(place.keep(made, came, shape))
    return place.table


def _files(remote: Remote, reference: DataReference, folder: Path) -> Downloaded:
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
