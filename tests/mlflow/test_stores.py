"""A run read from each kind of MLflow store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clients import run_python

from codegen_fi.sources.records import JobSpec, plain

_SCRIPT = b"print('\xc3\x84pfel')\n"
_CSV = b"colour,ripe\nred,1\ngreen,0\n"
_CODE = "outputs/generated_code"
_MANY = """
import sys
from mlflow.tracking import MlflowClient
client = MlflowClient(tracking_uri=sys.argv[1])
parent = client.get_run(sys.argv[2])
for number in range(int(sys.argv[3])):
    tags = {"mlflow.parentRunId": parent.info.run_id}
    run = client.create_run(parent.info.experiment_id, tags=tags, start_time=10_000 + number)
    client.log_metric(run.info.run_id, "AUC_weighted", number / 10)
    client.log_param(run.info.run_id, "run_algorithm", "LightGBM")
    client.set_terminated(run.info.run_id)
client.create_run(parent.info.experiment_id)
"""
_CHILDREN = 3
Ask = Callable[..., list[Any]]


@pytest.fixture(scope="module", params=["folder", "sqlite", "server"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("a store é")
    if request.param == "server":
        return str(request.getfixturevalue("server"))
    return str(folder / "mlruns") if request.param == "folder" else f"sqlite:///{folder}/x.db"


@pytest.fixture(scope="module")
def published(store: str, ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("files")
    (folder / "local-name.py").write_bytes(_SCRIPT)
    (folder / "empty.yml").write_bytes(b"")
    (folder / "fruit.csv").write_bytes(_CSV)
    files = {
        f"{_CODE}/script.py": folder / "local-name.py",
        f"{_CODE}/deep/conda.yml": folder / "empty.yml",
        "outputs/model notes.txt": folder / "local-name.py",
    }
    given = {name: str(path) for name, path in files.items()}
    tags, metrics = {"automl_best_child_run_id": "x_1"}, {"AUC_weighted": 0.5}
    data = str(folder / "fruit.csv")
    (made,) = ask(
        store, ["publish", store, "fruit ripeness", given, tags, metrics, data], cwd=folder
    )
    assert "error" not in made, made
    return str(made["value"])


@pytest.fixture(scope="module")
def read(store: str, published: str, ask: Ask, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Everything there is to ask, in one process."""
    folder = tmp_path_factory.mktemp("read")
    uri = store if "://" in store else Path(store).as_uri()
    environment = {"MLFLOW_ALLOW_FILE_STORE": "true", "HOME": str(folder)}
    done = run_python(
        "-c", _MANY, uri, published, str(_CHILDREN), environment=environment, cwd=folder
    )
    assert done.returncode == 0, done.stderr[-2000:]
    table = {"role": "training", "kind": "uri", "value": f"runs:/{published}/data/fruit.csv"}
    (folder / "data").mkdir()
    calls = {
        "connected": ["connect"],
        "run": ["run", published],
        "children": ["children", published],
        "experiment": ["experiment", "fruit ripeness"],
        "files": ["files", published, "outputs"],
        "no folder": ["files", published, "logs"],
        "fetch": ["fetch", published, f"{_CODE}/script.py", str(folder / "got" / "s.py")],
        "empty": ["fetch", published, f"{_CODE}/deep/conda.yml", str(folder / "empty.yml")],
        "spaced": ["fetch", published, "outputs/model notes.txt", str(folder / "notes.txt")],
        "no file": ["fetch", published, f"{_CODE}/none.py", str(folder / "none.py")],
        "a folder": ["fetch", published, _CODE, str(folder / "folder.py")],
        "no run": ["run", "AutoML_aaaaaaaa-0000-4000-8000-000000000001_3"],
        "no experiment": ["experiment", "vegetables"],
        "data": ["data", table, str(folder / "data")],
    }
    answers = ask(store, *calls.values())
    return {"folder": folder, "id": published, **dict(zip(calls, answers, strict=True))}


def test_a_run_tells_its_facts(read: Any, store: str) -> None:
    run = read["run"]["value"]
    assert run["run_id"] == read["id"]
    assert (run["experiment"], run["status"]) == ("fruit ripeness", "FINISHED")
    assert run["metrics"] == {"AUC_weighted": 0.5}
    assert run["tags"]["automl_best_child_run_id"] == "x_1"
    assert run["started"].endswith("+00:00")
    assert run["data"][0]["value"] == f"runs:/{read['id']}/data/fruit.csv"
    assert (run["data"][0]["role"], run["data"][0]["name"]) == ("training", "fruit")
    connected = read["connected"]["value"]
    assert connected["tracking_uri"].partition(":")[0] in {"file", "sqlite", "http"}
    assert connected["versions"]["mlflow"]


def test_children_and_experiments_are_listed_newest_first(read: Any) -> None:
    children = read["children"]["value"]
    assert [run["metrics"]["AUC_weighted"] for run in children] == [0.2, 0.1, 0.0]
    assert {run["parent_id"] for run in children} == {read["id"]}
    assert children[0]["properties"] == {"run_algorithm": "LightGBM"}
    assert len(read["experiment"]["value"]) == _CHILDREN + 2
    assert read["no experiment"]["error"] == "experiment_not_found"


def test_files_are_listed_by_their_whole_paths(read: Any) -> None:
    expected = [f"{_CODE}/deep/conda.yml", f"{_CODE}/script.py", "outputs/model notes.txt"]
    assert sorted(read["files"]["value"]) == expected
    assert read["no folder"]["value"] == []


def test_a_file_lands_exactly_where_it_is_wanted(read: Any) -> None:
    folder = read["folder"]
    assert "error" not in read["fetch"], read["fetch"]
    assert (folder / "got" / "s.py").read_bytes() == _SCRIPT
    assert (folder / "empty.yml").read_bytes() == b""
    assert (folder / "notes.txt").read_bytes() == _SCRIPT
    assert [path.name for path in (folder / "got").iterdir()] == ["s.py"]


def test_what_is_not_there_is_said_to_be_missing(read: Any) -> None:
    assert read["no file"]["error"] == "file_not_found"
    assert read["a folder"]["error"] == "file_not_found"
    assert read["no run"]["error"] == "run_not_found"
    assert not (read["folder"] / "none.py").exists()
    assert not (read["folder"] / "folder.py").exists()


def test_the_data_of_a_run_comes_from_the_store(read: Any) -> None:
    got = read["data"]["value"]
    assert (got["name"], got["files"], got["table"]) == ("fruit.csv", ["fruit.csv"], "fruit.csv")
    assert (read["folder"] / "data" / "fruit.csv").read_bytes() == _CSV


def test_a_store_that_is_not_there_is_not_made(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "project" / "mlruns").mkdir(parents=True)
    for uri, hint in (
        (str(tmp_path / "project"), "mlruns is meant"),
        (f"sqlite:///{tmp_path}/none.db", "There is no MLflow store"),
    ):
        (answer,) = ask(uri, ["run", "x"])
        assert answer["error"] == "bad_settings"
        assert hint in answer["message"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["mlruns", "project"]


def test_the_environment_names_the_store(ask: Ask, tmp_path: Path) -> None:
    (connected,) = ask(None, ["connect"], MLFLOW_TRACKING_URI="rel", cwd=tmp_path)
    assert connected["error"] == "bad_settings"
    assert f"There is no MLflow store {tmp_path / 'rel'}." in connected["message"]
    (nothing,) = ask(None, ["connect"], cwd=tmp_path)
    assert nothing["error"] == "bad_settings"
    assert "--tracking-uri" in nothing["message"]


def test_an_experiment_with_a_quote_in_its_name_is_found(store: str, ask: Ask) -> None:
    name, folder = "Anna's pears", "://" not in store
    # New versions of the library don't take such a name in a folder; older ones did.
    calls = ["publish", None, "pears" if folder else name, {}, {}, {}, None], ["connect"]
    made, _ = ask(store, *calls)
    for kept in Path(store).glob("*/meta.yaml") if folder else ():
        kept.write_text(kept.read_text().replace("name: pears", f'name: "{name}"'))
    found, none = ask(store, ["experiment", name], ["experiment", "Otto's"])
    assert [run["run_id"] for run in found["value"]] == [made["value"]]
    assert none["error"] == "experiment_not_found"
    assert "Otto's" in none["message"]


def test_other_sources_of_data(ask: Ask, tmp_path: Path, server: str) -> None:
    (tmp_path / "here.csv").write_bytes(_CSV)
    folders = [tmp_path / str(number) for number in range(5)]
    for folder in folders:
        folder.mkdir()
    values = (
        str(tmp_path / "here.csv"),
        (tmp_path / "here.csv").as_uri(),
        str(tmp_path / "gone.csv"),
        "azureml://datastores/store/paths/fruit.csv?sig=word",
        f"{server}/version",
    )
    calls = [
        ["data", {"role": "training", "kind": "uri", "value": value}, str(folder)]
        for value, folder in zip(values, folders, strict=True)
    ]
    here, file, gone, azure, web = ask(server, *calls)
    assert [here["value"]["table"], file["value"]["table"]] == ["here.csv", "here.csv"]
    assert (folders[1] / "here.csv").read_bytes() == _CSV
    assert gone["error"] == "data_not_found"
    assert azure["error"] == "not_supported"
    assert "azureml:<run id>" in azure["message"]
    assert "word" not in azure["message"]
    assert web["value"]["files"] == ["version"]
    assert web["value"]["table"] == "version"


def test_mlflow_starts_no_jobs_and_says_who_does(ask: Ask, tmp_path: Path) -> None:
    job = plain(JobSpec(str(tmp_path), "python x.py", "cpu", "a-job", "e"))
    publish = ["publish", str(tmp_path / "elsewhere"), "e", {}, {}, {}, None]
    answers = ask(str(tmp_path), ["job_yaml", job], ["submit", job], publish)
    assert [answer["error"] for answer in answers] == [*["not_supported"] * 2, "bad_settings"]
    assert "a-job" in answers[1]["message"]
    assert "--workspace" in answers[1]["message"]
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_fails_at_once(ask: Ask) -> None:
    (answer,) = ask("http://127.0.0.1:9", ["connect"])
    assert answer["error"] == "MlflowException"
    assert "refused" in answer["message"]
    assert answer["seconds"] < 15
