"""A cached table is used for exactly the table it is a copy of, and only when it is whole."""

from __future__ import annotations

import pytest

from codegen_fi.errors import SourceError, UsageError
from codegen_fi.sources import DataReference, Downloaded, Settings, Workspace
from codegen_fi.workflow.data import references_of, tables_of
from codegen_fi.workflow.table_cache import place_of

TABLE = DataReference("training", "uri", "azureml:churn:3")
HERE = Settings("azure-ai-ml", workspace=Workspace("sub1", "rg", "ws"))


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEGEN_FI_CACHE", str(tmp_path / "cache"))


def kept(tmp_path, settings=HERE, reference=TABLE):
    place = place_of(settings, reference)
    place.table.parent.mkdir(parents=True, exist_ok=True)
    made = tmp_path / "made"
    made.write_bytes(b"0123456789")
    return place, place.keep(made, Downloaded("churn", "3", ("a.csv",)), (4, 2))


def unreachable():
    raise AssertionError("the service was asked")


def test_a_table_that_was_kept_is_used_without_asking_the_service(tmp_path):
    place, _ = kept(tmp_path)
    assert tables_of(HERE, unreachable, {"training": TABLE}, False) == {"training": place.table}


@pytest.mark.parametrize(
    "other",
    [
        Settings("azure-ai-ml", workspace=Workspace("sub2", "rg", "ws")),
        Settings("azure-ai-ml", workspace=Workspace("sub1", "rg2", "ws")),
        Settings("mlflow", "mlruns"),
    ],
)
def test_a_table_of_the_same_name_elsewhere_is_another_one(tmp_path, other):
    kept(tmp_path)
    assert place_of(other, TABLE).reused() is None


def test_both_clients_of_a_workspace_share_a_table(tmp_path):
    kept(tmp_path)
    v1 = Settings("azureml-core", workspace=HERE.workspace)
    assert place_of(v1, TABLE).reused() is not None


def test_a_file_that_changed_is_another_table(tmp_path):
    store = Settings("mlflow", "mlruns")
    data = tmp_path / "data.csv"
    data.write_text("a\n1\n")
    reference = DataReference("training", "uri", str(data))
    kept(tmp_path, store, reference)
    assert place_of(store, reference).reused() is not None
    data.write_text("a\n1\n2\n")
    assert place_of(store, reference).reused() is None


@pytest.mark.parametrize("damage", ["cut", "note cut", "note gone", "table gone"])
def test_a_damaged_copy_is_not_used(tmp_path, damage):
    place, _ = kept(tmp_path)
    {
        "cut": lambda: place.table.write_bytes(b"01234"),
        "note cut": lambda: place.note.write_text("{"),
        "note gone": place.note.unlink,
        "table gone": place.table.unlink,
    }[damage]()
    assert place.reused() is None


def test_what_was_reused_and_how_to_renew_it_is_said(tmp_path):
    place, said = kept(tmp_path)
    assert said == f"Downloaded churn: 4 rows, 2 columns, kept in {place.table}"
    assert f"delete {place.table} to download it again" in str(place.reused())


def test_data_nobody_names_must_be_given():
    with pytest.raises(SourceError, match=r"validation data.*--validation-data FILE"):
        tables_of(HERE, unreachable, {"training": TABLE}, True)


@pytest.mark.parametrize("data", [[{"role": "training"}], [3], ["x"]])
def test_a_damaged_record_of_the_data_is_told(data):
    with pytest.raises(UsageError, match="damaged"):
        references_of({"run": {"data": data}}, [])


def test_the_run_counts_before_the_script():
    script = [
        {"role": "training", "kind": "id", "value": "1"},
        {"role": "validation", "kind": "id", "value": "2"},
    ]
    run = {"run": {"data": [{"role": "training", "kind": "uri", "value": "azureml:churn:3"}]}}
    assert references_of(run, script) == {
        "training": TABLE,
        "validation": DataReference("validation", "id", "2"),
    }
