"""Handing a folder to Azure ML: what the real client sends, and what is refused before."""

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from clients import run_python
from loopback import Service
from loopback.state import DataAsset

from codegen_fi.demo import data_bytes, script_bytes
from codegen_fi.errors import UsageError
from codegen_fi.workflow import TrainOptions
from codegen_fi.workflow.submitting import SubmitOptions, describe_job

_RUN = "AutoML_aaaaaaaa-0000-4000-8000-000000000001_3"
_DATA = {"role": "training", "kind": "uri", "value": "azureml:fruit:1", "name": "fruit"}
_URI = "azureml://datastores/workspaceblobstore/paths/fruit.csv"
_COMMAND = 'python train.py --training-data "${{inputs.training_data}}" --outputs ./outputs'
_LOADED = """
import io, sys
from azure.ai.ml import load_job
job = load_job(io.StringIO(sys.stdin.read()))
given = job.inputs["training_data"]
print(type(job).__name__, job.command, job.compute, given.type, given.path, sep="|")
"""
_DESCRIBED = """
import json, sys
from codegen_fi.sources.clients.azure_jobs import job_yaml
from codegen_fi.sources.records import DataReference, JobSpec
folder, *uris = json.load(sys.stdin)
for uri in uris:
    inputs = {"data": DataReference("training", "uri", uri)}
    print("---", job_yaml(JobSpec(folder, "python train.py", "cpu", "n", "e", inputs)), sep="\\n")
"""


@dataclass(frozen=True)
class Sent:
    """What a submission printed, and what reached the service."""

    stdout: str
    stderr: str
    kept: list[dict[str, Any]]
    blobs: Mapping[str, bytes]

    def body(self, kind: str) -> Any:
        (found,) = [item["body"]["properties"] for item in self.kept if item["kind"] == kind]
        return found

    @property
    def code(self) -> dict[str, bytes]:
        """The uploaded files by their path in the folder."""
        return {
            key.split("/", 2)[2]: content
            for key, content in self.blobs.items()
            if key.startswith("uploads-")
        }


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        _register(service)
        yield service


def _register(service: Service) -> None:
    assets = service.state.data_assets
    assets["fruit", "1"] = DataAsset("fruit", "1", "uri_file", _URI)
    assets["fruit", "2"] = DataAsset("fruit", "2", "mltable", _URI)


@pytest.fixture(scope="module")
def emitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("emitted")
    script = place / "script.py"
    script.write_bytes(script_bytes())
    arguments = ["-m", "codegen_fi", "rewrite", str(script), "--out", str(place / "model")]
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return place / "model"


@pytest.fixture
def folder(emitted: Path, tmp_path: Path) -> Path:
    return _trained(emitted, tmp_path / "my model")


def _trained(emitted: Path, copy: Path) -> Path:
    """Copy a folder as it is after a training here, with data and outputs in it."""
    shutil.copytree(emitted, copy)
    _set_origin(copy, data=[_DATA])
    (copy / "outputs").mkdir()
    (copy / "outputs" / "model.pkl").write_bytes(b"large")
    (copy / "train.csv").write_bytes(b"private")
    return copy


@dataclass(frozen=True)
class First:
    """One submission without any option, which several tests look at."""

    service: Service
    folder: Path
    sent: Sent


@pytest.fixture(scope="module")
def first(emitted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[First]:
    folder = _trained(emitted, tmp_path_factory.mktemp("first") / "my model")
    _make_repository(folder.parent)
    with Service() as service:
        _register(service)
        yield First(service, folder, _run(service, folder))


def _make_repository(folder: Path) -> None:
    who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.com")
    for arguments in (("init",), (*who, "commit", "--allow-empty", "-m", "first")):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _set_origin(folder: Path, **run: Any) -> None:
    path = folder / "codegen-fi.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    origin = {"kind": "azureml", "run_id": _RUN, "experiment": "fruit-experiment", "run": run}
    path.write_text(json.dumps({**content, "origin": origin}), encoding="utf-8")


def _run(service: Service, folder: Path, *options: str, code: int = 0) -> Sent:
    home = folder.parent
    service.write_config(home)
    seen = len(service.state.jobs)
    done = run_python(
        "-m",
        "codegen_fi",
        "submit",
        folder,
        "--compute=cpu-cluster",
        *options,
        environment=service.environment(home / "home"),
        cwd=home,
    )
    assert done.returncode == code, done.stderr
    for secret in service.secrets:
        assert secret not in done.stdout + done.stderr
    return Sent(done.stdout, done.stderr, service.state.jobs[seen:], dict(service.state.blobs))


def _tail(resource: str) -> str:
    return resource.partition("/workspaces/")[2].partition("/")[2]


def test_exactly_the_files_of_the_tool_are_uploaded(first: First) -> None:
    manifest = json.loads((first.folder / "codegen-fi.json").read_text(encoding="utf-8"))
    names = {*manifest["files"], "codegen-fi.json"}
    assert first.sent.code == {name: (first.folder / name).read_bytes() for name in names}
    assert "train.py" in names
    assert "2 files in the folder are not codegen-fi's" in first.sent.stderr
    assert not list(first.folder.rglob(".amlignore"))


def test_the_environment_is_made_from_the_requirements(first: First) -> None:
    environment = first.sent.body("environments")
    assert environment["image"] == "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"
    conda = yaml.safe_load(environment["condaFile"])
    lines = (first.folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith("#")]
    assert conda["dependencies"] == ["python=3.12", "pip", {"pip": wanted}]
    assert wanted


def test_the_job_names_command_compute_data_experiment_and_tags(first: First) -> None:
    job = first.sent.body("jobs")
    assert job["jobType"] == "Command"
    assert (
        job["command"]
        == _COMMAND + " --repeats=5 --top=20 --seed=0 --max-rows=auto --importance auto"
    )
    assert _tail(job["computeId"]) == "computes/cpu-cluster"
    assert job["experimentName"] == "fruit-experiment"
    assert job["tags"]["automl_run"] == _RUN
    assert job["tags"]["codegen_fi"]
    ((name, table),) = job["inputs"].items()
    assert name == "training_data"
    assert table["jobInputType"] == "uri_file"
    assert _tail(table["uri"]) == "data/fruit/versions/1"
    assert _tail(job["environmentId"]).startswith("environments/")
    assert _tail(job["codeId"]).startswith("codes/")


def test_nothing_is_told_of_the_repository_the_user_stands_in(first: First) -> None:
    assert (first.folder.parent / ".git").is_dir()
    assert [name for name in first.sent.body("jobs")["properties"] if "git" in name] == []


def test_the_command_trains_with_nothing_but_the_uploaded_files(
    first: First, tmp_path: Path
) -> None:
    folder, table = tmp_path / "code", tmp_path / "a table.csv"
    table.write_bytes(data_bytes())
    for name, content in first.sent.code.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    command = first.sent.body("jobs")["command"].replace("${{inputs.training_data}}", str(table))
    python, *arguments = shlex.split(command.replace("--importance auto", "--importance native"))
    assert python == "python"
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (folder / "outputs").iterdir()}
    assert {"model.pkl", "metrics.json", "feature_importance.csv"} <= made


def test_the_answer_names_job_state_and_page(first: First) -> None:
    (name,) = [item["name"] for item in first.sent.kept if item["kind"] == "jobs"]
    assert name.startswith("codegen-fi-my-model-")
    assert f"Job {name}: Starting" in first.sent.stdout
    assert f"https://ml.azure.com/runs/{name}" in first.sent.stdout


def test_only_the_service_is_contacted(first: First) -> None:
    assert first.service.unanswered() == []


def test_an_asset_is_sent_with_its_own_type_and_the_version_that_is_the_latest(
    service: Service, folder: Path
) -> None:
    table = _run(service, folder, "--data=azureml:fruit@latest").body("jobs")["inputs"]
    assert table["training_data"]["jobInputType"] == "mltable"
    assert _tail(table["training_data"]["uri"]) == "data/fruit/versions/2"


def test_the_type_of_an_address_follows_from_it_and_it_stays_as_it_is(
    service: Service, folder: Path
) -> None:
    expected = {
        _URI: "uri_file",
        f"{_URI.removesuffix('fruit.csv')}tables/": "uri_folder",
        f"{_URI.removesuffix('fruit.csv')}tables": "uri_folder",
        "https://loopbackacct.blob.core.windows.net/public/fruit.parquet": "uri_file",
        "wasbs://public@loopbackacct.blob.core.windows.net/tables/": "uri_folder",
    }
    described = run_python(
        "-c",
        _DESCRIBED,
        environment=service.environment(folder.parent / "home"),
        cwd=folder.parent,
        stdin=json.dumps([str(folder), *expected]),
    )
    assert described.returncode == 0, described.stderr
    inputs = [job["inputs"]["data"] for job in yaml.safe_load_all(described.stdout)]
    assert inputs == [{"type": kind, "path": uri} for uri, kind in expected.items()]


def test_a_registered_environment_and_other_options_are_taken(
    service: Service, folder: Path
) -> None:
    _set_origin(folder, data=[_DATA], environment="AzureML-AutoML:140")
    options = ("--environment=run", "--experiment=mine", "--scoring=f1 weighted", "--no-plot")
    sent = _run(service, folder, *options)
    job = sent.body("jobs")
    # The client leaves it to the service where an environment with Azure's own prefix is.
    assert job["environmentId"] == "azureml:AzureML-AutoML:140"
    assert job["experimentName"] == "mine"
    assert job["command"].startswith(f"{_COMMAND} '--scoring=f1 weighted' ")
    assert job["command"].endswith(" --no-plot")
    assert "AzureML-AutoML:140 has the packages of AutoML" in sent.stderr
    assert [item for item in sent.kept if item["kind"] == "environments"] == []


def test_a_dry_run_sends_nothing_and_prints_what_the_client_takes(
    service: Service, folder: Path
) -> None:
    sent = _run(service, folder, "--dry-run", "--data=azureml:fruit:2")
    assert service.log == []
    assert "# training_data: type mltable is assumed" in sent.stdout
    job = yaml.safe_load(sent.stdout)
    assert job["type"] == "command"
    assert job["code"] == str(folder.resolve())
    assert job["command"].startswith(_COMMAND)
    assert job["compute"] == "azureml:cpu-cluster"
    assert job["experiment_name"] == "fruit-experiment"
    assert job["inputs"] == {"training_data": {"type": "mltable", "path": "azureml:fruit:2"}}
    assert job["environment"]["image"].startswith("mcr.microsoft.com/")
    assert set(job["environment"]) == {"image", "conda_file"}
    assert job["tags"]["automl_run"] == _RUN
    # The service takes each name once; the same file may be used again.
    assert "name" not in job
    loaded = run_python(
        "-c",
        _LOADED,
        environment=service.environment(folder.parent / "home"),
        cwd=folder.parent,
        stdin=sent.stdout,
    )
    assert loaded.stdout.strip() == "|".join(
        ["Command", job["command"], "cpu-cluster", "mltable", "fruit:2"]
    ), loaded.stderr
    assert "2 files that codegen-fi submit leaves out" in sent.stderr


def test_a_dry_run_needs_no_workspace(service: Service, folder: Path) -> None:
    done = run_python(
        "-m",
        "codegen_fi",
        "submit",
        folder,
        "--compute=cpu",
        "--dry-run",
        environment={"HOME": str(folder.parent / "home")},
        cwd=folder.parent,
    )
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout)["compute"] == "azureml:cpu"
    assert service.log == []


@pytest.mark.parametrize(
    ("fault", "options", "says"),
    [
        (None, ("--data=azureml:gone:7",), "has no data asset gone:7"),
        ("workspace-forbidden", (), "denies access (403)"),
        ("blob-403", (), "error: "),
    ],
)
def test_what_the_service_refuses_ends_with_code_4_and_starts_no_job(
    service: Service, folder: Path, fault: str | None, options: tuple[str, ...], says: str
) -> None:
    if fault:
        service.fail(fault)
    sent = _run(service, folder, *options, code=4)
    assert says in sent.stderr
    assert "Traceback" not in sent.stderr
    assert [item for item in sent.kept if item["kind"] == "jobs"] == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("train.csv", "not in the reach of a job"),
        ("https://x.blob.core.windows.net/c/x.csv?sv=1&sig=hidden", "carries a signature"),
    ],
)
def test_data_a_job_cannot_or_should_not_read_is_refused(
    folder: Path, data: str, says: str
) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        describe_job(folder, SubmitOptions("cpu", data=data))
    assert "--data azureml:NAME:VERSION" in str(refused.value)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ([], "not known which training table"),
        ([{**_DATA, "kind": "id", "value": "aaaa-bbbb"}], "fruit, registered with SDK v1"),
    ],
)
def test_a_run_without_a_usable_table_asks_for_one(
    folder: Path, known: list[dict[str, str]], says: str
) -> None:
    _set_origin(folder, data=known)
    with pytest.raises(UsageError, match=says):
        describe_job(folder, SubmitOptions("cpu"))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (SubmitOptions("cpu", environment="run"), "not known which environment"),
        (SubmitOptions("cpu", environment="no version"), "is no environment"),
        (SubmitOptions("cpu", validation_data="azureml:v:1"), "no validation table"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    folder: Path, options: SubmitOptions, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        describe_job(folder, options)


def test_a_folder_that_lost_a_file_is_refused(folder: Path) -> None:
    (folder / "codegen_fi_runtime" / "tables.py").unlink()
    with pytest.raises(UsageError, match=r"lost its codegen_fi_runtime/tables\.py"):
        describe_job(folder, SubmitOptions("cpu"))


@pytest.mark.parametrize("name", ["../outside.txt", "linked.txt"])
def test_a_manifest_that_names_a_file_outside_is_refused(folder: Path, name: str) -> None:
    outside = folder.parent / "outside.txt"
    outside.write_text("private", encoding="utf-8")
    (folder / "linked.txt").symlink_to(outside)
    path = folder / "codegen-fi.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["files"][name] = "0" * 64
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UsageError, match="lies outside it"):
        describe_job(folder, SubmitOptions("cpu"))


def test_a_script_that_validates_apart_needs_its_table_too(folder: Path) -> None:
    path = folder / "codegen-fi.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["script"]["datasets"] = [{"role": "training"}, {"role": "validation"}]
    path.write_text(json.dumps(content), encoding="utf-8")
    options = SubmitOptions("cpu", training=TrainOptions())
    with pytest.raises(UsageError, match=r"validation table the run had.*--validation-data"):
        describe_job(folder, options)
