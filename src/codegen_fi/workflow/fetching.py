"""From a run to its script: which run is meant, its files, and what is known of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi.errors import ScriptNotUnderstoodError, UsageError
from codegen_fi.workflow.connecting import Connection, opened, settings_for
from codegen_fi.workflow.records import Children, Fetched, Steps

if TYPE_CHECKING:
    from codegen_fi.render import Mark
    from codegen_fi.sources import (
        Address,
        Choice,
        Connected,
        Found,
        Remote,
        RunFacts,
        RunRecord,
    )


# Of a script's origin, these stand by themselves in the record of a fetched folder.
_APART: Final = ("run", "files")


def fetch(
    where: str | Path,
    out: Path,
    connection: Connection | None = None,
    steps: Steps | None = None,
    force: bool = False,
    best_of: str | None = None,
    metric: str | None = None,
) -> Fetched:
    """Download the script of a run and what lies beside it into a folder.

    Parameters
    ----------
    where
        The run, or with `best_of` only its service: ``azureml:`` or ``mlflow:``.
    out
        The folder; it appears whole or not at all.
    best_of
        Name of an experiment whose best model is meant.
    metric
        What to compare models by; None takes their primary metric, or AutoML's own choice.

    Raises
    ------
    SourceError
        The run, its code or its service can't be had.
    UsageError
        The folder can't be written, or RUN isn't one.
    """
    from codegen_fi.render import refuse_occupied, write_folder
    from codegen_fi.sources import RUN_FILE, run_file

    steps = steps or Steps()
    mark = fetched_mark()
    refuse_occupied(out, force, mark)
    with located(where, connection, steps, best_of, metric) as (found, _):
        origin = {name: value for name, value in found.origin.items() if name not in _APART}
        run = found.origin.get("run", {})
        files = {"script.py": found.content, **found.others}
        kept = run_file(origin, run, files)
        write_folder({**files, RUN_FILE: kept}, out, force, mark)
    sizes = {name: len(content) for name, content in files.items()}
    return Fetched(out, origin, run, sizes)


def runs(
    where: str | Path,
    connection: Connection | None = None,
    steps: Steps | None = None,
    metric: str | None = None,
) -> Children:
    """List the models of an AutoML run, best first.

    Raises
    ------
    SourceError
        The run or its service can't be had.
    """
    from codegen_fi.sources import list_children

    connection, steps = connection or Connection(), steps or Steps()
    address = _service_address(where)
    settings = settings_for(address, connection)
    with opened(settings, steps) as remote:
        remote.connect()
        parent, name, listed = list_children(remote, address.run_id, metric)
        return Children(remote.where, parent, name, tuple(listed))


@contextmanager
def located(
    where: str | Path,
    connection: Connection | None = None,
    steps: Steps | None = None,
    best_of: str | None = None,
    metric: str | None = None,
) -> Iterator[tuple[Found, Remote | None]]:
    """Find a script wherever it is; for a run, with the client that can still be asked.

    Yields
    ------
    tuple
        The script, and the client; None for a script on disk.
    """
    from codegen_fi.sources import find_script, parse_address

    connection, steps = connection or Connection(), steps or Steps()
    address = parse_address(where)
    _refuse_mixed(address, best_of, metric)
    if address.kind == "path":
        yield find_script(address.path), None
        return
    with opened(settings_for(address, connection), steps) as remote:
        steps.tell(f"Connecting to {remote.where} ({remote.settings.client})")
        connected = remote.connect()
        choice = _chosen(remote, address, best_of, metric)
        value = f"Run {choice.run.run_id}: {choice.why}"
        steps.tell(value)
        with tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder:
            found = _downloaded(remote, choice, connected, Path(folder), steps.tell)
        yield found, remote


def _refuse_mixed(address: Address, best_of: str | None, metric: str | None) -> None:
    """Refuse what would be ignored, before anything is asked."""
    if address.kind == "path" and (best_of or metric):
        raise UsageError(f"{address} is a path; --best-of and --metric choose among runs.")
    if address.run_id and best_of is not None:
        raise UsageError(
            f"{address} names a run, and --best-of {best_of} another. Give one of them."
        )
    if address.kind != "path" and not address.run_id and best_of is None:
        raise UsageError(f"{address} names no run. Give {address.kind}:<run id>.")


def _chosen(remote: Remote, address: Address, best_of: str | None, metric: str | None) -> Choice:
    from codegen_fi.sources import choose, choose_best_of

    if best_of is not None:
        return choose_best_of(remote, best_of, metric)
    return choose(remote, address.run_id, metric)


def _downloaded(
    remote: Remote,
    choice: Choice,
    connected: Connected,
    folder: Path,
    tell: Callable[[str], None],
) -> Found:
    from codegen_fi.sources import Found, fetch_files, measured, origin_of, run_facts

    fetched = fetch_files(remote, choice, folder, tell)
    for line in fetched.missing:
        tell(f"warning: not downloaded: {line}")
    files = dict(fetched.files)
    script = files["script.py"]
    facts = _with_script(run_facts(choice.run, choice.parent, files), script)
    origin = {
        **origin_of(choice, remote.settings, connected),
        "run": _described(facts, choice.run),
        "files": measured(files),
    }
    del files["script.py"]
    return Found(f"script.py of run {choice.run.run_id}", script, origin, files)


def _described(facts: RunFacts, run: RunRecord) -> dict[str, Any]:
    """Return the facts of a run with its tags and properties, none of them with a secret."""
    from codegen_fi.sources import run_of
    from codegen_fi.sources.secrets import scrub

    told = {"tags": run.tags, "properties": run.properties}
    clean = {
        what: {name: scrub(value) for name, value in sorted(values.items())}
        for what, values in told.items()
    }
    return {**run_of(facts), **clean}


def _with_script(facts: RunFacts, content: bytes) -> RunFacts:
    """Fill what the run doesn't tell with what its script does, when that can be understood."""
    from codegen_fi.parse import parse_script
    from codegen_fi.sources import DataReference

    try:
        said = parse_script(content.decode("utf-8-sig"), "script.py").model
    except (ScriptNotUnderstoodError, UnicodeDecodeError):
        return facts
    told = {reference.role for reference in facts.data}
    more = tuple(
        DataReference(d.role, d.kind, d.value)
        for d in said.datasets
        if d.value and d.role not in told
    )
    return replace(
        facts,
        task=facts.task or said.task,
        label=facts.label or said.label,
        data=(*facts.data, *more),
    )


def _service_address(where: str | Path) -> Address:
    from codegen_fi.sources import parse_address

    address = parse_address(where)
    if address.kind == "path" or not address.run_id:
        raise UsageError(f"{where} is not a run. Give azureml:<run id> or mlflow:<run id>.")
    return address


def fetched_mark() -> Mark:
    """Return how a fetched folder is known."""
    from codegen_fi.render import Mark
    from codegen_fi.sources import RUN_FILE, listed_files

    return Mark(RUN_FILE, listed_files)
