"""Hand an emitted folder to Azure ML, for data too large for one machine."""

from __future__ import annotations

import re
import secrets
import shlex
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi.errors import UsageError
from codegen_fi.workflow.connecting import Connection, opened, settings_for
from codegen_fi.workflow.records import Steps, TrainOptions
from codegen_fi.workflow.rules import refuse_started_otherwise
from codegen_fi.workflow.submit_folder import left_behind, refuse_lost, requirements, staged

if TYPE_CHECKING:
    from codegen_fi.render import Manifest
    from codegen_fi.sources import DataReference, JobSpec, Submitted, Workspace

AS_THE_RUN: Final = "run"
_REGISTERED: Final = re.compile(r"[\w.-]+:[\w.-]+\Z")
_URI: Final = re.compile(r"(azureml|https|wasbs|abfss):", re.IGNORECASE)
_NOT_IN_A_NAME: Final = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME: Final = 60
_EXPERIMENT: Final = "codegen-fi"
_INPUTS: Final = {"training": "training_data", "validation": "validation_data"}


@dataclass(frozen=True)
class SubmitOptions:
    """What to run where.

    Attributes
    ----------
    compute
        Name of an existing compute cluster or instance.
    data, validation_data
        Addresses of the tables; None takes those of the run the script came from.
    environment
        ``name:version`` of a registered environment, or ``run`` for the one the run used; None
        builds one from the folder's ``requirements.txt``.
    experiment
        None takes that of the run.
    training
        How to explain; its `environment`, `outputs` and `validation_data` mean nothing here.
    """

    compute: str
    data: str | None = None
    validation_data: str | None = None
    environment: str | None = None
    experiment: str | None = None
    training: TrainOptions = field(default_factory=TrainOptions)


@dataclass(frozen=True)
class SubmitResult:
    """A job that runs now.

    Attributes
    ----------
    submitted
        Its name, state and page in the studio.
    left
        Files of the folder that were not sent, because this tool didn't write them.
    """

    submitted: Submitted
    left: tuple[str, ...]


def describe_job(
    folder: Path,
    options: SubmitOptions,
    connection: Connection | None = None,
    steps: Steps | None = None,
) -> str:
    """Return the job as YAML for ``az ml job create --file``; nothing is sent.

    Raises
    ------
    UsageError
        As `submit`.
    SourceError
        azure-ai-ml isn't installed.
    """
    from codegen_fi.render import read_manifest
    from codegen_fi.sources import Settings

    steps, connection = steps or Steps(), connection or Connection()
    manifest = read_manifest(folder)
    refuse_lost(folder, manifest)
    job = _job(folder, manifest, options, steps)
    left = left_behind(folder, manifest)
    if left:
        steps.tell(
            f"note: az ml job create would also upload {len(left)} files that codegen-fi submit "
            f"leaves out, such as {left[0]}"
        )
    with opened(Settings("azure-ai-ml", timeout=connection.timeout), steps) as remote:
        return remote.job_yaml(job)


def submit(
    folder: Path,
    options: SubmitOptions,
    connection: Connection | None = None,
    steps: Steps | None = None,
) -> SubmitResult:
    """Start the training of an emitted folder as a command job.

    Raises
    ------
    UsageError
        The folder isn't an emitted one, or it can't be told what to train on.
    SourceError
        The workspace can't be reached, or refuses the job.
    """
    from codegen_fi.render import read_manifest
    from codegen_fi.sources import Address

    steps, connection = steps or Steps(), connection or Connection()
    manifest = read_manifest(folder)
    refuse_lost(folder, manifest)
    job = _job(folder, manifest, options, steps)
    address = Address("azureml", workspace=_workspace(_origin(manifest)))
    settings = settings_for(address, replace(connection, sdk="v2"))
    with tempfile.TemporaryDirectory(prefix="codegen-fi-") as beside, opened(settings, steps) as r:
        sent = staged(folder, manifest, Path(beside))
        steps.tell(f"Connecting to {r.where}")
        r.connect()
        submitted = r.submit(replace(job, folder=str(sent)))
    return SubmitResult(submitted, left_behind(folder, manifest))


def _job(folder: Path, manifest: Manifest, options: SubmitOptions, steps: Steps) -> JobSpec:
    from codegen_fi import __version__
    from codegen_fi.sources import JobSpec

    refuse_started_otherwise(folder, manifest.content)
    origin = _origin(manifest)
    run = origin.get("run") or {}
    inputs = _inputs(manifest, run, options)
    run_id = origin.get("run_id")
    tags = {"codegen_fi": __version__, **({"automl_run": str(run_id)} if run_id else {})}
    environment = _environment(run, options, steps)
    return JobSpec(
        folder=str(folder.resolve()),
        command=_command(inputs, options.training),
        compute=options.compute,
        name=_name(folder),
        experiment=options.experiment or str(origin.get("experiment") or _EXPERIMENT),
        inputs=inputs,
        environment=environment,
        requirements=() if environment else requirements(folder),
        tags=tags,
    )


def _origin(manifest: Manifest) -> Mapping[str, Any]:
    origin = manifest.content.get("origin")
    return origin if isinstance(origin, Mapping) else {}


def _workspace(origin: Mapping[str, Any]) -> Workspace | None:
    from codegen_fi.sources import Workspace

    known = origin.get("workspace")
    return Workspace(**known) if known else None


def _inputs(
    manifest: Manifest, run: Mapping[str, Any], options: SubmitOptions
) -> dict[str, DataReference]:
    from codegen_fi.sources import DataReference

    given = {"training": options.data, "validation": options.validation_data}
    known = {item.get("role"): item for item in run.get("data") or ()}
    datasets = manifest.content.get("script", {}).get("datasets", ())
    apart = any(item.get("role") == "validation" for item in datasets)
    if given["validation"] and not apart:
        raise UsageError("The script takes no validation table: leave out --validation-data.")
    found: dict[str, DataReference] = {}
    for role in ("training", "validation") if apart else ("training",):
        uri = given[role]
        reference = (
            DataReference(role, "uri", uri)
            if uri
            else DataReference(**known[role])
            if role in known
            else None
        )
        found[_INPUTS[role]] = _usable(role, reference)
    return found


def _usable(role: str, reference: DataReference | None) -> DataReference:
    option = "--data" if role == "training" else "--validation-data"
    give = f"Give it with {option} azureml:NAME:VERSION (or another azureml: or https: address)."
    if reference is None:
        raise UsageError(f"It is not known which {role} table the run had. {give}")
    if reference.kind == "id":
        raise UsageError(
            f"The {role} table of the run is dataset {reference.name or reference.value}, "
            f"registered with SDK v1, and a job can't name one by its id. {give}"
        )
    if not _URI.match(reference.value):
        raise UsageError(f"{reference.value} is not in the reach of a job. {give}")
    if "?" in reference.value:
        raise UsageError(
            f"The address of the {role} table carries a signature or other query, which the job "
            f"would keep for all to see. Register it as a data asset. {give}"
        )
    return reference


def _environment(run: Mapping[str, Any], options: SubmitOptions, steps: Steps) -> str | None:
    wanted = options.environment
    if wanted == AS_THE_RUN:
        wanted = run.get("environment")
        if not wanted:
            raise UsageError(
                "It is not known which environment the run used. Leave out --environment, or "
                "give NAME:VERSION."
            )
        steps.tell(
            f"warning: {wanted} has the packages of AutoML, not those of requirements.txt; the "
            "rewritten script may fail there"
        )
    if wanted is None:
        return None
    named = str(wanted).removeprefix("azureml:")
    if not _REGISTERED.match(named):
        raise UsageError(f"{wanted!r} is no environment. Give NAME:VERSION, or run.")
    return named


def _command(inputs: Mapping[str, DataReference], training: TrainOptions) -> str:
    # A mounted file may have a space in its name; Azure ML fills it in before the shell reads it.
    tables = [f'--{name.replace("_", "-")} "${{{{inputs.{name}}}}}"' for name in inputs]
    options = [shlex.quote(argument) for argument in training.arguments()]
    return " ".join(["python train.py", *tables, "--outputs ./outputs", *options])


def _name(folder: Path) -> str:
    """Return a name no job had before; the service takes each name once."""
    words = _NOT_IN_A_NAME.sub("-", folder.resolve().name)[:_LONGEST_NAME].strip("-")
    return "-".join(part for part in ("codegen-fi", words, secrets.token_hex(4)) if part)
