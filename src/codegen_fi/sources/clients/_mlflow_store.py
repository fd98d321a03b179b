"""Make a finished run in an MLflow store."""

from __future__ import annotations

import hashlib
import json
import posixpath
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients._mlflow_runs import CONTEXT

_DATA: Final = "data"


def publish(
    client: Any,
    experiment: str,
    files: Mapping[str, Path],
    tags: Mapping[str, str],
    metrics: Mapping[str, float],
    data: Path | None,
) -> str:
    """Make a run that holds files, and return its id.

    Parameters
    ----------
    client
        An ``MlflowClient``.
    experiment
        Made if there is none of this name.
    files
        The file on this machine by its path in the run.
    data
        The table the run was trained on; it is kept in the run.
    """
    run_id = str(client.create_run(_experiment_id(client, experiment)).info.run_id)
    try:
        _fill(client, run_id, files, data)
        for name, value in tags.items():
            client.set_tag(run_id, name, value)
        for name, number in metrics.items():
            client.log_metric(run_id, name, number)
    except BaseException:
        client.set_terminated(run_id, "FAILED")
        raise
    client.set_terminated(run_id, "FINISHED")
    return run_id


def _experiment_id(client: Any, name: str) -> str:
    found = client.get_experiment_by_name(name)
    return str(found.experiment_id if found else client.create_experiment(name))


def _fill(client: Any, run_id: str, files: Mapping[str, Path], data: Path | None) -> None:
    stored = {f"{_DATA}/{data.name}": data} if data else {}
    for name, path in {**files, **stored}.items():
        # The library keeps the name a file has on this machine.
        with tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder:
            copy = Path(folder) / posixpath.basename(name)
            shutil.copyfile(path, copy)
            client.log_artifact(run_id, str(copy), posixpath.dirname(name) or None)
    if data:
        _tell_data(client, run_id, data)


def _tell_data(client: Any, run_id: str, data: Path) -> None:
    from mlflow.entities import (  # pyright: ignore[reportMissingImports]
        Dataset,
        DatasetInput,
        InputTag,
    )

    source = {"uri": f"runs:/{run_id}/{_DATA}/{data.name}"}
    digest = hashlib.sha256(data.read_bytes()).hexdigest()[:8]
    dataset = Dataset(data.stem, digest, "local", json.dumps(source))
    client.log_inputs(run_id, datasets=[DatasetInput(dataset, [InputTag(CONTEXT, "training")])])
