"""The bundled example as a finished run of a local MLflow store, and its script fetched from it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from codegen_fi.workflow.connecting import Connection, opened
from codegen_fi.workflow.fetching import fetch, fetched_mark
from codegen_fi.workflow.records import Fetched, Steps

STORE: Final = "store"
FETCHED: Final = "run"
EXPERIMENT: Final = "codegen-fi-demo"
_TAGS: Final = {"run_algorithm": "VotingEnsemble", "_aml_system_codegen": "completed"}


def demo_store(place: Path, steps: Steps | None = None, force: bool = False) -> Fetched:
    """Make the run in ``place/store`` and fetch its script into ``place/run``; works offline.

    Raises
    ------
    SourceError
        MLflow isn't installed; the message says how to install it.
    UsageError
        ``place/run`` exists and `force` isn't set.
    """
    from codegen_fi.demo import data_bytes, script_bytes
    from codegen_fi.render import refuse_occupied
    from codegen_fi.sources import Settings

    steps = steps or Steps()
    # Before the run is made, which would stay in the store.
    refuse_occupied(place / FETCHED, force, fetched_mark())
    uri = str(place / STORE)
    with (
        opened(Settings("mlflow", uri), steps) as remote,
        tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder,
    ):
        script, data = Path(folder) / "script.py", Path(folder) / "data.csv"
        script.write_bytes(script_bytes())
        data.write_bytes(data_bytes())
        files = {"outputs/generated_code/script.py": script}
        run_id = remote.publish(EXPERIMENT, files, _TAGS, {}, data)
    steps.tell(f"Made run {run_id} in the MLflow store {uri}. Fetching its script, as with:")
    steps.tell(f"  codegen-fi fetch mlflow:{run_id} --tracking-uri {uri} --out {place / FETCHED}")
    return fetch(f"mlflow:{run_id}", place / FETCHED, Connection(tracking_uri=uri), steps, force)
