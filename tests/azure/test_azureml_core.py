"""The SDK v1 client against the loopback service: runs, files, and data without its data engine."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from clients import SOURCE, run_python
from loopback import Service
from loopback.routes.datasets import SteppedDataset, step
from loopback.state import Dataset, Datastore

from codegen_fi.run.tables import to_parquet
from codegen_fi.runtime.errors import DataError
from codegen_fi.runtime.tables import load_table
from codegen_fi.sources.clients._azureml_core_dataflow import UnknownStepError, definition
from codegen_fi.sources.clients._azureml_core_runs import environment_of, numbers

_PROBE = Path(__file__).parent / "probes" / "core_calls.py"
_PARENT = "AutoML_aaaaaaaa-0000-4000-8000-000000000001"
_BEST = f"{_PARENT}_0"
_CODE = "outputs/generated_code"
_DATASET = "aaaaaaaa-0000-4000-8000-000000000002"
_SCRIPT = f"automl_run_id = '{_PARENT}_0'\n# Äpfel\n".encode()
_CSV = b"zip,colour,ripe\n00123,red,1\n04711,green,0\n"


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        yield service


def _case(folder: Path) -> Path:
    folder.mkdir()
    facts = {
        "task": "classification",
        "label": "ripe",
        "run_algorithm": "LightGBM",
        "steps": ["MaxAbsScaler", "LightGBM"],
        "inputs": {"training_dataset_id": _DATASET},
        "settings": {
            "task_type": "classification",
            "primary_metric": "AUC_weighted",
            "label_column_name": "ripe",
        },
    }
    (folder / "case.json").write_text(json.dumps(facts), encoding="utf-8")
    (folder / "script.py").write_bytes(_SCRIPT)
    (folder / "train.csv").write_bytes(_CSV)
    return folder


def _calls(service: Service, tmp_path: Path, *calls: tuple[str, ...]) -> dict[str, Any]:
    """Return the answer to each call; also proves that nobody else was asked or told a secret."""
    place = service.workspace
    workspace = {
        "subscription_id": place.subscription_id,
        "resource_group": place.resource_group,
        "workspace_name": place.workspace_name,
    }
    home = tmp_path / "home"
    environment = service.environment(home) | {"PYTHONPATH": str(SOURCE)}
    asked = json.dumps({"workspace": workspace, "calls": [("connect",), *calls]})
    done = run_python(_PROBE, environment=environment, cwd=tmp_path, stdin=asked, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    assert service.unanswered() == []
    written = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and home not in p.parents]
    shown = "".join([done.stdout, done.stderr, *(w.decode("latin-1") for w in written)])
    assert not [secret for secret in service.secrets if secret in shown]
    return json.loads(done.stdout.splitlines()[-1])


def _dataset(service: Service, dataset_id: str, files: dict[str, bytes], *steps: Any) -> None:
    """Register a dataset whose files lie in a folder of its own; all of them unless told."""
    store = service.state.datastores["workspaceblobstore"]
    service.state.put_files(store.name, dataset_id, files.items())
    paths = [f"{dataset_id}/{name}" for name in files]
    if not steps:
        known = Dataset(dataset_id, f"name of {dataset_id}", 3, store.name, paths)
    else:
        known = SteppedDataset(
            dataset_id, f"name of {dataset_id}", 3, store.name, paths, steps=list(steps)
        )
    service.state.datasets[dataset_id] = known


def _files_of(path: str, datastore: str = "workspaceblobstore") -> dict[str, Any]:
    return step("GetDatastoreFiles", {"datastores": [{"datastoreName": datastore, "path": path}]})


def _data(service: Service, tmp_path: Path, *values: str, kind: str = "id") -> list[Any]:
    """Download tables, each to ``tmp_path / <number>``."""
    folders = [tmp_path / str(number) for number in range(len(values))]
    for folder in folders:
        folder.mkdir()
    calls = [("data", kind, v, str(f)) for v, f in zip(values, folders, strict=True)]
    return list(_calls(service, tmp_path, *calls)["answers"][1:])


def test_runs_are_read_with_their_files_in_few_requests(service: Service, tmp_path: Path) -> None:
    service.state.page_size = 3
    automl = service.add_automl(_case(tmp_path / "fruit"))
    target = tmp_path / "deep" / "script.py"
    answers = _calls(
        service,
        tmp_path,
        ("run", _PARENT),
        ("run", _BEST),
        ("children", _PARENT),
        ("experiment", "exp1"),
        ("files", _BEST, _CODE),
        ("files", _BEST, "outputs/generated"),
        ("fetch", _BEST, f"{_CODE}/script.py", str(target)),
    )["answers"]
    connected, parent, best, children, experiment, files, none, _ = answers
    assert connected["tracking_uri"].startswith(f"azureml://{service.workspace.api}/mlflow/")
    assert connected["versions"]["azureml-core"].startswith("1.")
    assert parent["properties"] == automl.parent.properties
    assert parent["tags"] == automl.parent.tags
    assert (parent["status"], parent["parent_id"]) == ("Completed", None)
    assert parent["started"].startswith("2026-01-01T00:01:00")
    assert [(d["role"], d["kind"], d["value"]) for d in parent["data"]] == [
        ("training", "id", _DATASET)
    ]
    assert (best["parent_id"], best["metrics"]) == (_PARENT, automl.best.metrics)
    assert [child["run_id"] for child in children] == [f"{_PARENT}_{n}" for n in (3, 2, 1, 0)]
    scores = [{"AUC_weighted": run.metrics["AUC_weighted"]} for run in reversed(automl.children)]
    assert [child["metrics"] for child in children] == scores
    assert [run["run_id"] for run in experiment][:4] == [child["run_id"] for child in children]
    assert {run["parent_id"] for run in experiment} == {_PARENT, None}
    assert files == [f"{_CODE}/script.py", f"{_CODE}/script_run_notebook.ipynb"]
    assert none == []
    assert target.read_bytes() == _SCRIPT
    assert service.hosts() == set(service.workspace.hosts)
    asked_for_metrics = [request for request in service.log if "/metric/" in request.path]
    assert len(asked_for_metrics) <= 5


def test_what_does_not_exist_is_named_and_nothing_is_created(
    service: Service, tmp_path: Path
) -> None:
    service.add_run("plain", {"outputs/log.txt": b"x"})
    answers = _calls(
        service,
        tmp_path,
        ("run", "nobody"),
        ("experiment", "nothing"),
        ("fetch", "plain", "outputs/none.py", str(tmp_path / "none.py")),
        ("data", "id", "no-such-id", str(tmp_path / "folder")),
        ("data", "uri", "azureml:fruit:1", str(tmp_path / "folder")),
        ("data", "uri", "azureml://datastores/gone/paths/x.csv", str(tmp_path / "folder")),
    )["answers"][1:]
    assert [answer["kind"] for answer in answers] == [
        "run_not_found",
        "experiment_not_found",
        "file_not_found",
        "data_not_found",
        "not_supported",
        "data_not_found",
    ]
    assert "no-such-id" in answers[3]["message"]
    assert "--sdk v2" in answers[4]["message"]
    assert "datastore gone" in answers[5]["message"]
    assert not [n for n in (3, 5) if "--data" in answers[n]["message"]]
    assert {request.method for request in service.log if "experiments" in request.path} <= {
        "GET",
        "POST",
    }
    assert not [r for r in service.log if r.method in {"PUT", "PATCH", "DELETE"}]
    assert not [r for r in service.log if r.method == "POST" and r.path.endswith("/experiments")]


def test_a_file_cut_short_once_is_whole_and_always_is_given_up_soon(
    service: Service, tmp_path: Path
) -> None:
    content = b"x = 1\n" * 500
    service.add_run("once", {"outputs/once.py": content})
    service.add_run("always", {"outputs/always.py": content})
    service.fail("truncated", times=1, path="once")
    service.fail("truncated", path="always")
    once, always = tmp_path / "once.py", tmp_path / "always.py"
    answers = _calls(
        service,
        tmp_path,
        ("fetch", "once", "outputs/once.py", str(once)),
        ("fetch", "always", "outputs/always.py", str(always)),
    )["answers"][1:]
    assert answers[0] is None
    assert once.read_bytes() == content
    assert answers[1]["kind"] == "incomplete_download"
    assert len([r for r in service.log if r.path.endswith("always.py") and "blob" in r.host]) == 3


def test_csv_and_parquet_datasets_arrive_byte_for_byte_and_as_tables(
    service: Service, tmp_path: Path
) -> None:
    frame = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, None, 2.5], "c": ["x", "y", None]})
    stream = io.BytesIO()
    frame.to_parquet(stream)
    service.state.datastores["locked"] = Datastore("locked", "locked", credentials="None")
    service.state.datastores["keyed"] = Datastore("keyed", "keyed", credentials="AccountKey")
    _dataset(service, "csv", {"train.csv": _CSV})
    _dataset(service, "parquet", {"part.parquet": stream.getvalue()})
    for name in ("locked", "keyed"):
        service.state.put_files(name, "x", [("t.csv", _CSV)])
        service.state.datasets[name] = Dataset(name, name, 1, name, ["x/t.csv"])
    csv, parquet, *others = _data(service, tmp_path, "csv", "parquet", "locked", "keyed")
    assert (csv["name"], csv["version"], csv["table"]) == ("name of csv", "3", ".")
    assert csv["files"] == ["MLTable", "data-0/train.csv"]
    assert (tmp_path / "0/data-0/train.csv").read_bytes() == _CSV
    pd.testing.assert_frame_equal(
        load_table(tmp_path / "0"), pd.read_csv(io.BytesIO(_CSV), dtype={"colour": object})
    )
    assert parquet["files"] == ["MLTable", "data-0/part.parquet"]
    assert (tmp_path / "1/data-0/part.parquet").read_bytes() == stream.getvalue()
    pd.testing.assert_frame_equal(load_table(tmp_path / "1"), frame.astype({"c": object}))
    assert [item["files"] for item in others] == [["MLTable", "data-0/t.csv"]] * 2
    assert (tmp_path / "2/data-0/t.csv").read_bytes() == _CSV
    assert (tmp_path / "3/data-0/t.csv").read_bytes() == _CSV
    signed = {r.path.split("/")[1]: r.scheme for r in service.log if "t.csv" in r.path}
    assert signed == {"locked": "Bearer", "keyed": "SharedKey"}


def test_a_definition_says_which_files_and_how_to_read_them(
    service: Service, tmp_path: Path
) -> None:
    latin = {
        "columnHeadersMode": 0,
        "fileEncoding": 2,
        "separator": ";",
        "skipRows": 0,
    }
    parts = {"a/1.csv": "ä;01\n".encode("latin-1"), "a/2.csv": b"b;02\n", "a/3.log": b"-"}
    _dataset(service, "glob", parts, _files_of("glob/**/*.csv"), step("ParseDelimited", latin))
    _dataset(
        service,
        "codes",
        parts,
        _files_of("codes/a/*.csv"),
        step("ParseDelimited", latin),
        step("SetColumnTypes", {"columnConversion": [_typed("Column2", 0)]}),
    )
    _dataset(service, "folder", {"x/1.csv": b"n\n1\n", "x/2.csv": b"n\n2\n"}, _files_of("folder/x"))
    answers = _data(service, tmp_path, "glob", "codes", "folder")
    assert [answer["table"] for answer in answers] == [".", ".", "data-0"]
    assert [p.name for p in sorted((tmp_path / "0").rglob("*.*"))] == ["1.csv", "2.csv"]
    read = load_table(tmp_path / "0")
    assert read.to_dict("list") == {"Column1": ["ä", "b"], "Column2": [1, 2]}
    read = load_table(tmp_path / "1")
    assert read.to_dict("list") == {"Column1": ["ä", "b"], "Column2": ["01", "02"]}
    assert load_table(tmp_path / "2/data-0")["n"].tolist() == [1, 2]


def test_a_dataset_with_codes_and_dropped_columns_ends_as_the_table_it_was(
    service: Service, tmp_path: Path
) -> None:
    content = b"zip,country,id,ripe,note\n00123,NA,7,1,x\n04711,,8,0,y\n"
    types = [_typed(name, 0) for name in ("zip", "Path", "country", "note", "nowhere")]
    _dataset(
        service,
        "typed",
        {"t.csv": content},
        _files_of("typed/t.csv"),
        step("ParseDelimited", {"separator": ",", "columnHeadersMode": 3}),
        _columns("DropColumns", "Path", "note"),
        step("SetColumnTypes", {"columnConversion": [*types, _typed("ripe", 2)]}),
        _columns("KeepColumns", "ripe", "zip", "country"),
    )
    (answer,) = _data(service, tmp_path, "typed")
    assert answer["files"] == ["MLTable", "data-0/t.csv"]
    written = yaml.safe_load((tmp_path / "0/MLTable").read_text("utf-8"))["transformations"]
    texts = {"columns": ["zip", "country", "note"], "column_type": "string"}
    assert written[1:] == [
        {"convert_column_types": [texts]},
        {"drop_columns": ["note"]},
        {"keep_columns": ["ripe", "zip", "country"]},
    ]
    expected = pd.DataFrame(
        {"zip": ["00123", "04711"], "country": ["NA", None], "ripe": [1, 0]}, dtype=object
    ).astype({"ripe": "int64"})
    pd.testing.assert_frame_equal(_plain(load_table(tmp_path / "0")), expected)
    to_parquet(tmp_path / "0", tmp_path / "t.parquet")
    pd.testing.assert_frame_equal(_plain(load_table(tmp_path / "t.parquet")), expected)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with None for each missing text."""
    texts = frame.select_dtypes(object)
    return frame.assign(
        **{str(name): texts[name].where(texts[name].notna(), None) for name in texts}
    )


def test_a_column_that_a_dataset_drops_twice_is_told_when_it_is_read(
    service: Service, tmp_path: Path
) -> None:
    drop = _columns("DropColumns", "zip")
    reader = step("ParseDelimited", {"separator": ",", "columnHeadersMode": 3})
    _dataset(service, "twice", {"t.csv": _CSV}, _files_of("twice/t.csv"), reader, drop, drop)
    _data(service, tmp_path, "twice")
    with pytest.raises(DataError, match="'zip', which an earlier step took away"):
        load_table(tmp_path / "0")


def _columns(name: str, *columns: str) -> dict[str, Any]:
    return step(name, {"columns": {"details": {"selectedColumns": list(columns)}}})


def _typed(column: str, kind: int) -> dict[str, Any]:
    return {"column": {"type": 2, "details": {"selectedColumn": column}}, "typeProperty": kind}


def test_a_path_of_a_datastore_is_downloaded(service: Service, tmp_path: Path) -> None:
    service.state.put_files("workspaceblobstore", "t", [("a.csv", _CSV), ("b/c.csv", b"no")])
    service.state.put_files("workspaceblobstore", "t0", [("z.csv", b"not of this folder")])
    base = "azureml://datastores/workspaceblobstore/paths"
    scope = service.workspace.scope.removeprefix("/")
    whole = f"azureml://{scope}/datastores/workspaceblobstore/paths/t/b"
    elsewhere = whole.replace("/ws1/", "/other/")
    answers = _data(service, tmp_path, f"{base}/t/a.csv", whole, elsewhere, kind="uri")
    assert (answers[0]["files"], answers[0]["table"]) == (["a.csv"], "a.csv")
    assert (tmp_path / "0/a.csv").read_bytes() == _CSV
    assert (answers[1]["files"], answers[1]["table"]) == (["c.csv"], ".")
    assert answers[2]["kind"] == "not_supported"
    assert "other" in answers[2]["message"]


def test_data_that_may_not_be_read_or_understood_is_told(service: Service, tmp_path: Path) -> None:
    _dataset(service, "filtered", {"t.csv": _CSV}, _files_of("filtered/t.csv"), step("Filter", {}))
    _dataset(service, "secret", {"t.csv": _CSV})
    _dataset(service, "blob", {"t.csv": _CSV})
    service.fail("forbidden", path="^/(dataset|data)/.*secret")
    service.fail("blob-403")
    filtered, denied, blob = _data(service, tmp_path, "filtered", "secret", "blob")
    assert filtered["kind"] == "not_supported"
    assert "name of filtered" in filtered["message"]
    assert "'Filter'" in filtered["message"]
    assert "--data FILE" in filtered["message"]
    assert denied["kind"] == "denied"
    assert blob["kind"] == "link_refused"


def test_files_that_a_dataset_no_longer_finds_are_told(service: Service, tmp_path: Path) -> None:
    _dataset(service, "gone", {"t.csv": _CSV}, _files_of("gone/other.csv"))
    _dataset(service, "none", {"t.csv": _CSV}, _files_of("none/*.parquet"))
    answers = _data(service, tmp_path, "gone", "none")
    assert [answer["kind"] for answer in answers] == ["data_not_found"] * 2
    assert "gone/other.csv" in answers[0]["message"]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([step("TakeSample", {})], "TakeSample"),
        ([step("ParseDelimited", {"skipRows": 2})], "skips the first 2 rows"),
        ([step("ParseDelimited", {"fileEncoding": 99})], "unknown kind"),
        ([step("ParseDelimited", {})], "names no files"),
        ([step("GetDatastoreFiles", {})], "names no datastore"),
        ([step("KeepColumns", {"columns": {"details": {"pattern": ".*"}}})], "by a pattern"),
    ],
)
def test_a_definition_that_is_not_understood_is_refused(steps: list[Any], reason: str) -> None:
    with pytest.raises(UnknownStepError, match=reason):
        definition(json.dumps({"blocks": steps}))


@pytest.mark.parametrize("text", ["", "paths: []", "[]", '{"blocks": 1}', '{"blocks": ["x"]}'])
def test_a_definition_must_be_a_list_of_steps(text: str) -> None:
    with pytest.raises(UnknownStepError, match="definition"):
        definition(text)


def test_steps_that_are_switched_off_do_not_count() -> None:
    off = {**step("TakeSample", {}), "isEnabled": False}
    found = definition(json.dumps({"blocks": [_files_of("/t.csv"), off]}))
    assert [str(source) for source in found.sources] == ["workspaceblobstore/t.csv"]


def test_only_finite_numbers_count_as_metrics() -> None:
    given = {"a": [1, 2.5], "b": "0.5", "c": "nan", "d": "text", "e": [], "f": {"x": 1}, "g": None}
    assert numbers(given) == {"a": 2.5, "b": 0.5}


def test_the_environment_is_told_only_with_its_version() -> None:
    named = {"runDefinition": {"environment": {"name": "AzureML-AutoML", "version": "140"}}}
    assert environment_of(named) == "AzureML-AutoML:140"
    assert environment_of({"runDefinition": {"environment": {"name": "x"}}}) is None
    assert environment_of({"runDefinition": None}) is None
