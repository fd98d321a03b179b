"""What RUN may be, and what it must not be taken for."""

from pathlib import Path

import pytest

from codegen_fi.errors import UsageError
from codegen_fi.sources import Workspace, parse_address
from codegen_fi.sources.address import parse_arm_id

ARM = (
    "/subscriptions/11aa/resourcegroups/rg-1/providers/Microsoft.MachineLearningServices"
    "/workspaces/ws_2"
)


@pytest.mark.parametrize(
    "text",
    ["script.py", "folder/", "a:b", "C:\\models\\script.py", "mlflow", "azureml/x", "./azureml:x"],
)
def test_anything_else_is_a_path(text):
    address = parse_address(text)
    assert address.kind == "path"
    assert address.path == Path(text)


@pytest.mark.parametrize(
    ("text", "kind", "run"),
    [
        ("mlflow:0f3a", "mlflow", "0f3a"),
        ("azureml:AutoML_1f-2_30", "azureml", "AutoML_1f-2_30"),
        ("azureml:", "azureml", ""),
    ],
)
def test_a_run_is_named_by_its_service(text, kind, run):
    address = parse_address(text)
    assert (address.kind, address.run_id, str(address)) == (kind, run, text)


def test_the_page_of_the_studio_names_run_workspace_and_tenant():
    address = parse_address(f"https://ml.azure.com/runs/AutoML_9_3?wsid={ARM}&tid=abc#overview")
    assert (address.kind, address.run_id, address.tenant) == ("azureml", "AutoML_9_3", "abc")
    assert address.workspace == Workspace("11aa", "rg-1", "ws_2")


def test_the_page_of_an_experiment_is_not_one_of_a_run():
    with pytest.raises(UsageError, match="no page of a run"):
        parse_address(f"https://ml.azure.com/experiments/id/1?wsid={ARM}")


@pytest.mark.parametrize("run", ["../x", "a/b", "a b", "-x", "x?sig=1", "x\n"])
def test_letters_no_run_id_has_are_refused(run):
    with pytest.raises(UsageError, match="names no run"):
        parse_address(f"azureml:{run}")


def test_a_store_is_not_a_run():
    with pytest.raises(UsageError, match=r"--tracking-uri azureml://eastus.*/mlflow/"):
        parse_address("azureml://eastus.api.azureml.ms/mlflow/v1.0/subscriptions/x")


@pytest.mark.parametrize("text", ["ws", "/subscriptions/1", ARM + "/runs/x", "x" + ARM])
def test_what_is_no_resource_id_is_none(text):
    assert parse_arm_id(text) is None


def test_a_resource_id_without_the_provider_is_taken():
    assert parse_arm_id("/subscriptions/a/resourceGroups/b/workspaces/c") == Workspace(
        "a", "b", "c"
    )
