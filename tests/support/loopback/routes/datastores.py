"""The places in blob storage that the workspace knows, with their keys."""

from typing import Any

from loopback.messages import Answer, Call, error, ok
from loopback.routes import Route
from loopback.state import Datastore

_KIND = "Microsoft.MachineLearningServices/workspaces/datastores"


def _datastore_record(call: Call, store: Datastore) -> dict[str, Any]:
    properties = {
        "datastoreType": "AzureBlob",
        "accountName": call.state.place.account,
        "containerName": store.container,
        "endpoint": "core.windows.net",
        "protocol": "https",
        "isDefault": store.is_default,
        "credentials": {"credentialsType": store.credentials},
        "description": None,
        "tags": {},
        "properties": {},
        "serviceDataAccessAuthIdentity": "None",
    }
    return {
        "id": f"{call.state.place.scope}/datastores/{store.name}",
        "name": store.name,
        "type": _KIND,
        "properties": properties,
    }


def _datastores(call: Call) -> Answer:
    stores = list(call.state.datastores.values())
    if call.query.get("isDefault") == "true":
        stores = [store for store in stores if store.is_default]
    return ok({"value": [_datastore_record(call, store) for store in stores]})


def _datastore(call: Call) -> Answer:
    store = call.state.datastores.get(call.args["name"])
    if store is None:
        return error(404, "UserError", f"Datastore {call.args['name']} was not found")
    return ok(_datastore_record(call, store))


def _datastore_secrets(call: Call) -> Answer:
    store = call.state.datastores.get(call.args["name"])
    if store is None:
        return error(404, "UserError", f"Datastore {call.args['name']} was not found")
    if store.credentials == "AccountKey":
        return ok({"secretsType": "AccountKey", "key": call.state.tokens.account_key})
    if store.credentials == "None":
        return ok({"secretsType": "None"})
    return ok({"secretsType": "Sas", "sasToken": call.state.tokens.sas()})


_STORE = r"~/datastores/(?P<name>[^/]+)"
ROUTES = (
    Route("management", "GET", r"~/datastores/?", _datastores),
    Route("management", "GET", _STORE, _datastore),
    Route("management", "POST", rf"{_STORE}/listSecrets", _datastore_secrets),
)
