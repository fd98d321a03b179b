"""Registered datasets of SDK v1 and the datastores as that SDK asks for them, with their keys."""

import json
from dataclasses import dataclass, field
from typing import Any

from loopback.messages import Answer, Call, error, ok
from loopback.routes import Route
from loopback.state import Dataset, Datastore

_PREFIX = "unregistered-"


@dataclass(slots=True)
class SteppedDataset(Dataset):
    """A dataset whose definition a test writes itself; see `step`."""

    steps: list[dict[str, Any]] = field(default_factory=list)


def steps(dataset: Dataset, place: Any) -> list[dict[str, Any]]:
    """Return a dataset's definition as a studio upload stores it: files, reader, columns, types."""
    stores = [
        {
            "datastoreName": dataset.datastore,
            "path": path,
            "resourceGroup": place.resource_group,
            "subscription": place.subscription_id,
            "workspaceName": place.workspace_name,
        }
        for path in dataset.paths
    ]
    files = step("GetDatastoreFiles", {"datastores": stores})
    if dataset.kind != "tabular":
        return [files]
    reader = _parquet() if dataset.paths[0].endswith("parquet") else _delimited()
    path = {"type": 0, "details": {"selectedColumns": ["Path"]}}
    return [files, reader, step("DropColumns", {"columns": path})]


def _delimited() -> dict[str, Any]:
    return step(
        "ParseDelimited",
        {
            "columnHeadersMode": 3,
            "fileEncoding": 0,
            "handleQuotedLineBreaks": False,
            "preview": False,
            "separator": ",",
            "skipRows": 0,
            "skipRowsMode": 0,
        },
    )


def _parquet() -> dict[str, Any]:
    return step("ReadParquetFile", {"preview": False})


def step(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return one step of a definition, as it is stored."""
    return {
        "id": "00000000-0000-4000-8000-000000000000",
        "type": f"Microsoft.DPrep.{name}Block",
        "arguments": arguments,
        "localData": {},
        "isEnabled": True,
        "name": None,
        "annotation": None,
    }


def _dataflow(call: Call, dataset: Dataset) -> str:
    known = getattr(dataset, "steps", None) or steps(dataset, call.state.place)
    return json.dumps({"blocks": known, "inspectors": [], "meta": {}})


def _registered(call: Call) -> Answer:
    dataset = call.state.datasets.get(call.args["id"])
    found = [_record(call, dataset)] if dataset and dataset.name else []
    return ok({"value": found, "continuationToken": None, "nextLink": None})


def _record(call: Call, dataset: Dataset) -> dict[str, Any]:
    latest = {
        "datasetId": dataset.dataset_id,
        "versionId": str(dataset.version),
        "datasetDefinitionState": {"state": "active"},
        "dataflow": _dataflow(call, dataset),
        "dataPath": None,
        "properties": {},
        "savedDatasetId": dataset.dataset_id,
    }
    return {
        "datasetId": f"registered-{dataset.dataset_id}",
        "datasetState": {"state": "active"},
        "latest": latest,
        "name": dataset.name,
        "description": None,
        "tags": {},
        "isVisible": True,
        "datasetType": dataset.kind,
    }


def _saved(call: Call) -> Answer:
    dataset = call.state.datasets.get(call.args["id"])
    if dataset is None:
        return error(404, "UserError", f"Saved dataset {call.args['id']} was not found")
    return ok(
        {
            "id": dataset.dataset_id,
            "datasetType": dataset.kind,
            "properties": {},
            "dataflowJson": _dataflow(call, dataset),
            "dataChanged": False,
            "dataPath": None,
        }
    )


def _as_version(call: Call) -> Answer:
    dataset = call.state.datasets.get(call.args["name"].removeprefix(_PREFIX))
    if dataset is None:
        return error(404, "UserError", f"Data version {call.args['name']} was not found")
    listed = "".join(
        f"- file: azureml://datastores/{dataset.datastore}/paths/{path}\n" for path in dataset.paths
    )
    version = {"dataType": "UriFile", "dataUri": None, "versionId": "1"}
    return ok({"dataVersion": version, "legacyDataflow": f"paths:\n{listed}"})


def _datastore(call: Call) -> Answer:
    store = call.state.datastores.get(call.args["name"])
    if store is None:
        return error(404, "UserError", f"Datastore {call.args['name']} was not found")
    storage = {
        "accountName": call.state.place.account,
        "containerName": store.container,
        "endpoint": "core.windows.net",
        "protocol": "https",
        "blobCacheTimeout": None,
        "subscriptionId": call.state.place.subscription_id,
        "resourceGroup": call.state.place.resource_group,
        **_keys(call, store),
    }
    return ok(
        {
            "name": store.name,
            "dataStoreType": "AzureBlob",
            "hasBeenValidated": True,
            "tags": {},
            "azureStorageSection": storage,
        }
    )


def _keys(call: Call, store: Datastore) -> dict[str, Any]:
    tokens = call.state.tokens
    if store.credentials == "AccountKey":
        key = tokens.account_key
        given = {"credentialType": "AccountKey", "credential": key, "accountKey": key}
    elif store.credentials == "Sas":
        sas = tokens.sas()
        given = {"credentialType": "Sas", "credential": sas, "sasToken": sas, "isSas": True}
    else:
        given = {"credentialType": "None", "credential": ""}
    return given


_SETS = r"/dataset/v1\.0~"
ROUTES = (
    Route("api", "GET", rf"{_SETS}/datasets/query/savedDatasetId=(?P<id>[^/]+)", _registered),
    Route("api", "GET", rf"{_SETS}/saveddatasets/(?P<id>[^/]+)", _saved),
    Route("api", "GET", r"/data/v1\.0~/dataversion/(?P<name>[^/]+)/versions/[^/]+", _as_version),
    Route("api", "GET", r"/datastore/v1\.0~/datastores/(?P<name>[^/]+)", _datastore),
)
