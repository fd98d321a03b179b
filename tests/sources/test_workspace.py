"""Which workspace is meant: options, environment variables, config.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen_fi.errors import UsageError
from codegen_fi.sources import Workspace, find_workspace
from codegen_fi.sources.workspace import locate_workspace

VARIABLES = (
    "AZUREML_ARM_SUBSCRIPTION",
    "AZUREML_ARM_RESOURCEGROUP",
    "AZUREML_ARM_WORKSPACE_NAME",
    "AZURE_SUBSCRIPTION_ID",
    "AZURE_RESOURCE_GROUP",
    "AZUREML_WORKSPACE_NAME",
    "AZURE_ML_WORKSPACE_NAME",
    "AZURE_ML_WORKSPACE",
    "AZURE_WORKSPACE_NAME",
)
ARM = "/subscriptions/s9/resourceGroups/g9"
PROVIDER = "providers/Microsoft.MachineLearningServices/"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def config(path: Path, name: str, **changes: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"subscription_id": "s", "resource_group": "g", "workspace_name": name, **changes}
    path.write_text(json.dumps(content))
    return path


def set_all(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name, value in zip(names, ("es", "eg", "ew"), strict=True):
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    "place",
    [
        "config.json",
        ".azureml/config.json",
        ".azureml/project.json",
        "aml_config/config.json",
        "aml_config/project.json",
    ],
)
def test_a_config_is_found_here_and_in_each_folder_above(tmp_path: Path, place: str) -> None:
    path = config(tmp_path / place, "w")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    for start in (tmp_path, below):
        located = locate_workspace(start=start)
        assert located.workspace == Workspace("s", "g", "w")
        assert located.where == str(path)


def test_of_several_configs_that_counts_which_the_sdks_take(tmp_path: Path) -> None:
    for place, name in (
        ("config.json", "plain"),
        ("aml_config/config.json", "old"),
        (".azureml/config.json", "hidden"),
    ):
        config(tmp_path / place, name)
        assert find_workspace(start=tmp_path).workspace_name == name


def test_the_nearest_folder_counts(tmp_path: Path) -> None:
    config(tmp_path / ".azureml/config.json", "far")
    config(tmp_path / "a" / "config.json", "near")
    assert find_workspace(start=tmp_path / "a").workspace_name == "near"


def test_the_current_folder_is_where_the_search_begins(tmp_path: Path) -> None:
    config(tmp_path / "config.json", "here")
    assert find_workspace().workspace_name == "here"


def test_a_file_may_be_named_whatever_it_is_called(tmp_path: Path) -> None:
    config(tmp_path / "config.json", "here")
    named = config(tmp_path / "x" / "test-workspace.json", "named")
    assert find_workspace(config=named).workspace_name == "named"
    config(tmp_path / "y" / ".azureml" / "config.json", "folder")
    assert find_workspace(config=tmp_path / "y").workspace_name == "folder"


@pytest.mark.parametrize("provider", [PROVIDER, ""])
def test_a_config_may_hold_a_resource_id(tmp_path: Path, provider: str) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"Scope": f"{ARM}/{provider}workspaces/w9"}))
    assert find_workspace() == Workspace("s9", "g9", "w9")


def test_a_config_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = config(tmp_path / "config.json", "w")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert find_workspace().workspace_name == "w"


@pytest.mark.parametrize(
    "names",
    [
        ("AZUREML_ARM_SUBSCRIPTION", "AZUREML_ARM_RESOURCEGROUP", "AZUREML_ARM_WORKSPACE_NAME"),
        ("AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZUREML_WORKSPACE_NAME"),
        ("AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZURE_ML_WORKSPACE_NAME"),
        ("AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZURE_WORKSPACE_NAME"),
    ],
)
def test_variables_count_before_a_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    config(tmp_path / "config.json", "w")
    set_all(monkeypatch, *names)
    located = locate_workspace()
    assert located.workspace == Workspace("es", "eg", "ew")
    assert located.where == ", ".join(names)


def test_the_variables_of_azure_ml_compute_count_before_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_all(monkeypatch, "AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZURE_WORKSPACE_NAME")
    monkeypatch.setenv("AZUREML_ARM_WORKSPACE_NAME", "compute")
    assert find_workspace() == Workspace("es", "eg", "compute")


def test_variables_that_name_no_whole_workspace_leave_a_config_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config(tmp_path / "config.json", "w")
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", "of another program")
    assert find_workspace() == Workspace("s", "g", "w")


def test_a_config_that_was_named_counts_before_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, "AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZURE_WORKSPACE_NAME")
    assert find_workspace(config=config(tmp_path / "my.json", "w")) == Workspace("s", "g", "w")


def test_options_count_before_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config(tmp_path / "config.json", "w")
    set_all(monkeypatch, "AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP", "AZURE_WORKSPACE_NAME")
    located = locate_workspace("os", "og", "ow")
    assert located.workspace == Workspace("os", "og", "ow")
    assert located.where == "--subscription-id, --resource-group, --workspace"


def test_what_options_leave_open_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config(tmp_path / "config.json", "w")
    located = locate_workspace(workspace="other")
    assert located.workspace == Workspace("s", "g", "other")
    assert located.where == f"--workspace, {path}"
    monkeypatch.setenv("AZURE_SUBSCRIPTION_ID", "es")
    monkeypatch.setenv("AZURE_RESOURCE_GROUP", "eg")
    assert find_workspace(workspace="other") == Workspace("es", "eg", "other")


def test_a_resource_id_names_all_three() -> None:
    whole = f"{ARM}/{PROVIDER}workspaces/w9"
    assert find_workspace(workspace=whole) == Workspace("s9", "g9", "w9")
    assert find_workspace("S9", "g9", whole) == Workspace("s9", "g9", "w9")


def test_a_resource_id_against_another_option_is_refused() -> None:
    with pytest.raises(UsageError, match="--resource-group is other, but --workspace names g9"):
        find_workspace(None, "other", f"{ARM}/{PROVIDER}workspaces/w9")


def test_a_resource_id_of_something_else_is_refused() -> None:
    with pytest.raises(UsageError, match="is no workspace"):
        find_workspace("s", "g", f"{ARM}/providers/Microsoft.Storage/storageAccounts/x")


def test_without_any_the_three_ways_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_workspace()
    text = str(caught.value)
    assert str(tmp_path) in text
    for word in ("config.json", "--subscription-id", "AZURE_SUBSCRIPTION_ID", ".azureml"):
        assert word in text
    assert "Still open" not in text


def test_what_is_still_open_is_named() -> None:
    with pytest.raises(UsageError, match=r"Still open: --subscription-id, --resource-group\."):
        find_workspace(workspace="w")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", r"config\.json, line 1: not JSON"),
        ("[]", "holds no JSON object"),
        ('{"subscription_id": "s", "resource_group": "g"}', "lacks workspace_name"),
        ('{"subscription_id": "", "workspace_name": 3}', "lacks subscription_id and resource_gro"),
        ('{"Scope": "/subscriptions/s"}', "lacks subscription_id"),
    ],
)
def test_a_config_that_cannot_be_used_names_file_and_key(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "config.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=says) as caught:
        find_workspace()
    assert str(path) in str(caught.value)
    assert "Download config.json again" in str(caught.value)


def test_a_config_in_other_letters_than_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(b'{"resource_group": "gr\xfcn"}')
    with pytest.raises(UsageError, match="not JSON"):
        find_workspace()


@pytest.mark.parametrize("name", ["my.json", "nowhere"])
def test_a_config_that_is_not_there_is_not_replaced_by_another(tmp_path: Path, name: str) -> None:
    config(tmp_path / "config.json", "w")
    with pytest.raises(UsageError, match=f"{name} does not exist"):
        find_workspace(config=Path(name))
