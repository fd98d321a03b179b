"""Azure's management service: cloud metadata, subscriptions and the workspace."""

from loopback.messages import Answer, Call, ok
from loopback.place import LOGIN, MANAGEMENT
from loopback.routes import Route

_KIND = "Microsoft.MachineLearningServices/workspaces"


def _clouds(_: Call) -> Answer:
    cloud = {
        "name": "AzureCloud",
        "portal": "https://portal.azure.com",
        "authentication": {
            "loginEndpoint": f"https://{LOGIN}/",
            "audiences": [
                "https://management.core.windows.net/",
                f"https://{MANAGEMENT}/",
            ],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "media": "https://rest.media.azure.net",
        "graphAudience": "https://graph.windows.net/",
        "graph": "https://graph.windows.net/",
        "suffixes": {
            "storage": "core.windows.net",
            "keyVaultDns": "vault.azure.net",
            "acrLoginServer": "azurecr.io",
            "sqlServerHostname": "database.windows.net",
            "azureDataLakeStoreFileSystem": "azuredatalakestore.net",
            "azureDataLakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
        },
        "batch": "https://batch.core.windows.net/",
        "resourceManager": f"https://{MANAGEMENT}/",
        "gallery": "https://gallery.azure.com/",
        "activeDirectoryDataLake": "https://datalake.azure.net/",
        "sqlManagement": "https://management.core.windows.net:8443/",
        "vmImageAliasDoc": "https://raw.githubusercontent.com/images.json",
    }
    return ok([cloud])


def _subscriptions(call: Call) -> Answer:
    place = call.state.place
    subscription = {
        "id": f"/subscriptions/{place.subscription_id}",
        "subscriptionId": place.subscription_id,
        "tenantId": place.tenant,
        "displayName": "Loopback",
        "state": "Enabled",
    }
    return ok({"value": [subscription]})


def _tenants(call: Call) -> Answer:
    tenant = call.state.place.tenant
    return ok({"value": [{"id": f"/tenants/{tenant}", "tenantId": tenant}]})


def _workspace(call: Call) -> Answer:
    place = call.state.place
    providers = f"{place.group}/providers"
    properties = {
        "friendlyName": place.workspace_name,
        "description": "",
        "creationTime": "2026-01-01T00:00:00Z",
        "workspaceId": place.workspace_id,
        "provisioningState": "Succeeded",
        "storageAccount": f"{providers}/Microsoft.Storage/storageAccounts/{place.account}",
        "keyVault": f"{providers}/Microsoft.KeyVault/vaults/vault",
        "applicationInsights": f"{providers}/microsoft.insights/components/insights",
        "hbiWorkspace": False,
        "tenantId": place.tenant,
        "discoveryUrl": f"https://{place.api}/discovery",
        "mlFlowTrackingUri": place.tracking_uri,
        "publicNetworkAccess": "Enabled",
    }
    identity = {"type": "SystemAssigned", "principalId": "p", "tenantId": place.tenant}
    return ok(
        {
            "id": place.scope,
            "name": place.workspace_name,
            "type": _KIND,
            "location": place.region,
            "kind": "Default",
            "identity": identity,
            "sku": {"name": "Basic", "tier": "Basic"},
            "tags": {},
            "etag": "e",
            "properties": properties,
        }
    )


ROUTES = (
    Route("management", "GET", r"/metadata/endpoints", _clouds, public=True),
    Route("management", "GET", r"/subscriptions", _subscriptions),
    Route("management", "GET", r"/tenants", _tenants),
    Route("management", "GET", r"~", _workspace),
)
