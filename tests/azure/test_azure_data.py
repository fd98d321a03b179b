"""Data of every kind of address, downloaded by the real client from the loopback service."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from clients import run_python
from loopback import Service
from loopback.routes.datasets import SteppedDataset, step
from loopback.state import DataAsset, Dataset, Datastore

from codegen_fi.runtime.tables import load_table

_PROBE = """
import json, sys
from pathlib import Path
from azure.ai.ml import MLClient
from azure.identity import EnvironmentCredential
from codegen_fi.sources.clients.azure_data import download
from codegen_fi.sources.clients.interface import Talk
from codegen_fi.sources.records import DataReference, plain

given = json.load(sys.stdin)
credential = EnvironmentCredential()
ml = MLClient(credential, *given["workspace"], retry_total=0, read_timeout=10)
answers = []
for number, reference in enumerate(given["references"]):
    folder, steps = Path(given["folder"]) / str(number), []
    folder.mkdir(parents=True)
    talk = Talk(progress=lambda done, total, text: steps.append((done, total, text)))
    try:
        got = plain(download(ml, credential, DataReference(**reference), folder, talk))
        answers.append({**got, "steps": steps})
    except Exception as error:
        status = getattr(error, "status_code", None)
        kind = getattr(error, "kind", type(error).__name__)
        answers.append({"error": kind, "status": status, "message": str(error), "steps": steps})
print("\\n" + json.dumps(answers))
"""
_CSV = b"colour,ripe\nred,1\ngreen,0\n"
_BIG = bytes(range(256)) * 20_000
_STORE = "azureml://datastores/workspaceblobstore/paths"
_SAMPLES = "samples"
_DATASET = "aaaaaaaa-0000-4000-8000-000000000002"


@dataclass(frozen=True)
class Answer:
    """What came of one reference: the record, or the failure, and the files on disk."""

    said: dict[str, Any]
    folder: Path

    @property
    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with Service() as service:
        _fill(service)
        yield service


def _fill(service: Service) -> None:
    state = service.state
    state.datastores["keyed"] = Datastore("keyed", "keyed-container", credentials="AccountKey")
    state.datastores["open"] = Datastore("open", "open-container", credentials="None")
    state.put_files("workspaceblobstore", "tables", [("fruit.csv", _CSV), ("fruit.csv0", b"no")])
    parts = [
        ("a.csv", _CSV),
        ("deep/b.csv", _BIG),
        ("deep", b""),
        ("zero.csv", b""),
        ("Ä b.csv", b"1"),
    ]
    state.put_files("workspaceblobstore", "many", parts)
    state.put_files("workspaceblobstore", "many0", [("other.csv", b"no")])
    state.put_files("keyed", "tables", [("fruit.csv", _CSV)])
    state.put_files("open", "tables", [("fruit.csv", _CSV)])
    own = {"paths": [{"file": "./fruit.csv"}], "transformations": [{"read_delimited": None}]}
    state.put_files("workspaceblobstore", "own", [("MLTable", _yaml(own)), ("fruit.csv", _CSV)])
    far = [
        {"file": f"{_STORE}/tables/fruit.csv"},
        {"pattern": f"{_STORE}/many/**/*.csv"},
        {"folder": "azureml://datastores/keyed/paths/tables/"},
        {"file": "../tables/fruit.csv"},
        {"pattern": "./*.csv"},
    ]
    table = {"paths": far, "transformations": [{"read_delimited": {"delimiter": ","}}]}
    files = [("MLTable", _yaml(table)), ("near.csv", _CSV), ("data-1/taken.csv", b"1")]
    state.put_files("workspaceblobstore", "far", files)
    state.put_files("workspaceblobstore", "evil", [("ok.csv", _CSV), ("../../out.csv", b"no")])
    for number, name in enumerate(("\\windows.csv", "C:x.csv", "a//b.csv")):
        state.put_files("workspaceblobstore", f"evil{number}", [(name, b"no")])
    state.blobs[f"{_SAMPLES}/all/fruit.csv"] = state.blobs["public/fruit.csv"] = _CSV
    scope = service.workspace.scope.removeprefix("/")
    for name, version, kind, uri in (
        ("fruit", "1", "uri_file", f"{_STORE}/many/a.csv"),
        ("fruit", "2", "uri_file", f"azureml://{scope}/datastores/workspaceblobstore/paths/tables/fruit.csv"),
        ("folder", "1", "uri_folder", f"{_STORE}/many/"),
        ("table", "1", "mltable", f"{_STORE}/own/"),
    ):  # fmt: skip
        state.data_assets[name, version] = DataAsset(name, version, kind, uri)


def _yaml(content: object) -> bytes:
    return yaml.safe_dump(content).encode()


@pytest.fixture(scope="module")
def ask(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Download all of some addresses in one process, since it takes seconds to start."""

    def asked(*values: str, kind: str = "uri") -> list[Answer]:
        folder = tmp_path_factory.mktemp("data")
        place = service.workspace
        names = [place.subscription_id, place.resource_group, place.workspace_name]
        references = [{"role": "training", "kind": kind, "value": value} for value in values]
        given = {"workspace": names, "references": references, "folder": str(folder)}
        done = run_python(
            "-c",
            _PROBE,
            environment=service.environment(folder / "home"),
            cwd=folder,
            stdin=json.dumps(given),
        )
        assert done.returncode == 0, done.stderr
        for secret in service.secrets:
            assert secret not in done.stdout + done.stderr
        answers = json.loads(done.stdout.splitlines()[-1])
        return [Answer(said, folder / str(number)) for number, said in enumerate(answers)]

    return asked


@pytest.fixture(scope="module")
def one_file(service: Service, ask: Any) -> dict[str, Answer]:
    place = service.workspace
    scope = f"subscriptions/{place.subscription_id}/resourcegroups/{place.resource_group}"
    scope += f"/workspaces/{place.workspace_name}"
    blob = f"https://{place.blob}/{_SAMPLES}/all/fruit.csv"
    uris = {
        "asset": "azureml:fruit:2",
        "latest asset": "azureml:fruit@latest",
        "asset id": f"azureml:{place.scope}/data/fruit/versions/2",
        "bare asset id": f"{place.scope}/data/fruit/versions/2",
        "place of an asset": f"azureml://locations/westeurope/workspaces/{place.workspace_id}"
        "/data/fruit/versions/2",
        "path": f"{_STORE}/tables/fruit.csv",
        "whole path": f"azureml://{scope}/datastores/workspaceblobstore/paths/tables/fruit.csv",
        "account key": "azureml://datastores/keyed/paths/tables/fruit.csv",
        "no key": "azureml://datastores/open/paths/tables/fruit.csv",
        "blob": blob,
        "signed blob": f"{blob}?{service.tokens.sas()}",
        "wasbs": f"wasbs://{_SAMPLES}@{place.blob}/all/fruit.csv",
        "abfss": f"abfss://{_SAMPLES}@{place.account}.dfs.core.windows.net/all/fruit.csv",
    }
    return dict(zip(uris, ask(*uris.values()), strict=True))


@pytest.mark.parametrize(
    "kind",
    [
        "asset", "latest asset", "asset id", "bare asset id", "place of an asset", "path",
        "whole path", "account key", "no key", "blob", "signed blob", "wasbs", "abfss",
    ],
)  # fmt: skip
def test_every_kind_of_address_gives_the_file_byte_for_byte(
    one_file: dict[str, Answer], kind: str
) -> None:
    answer = one_file[kind]
    assert answer.files == {"fruit.csv": _CSV}, answer.said
    assert answer.said["table"] == "fruit.csv"
    assert answer.said["files"] == ["fruit.csv"]


def test_an_asset_is_called_by_its_name_and_version(one_file: dict[str, Answer]) -> None:
    for kind in ("asset", "latest asset", "asset id", "place of an asset"):
        said = one_file[kind].said
        assert (said["name"], said["version"]) == ("fruit", "2")
    assert one_file["path"].said["version"] is None


def test_progress_counts_the_bytes_of_all_files(one_file: dict[str, Answer], ask: Any) -> None:
    assert one_file["path"].said["steps"][-1][:2] == [len(_CSV), len(_CSV)]
    (folder,) = ask("azureml:folder:1")
    done = [step[0] for step in folder.said["steps"]]
    total = len(_CSV) + len(_BIG) + 1
    assert (done[0], done[-1]) == (0, total)
    assert done == sorted(done)
    assert {step[1] for step in folder.said["steps"]} == {total}
    assert {step[2] for step in folder.said["steps"]} == {"folder"}


def test_a_folder_is_listed_page_by_page_and_never_takes_its_neighbour(
    service: Service, ask: Any
) -> None:
    service.state.page_size, before = 2, service.state.page_size
    seen = len(service.log)
    try:
        answers = ask("azureml:folder:1", f"{_STORE}/many", f"{_STORE}/many/deep")
    finally:
        service.state.page_size = before
    whole = {"a.csv": _CSV, "deep/b.csv": _BIG, "zero.csv": b"", "Ä b.csv": b"1"}
    assert answers[0].files == whole
    assert answers[1].files == whole
    assert answers[2].files == {"b.csv": _BIG}
    assert answers[0].said["table"] == "."
    assert answers[0].said["files"] == sorted(whole)
    later = [r for r in service.log[seen:] if "marker" in r.query_keys]
    assert later


def test_an_mltable_with_files_of_its_own_stays_as_it_is(service: Service, ask: Any) -> None:
    by_asset, by_file = ask("azureml:table:1", f"{_STORE}/own/MLTable")
    container = service.state.datastores["workspaceblobstore"].container
    there = service.state.blobs[f"{container}/own/MLTable"]
    assert by_asset.files == {"MLTable": there, "fruit.csv": _CSV}
    assert by_file.files == by_asset.files


def test_an_mltable_brings_what_it_reads_elsewhere(ask: Any) -> None:
    (answer,) = ask(f"{_STORE}/far/")
    files = answer.files
    table = yaml.safe_load(files.pop("MLTable"))
    assert [value for entry in table["paths"] for value in entry.values()] == [
        "./data-0/fruit.csv",
        "./data-1_/**/*.csv",
        "./data-2",
        "./data-3/fruit.csv",
        "./*.csv",
    ]
    assert table["transformations"] == [{"read_delimited": {"delimiter": ","}}]
    assert files == {
        "near.csv": _CSV,
        "data-1/taken.csv": b"1",
        "data-0/fruit.csv": _CSV,
        "data-1_/a.csv": _CSV,
        "data-1_/deep/b.csv": _BIG,
        "data-1_/zero.csv": b"",
        "data-1_/Ä b.csv": b"1",
        "data-2/fruit.csv": _CSV,
        "data-3/fruit.csv": _CSV,
    }


def test_a_name_that_leaves_the_folder_is_refused_before_anything_is_written(ask: Any) -> None:
    uris = [f"{_STORE}/{folder}/" for folder in ("evil", "evil0", "evil1", "evil2")]
    for answer in ask(*uris):
        assert answer.said["error"] == "not_supported"
        assert "outside its folder" in answer.said["message"]
        assert answer.files == {}
        assert not (answer.folder.parent / "out.csv").exists()
        assert not (answer.folder.parent.parent / "out.csv").exists()


def test_what_is_not_there_is_said_so(ask: Any) -> None:
    answers = ask("azureml:nothing:1", "azureml:nothing@latest", f"{_STORE}/nothing/")
    assert [a.said["error"] for a in answers] == ["data_not_found"] * 3
    for answer, name in zip(answers, ("nothing:1", "nothing@latest", "nothing/"), strict=True):
        assert name in answer.said["message"]
        # Which option takes the table is known to who asks.
        assert "--data" not in answer.said["message"]


def test_what_cannot_be_downloaded_is_refused_with_a_way_out(service: Service, ask: Any) -> None:
    seen = len(service.log)
    answers = ask(
        "https://example.com/data.csv?sig=abc",
        "azureml://registries/shared/data/fruit/versions/1",
        "azureml://subscriptions/s/resourcegroups/g/workspaces/other/datastores/d/paths/x.csv",
        "azureml:/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices"
        "/workspaces/other/data/fruit/versions/1",
        "train.csv",
    )
    assert [a.said["error"] for a in answers] == ["not_supported"] * 5
    assert all("--data FILE" in a.said["message"] for a in answers)
    assert "sig=" not in answers[0].said["message"]
    assert "other" in answers[2].said["message"]
    assert "other" in answers[3].said["message"]
    assert [r.host for r in service.log[seen:]] == []


def test_a_dataset_of_sdk_v1_comes_with_an_mltable_that_reads_it(
    service: Service, ask: Any
) -> None:
    there = Dataset(_DATASET, "fruit", 3, "workspaceblobstore", ["tables/fruit.csv"])
    service.state.datasets[_DATASET] = there
    found, missing = ask(_DATASET, "bbbbbbbb-0000-4000-8000-000000000009", kind="id")
    files = found.files
    table = yaml.safe_load(files.pop("MLTable"))
    assert table["paths"] == [{"file": "./data-0/fruit.csv"}]
    assert "read_delimited" in table["transformations"][0]
    assert files == {"data-0/fruit.csv": _CSV}
    assert missing.said["error"] == "data_not_found"
    assert "bbbbbbbb-0000-4000-8000-000000000009" in missing.said["message"]


def test_a_dataset_of_sdk_v1_keeps_its_codes_as_text_and_drops_its_columns(
    service: Service, ask: Any
) -> None:
    dataset_id = "aaaaaaaa-0000-4000-8000-000000000003"
    service.state.put_files("workspaceblobstore", "codes", [("t.csv", b"zip,id,n\n01234,1,5\n")])
    column = {"type": 2, "details": {"selectedColumn": "zip"}}
    steps = [
        step("GetDatastoreFiles", {"datastores": [_stored("codes/t.csv")]}),
        step("ParseDelimited", {"separator": ",", "columnHeadersMode": 3}),
        step("SetColumnTypes", {"columnConversion": [{"column": column, "typeProperty": 0}]}),
        step("DropColumns", {"columns": {"details": {"selectedColumns": ["Path", "id"]}}}),
    ]
    there = SteppedDataset(dataset_id, "codes", 1, "workspaceblobstore", [], steps=steps)
    service.state.datasets[dataset_id] = there
    (answer,) = ask(dataset_id, kind="id")
    assert answer.said["table"] == "."
    found = load_table(answer.folder / answer.said["table"])
    assert found.to_dict("list") == {"zip": ["01234"], "n": [5]}


def _stored(path: str) -> dict[str, str]:
    return {"datastoreName": "workspaceblobstore", "path": path}


def test_a_dataset_whose_definition_does_more_than_read_is_refused_by_name(
    service: Service, ask: Any
) -> None:
    paths, steps = ["tables/fruit.csv"], [step("FilterRows", {})]
    there = SteppedDataset(_DATASET, "fruit", 3, "workspaceblobstore", paths, steps=steps)
    service.state.datasets[_DATASET] = there
    (answer,) = ask(_DATASET, kind="id")
    assert answer.said["error"] == "not_supported"
    assert "FilterRows" in answer.said["message"]
    assert "--data FILE" in answer.said["message"]


def test_who_may_not_see_keys_reads_with_the_own_sign_in(service: Service, ask: Any) -> None:
    service.fail("workspace-forbidden", path="listSecrets$")
    try:
        (answer,) = ask(f"{_STORE}/tables/fruit.csv")
    finally:
        service.heal()
    assert answer.files == {"fruit.csv": _CSV}, answer.said


def test_a_refusal_of_the_storage_passes_as_it_is(service: Service, ask: Any) -> None:
    service.fail("blob-403")
    try:
        store, address = ask(f"{_STORE}/tables/fruit.csv", "azureml://datastores/open/paths/x/")
    finally:
        service.heal()
    for answer in (store, address):
        assert answer.said["status"] == 403
        assert answer.said["error"] == "ClientAuthenticationError"
        assert answer.files == {}


def test_a_public_blob_opens_without_the_sign_in_it_refuses(service: Service, ask: Any) -> None:
    seen = len(service.log)
    (answer,) = ask(f"https://{service.workspace.blob}/public/fruit.csv")
    assert answer.files == {"fruit.csv": _CSV}, answer.said
    asked = [r for r in service.log[seen:] if r.host == service.workspace.blob]
    assert [(r.scheme, r.status) for r in asked] == [("Bearer", 401), ("", 200), ("", 206)]


def test_a_body_cut_short_is_no_file(service: Service, ask: Any) -> None:
    service.fail("truncated", path="fruit.csv$")
    try:
        (answer,) = ask(f"{_STORE}/tables/fruit.csv")
    finally:
        service.heal()
    assert "error" in answer.said
    assert "files" not in answer.said


def test_only_the_service_is_contacted(service: Service) -> None:
    assert service.unanswered() == []
