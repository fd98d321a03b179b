"""Hand a training to Azure ML as a command job, in the words of azure-ai-ml.

The YAML a user can look at beforehand is the very text the job is made from.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from codegen_fi.sources.clients._azure_data_uri import Asset, BlobPath, parse
from codegen_fi.sources.clients.azure_data import find_asset
from codegen_fi.sources.clients.interface import ClientError, Talk
from codegen_fi.sources.records import DataReference, JobSpec, Submitted

BASE_IMAGE: Final = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"
PYTHON: Final = "3.12"
_ASSUMED: Final = "mltable"
# What a named thing of the library carries beside what was said of it.
_NOISE: Final = ("name", "version", "tags")


def job_yaml(job: JobSpec) -> str:
    """Return what ``az ml job create --file`` takes; nothing is sent.

    The type of a data asset is known to the workspace only: where it is assumed a comment says so.
    """
    inputs = {name: _input(reference) for name, reference in job.inputs.items()}
    notes = [
        f"# {name}: type {_ASSUMED} is assumed; write uri_file or uri_folder if {given['path']} "
        "is one.\n"
        for name, given in inputs.items()
        if isinstance(parse(job.inputs[name].value), Asset)
    ]
    return "".join(notes) + _text(job, inputs)


def submit(ml: Any, job: JobSpec, talk: Talk) -> Submitted:
    """Upload the code of a job and start it.

    Raises
    ------
    ClientError
        ``data_not_found``: an input is a data asset that the workspace doesn't have.
    """
    from azure.ai.ml import load_job  # pyright: ignore[reportMissingImports]

    inputs = {name: _input(reference, ml) for name, reference in job.inputs.items()}
    command = load_job(io.StringIO(_text(job, inputs)))
    command.name = job.name
    talk.say(f"Submitting job {job.name} to compute {job.compute}")
    # The library tells the service the git state of the current folder, which is not the code's.
    with contextlib.chdir(job.folder):
        sent = ml.jobs.create_or_update(command)
    status = getattr(sent.status, "value", sent.status)
    return Submitted(str(sent.name), str(status), sent.studio_url)


def _text(job: JobSpec, inputs: Mapping[str, Mapping[str, str]]) -> str:
    import yaml
    from azure.ai.ml import Input  # pyright: ignore[reportMissingImports]
    from azure.ai.ml.entities import CommandJob  # pyright: ignore[reportMissingImports]

    buffer = io.StringIO()
    CommandJob(
        display_name=job.name,
        experiment_name=job.experiment,
        command=job.command,
        code=job.folder,
        compute=job.compute,
        environment=_environment(job),
        inputs={name: Input(**given) for name, given in inputs.items()},
        tags=dict(job.tags),
    ).dump(buffer)
    content: dict[str, Any] = yaml.safe_load(buffer.getvalue())
    # Its writer takes a web address for the name of an asset.
    content["inputs"] = {name: dict(given) for name, given in inputs.items()}
    if job.environment is None:
        made = content["environment"]
        content["environment"] = {key: made[key] for key in made if key not in _NOISE}
    kept = {key: value for key, value in content.items() if value not in ({}, None)}
    return yaml.safe_dump(kept, sort_keys=False, width=1000, allow_unicode=True)


def _environment(job: JobSpec) -> Any:
    from azure.ai.ml.entities import Environment  # pyright: ignore[reportMissingImports]

    if job.environment is not None:
        return f"azureml:{job.environment.removeprefix('azureml:')}"
    conda = {
        "name": "codegen-fi",
        "channels": ["conda-forge"],
        "dependencies": [f"python={PYTHON}", "pip", {"pip": list(job.requirements)}],
    }
    return Environment(image=BASE_IMAGE, conda_file=conda)


def _input(reference: DataReference, ml: Any = None) -> dict[str, str]:
    """Return type and path of an input; only with `ml` the workspace is asked."""
    if reference.kind == "id":
        raise ClientError(
            "not_supported",
            f"A job can't read the dataset with id {reference.value}, which was registered with "
            "SDK v1. Name it as a data asset with --data azureml:NAME:VERSION.",
        )
    place = parse(reference.value)
    if isinstance(place, BlobPath) and place.signature:
        raise ClientError(
            "not_supported",
            "The address of the data carries a signature, which a job would keep for all to see. "
            "Register it as a data asset and give --data azureml:NAME:VERSION.",
        )
    if not isinstance(place, Asset):
        file = bool(PurePosixPath(place.path).suffix) and not place.path.endswith("/")
        return {"type": "uri_file" if file else "uri_folder", "path": reference.value}
    if ml is None:
        return {"type": _ASSUMED, "path": f"azureml:{place}"}
    asset = find_asset(ml, place)
    return {"type": str(asset.type), "path": f"azureml:{asset.name}:{asset.version}"}
