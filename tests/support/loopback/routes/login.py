"""Sign-in: authority metadata, client secrets, device codes and refresh tokens."""

import base64
import json
import time
from urllib.parse import parse_qs

from loopback.messages import Answer, Call, ok
from loopback.place import LOGIN
from loopback.routes import Route
from loopback.tokens import random_word

_BAD_SECRET = "AADSTS7000215: Invalid client secret provided. Trace ID: loopback"


def _authority(call: Call) -> str:
    return f"https://{LOGIN}/{call.state.place.tenant}"


def _instances(call: Call) -> Answer:
    names = {"preferred_network": LOGIN, "preferred_cache": LOGIN, "aliases": [LOGIN]}
    endpoint = f"{_authority(call)}/v2.0/.well-known/openid-configuration"
    values = {"tenant_discovery_endpoint": endpoint, "api-version": "1.1", "metadata": [names]}
    return ok(values)


def _openid(call: Call) -> Answer:
    base = _authority(call)
    return ok(
        {
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "issuer": f"{base}/v2.0",
        }
    )


def _device_code(call: Call) -> Answer:
    return ok(
        {
            "user_code": "LOOPBACK1",
            "device_code": random_word(),
            "verification_uri": "https://microsoft.com/devicelogin",
            "expires_in": 900,
            "interval": 1,
            "message": "To sign in, open https://microsoft.com/devicelogin and enter LOOPBACK1",
        }
    )


def _token(call: Call) -> Answer:
    form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
    secret = form.get("client_secret")
    if secret is not None and secret != call.state.tokens.client_secret:
        return refused("invalid_client", _BAD_SECRET, 7000215)
    tokens = call.state.tokens
    now = int(time.time())
    values = {
        "token_type": "Bearer",
        "expires_in": tokens.lifetime,
        "ext_expires_in": tokens.lifetime,
        "expires_on": str(now + tokens.lifetime),
        "resource": form.get("resource", "https://management.azure.com/"),
        "access_token": tokens.access_token(),
    }
    if secret is None:
        values |= _person(call)
    return ok(values)


def _person(call: Call) -> dict[str, str]:
    tenant = call.state.place.tenant
    client_info = json.dumps({"uid": "00000000-0000-4000-8000-0000000000aa", "utid": tenant})
    return {
        "id_token": call.state.tokens.id_token(),
        "refresh_token": call.state.tokens.refresh_token(),
        "client_info": base64.urlsafe_b64encode(client_info.encode()).rstrip(b"=").decode(),
    }


def refused(name: str, description: str, code: int) -> Answer:
    """Answer as the sign-in service does when it refuses."""
    body = {"error": name, "error_description": description, "error_codes": [code]}
    return ok(body, 400 if name == "invalid_request" else 401)


ROUTES = (
    Route("login", "GET", r"/[^/]+/discovery/instance", _instances),
    Route("login", "GET", r"/[^/]+(/v2\.0)?/\.well-known/openid-configuration", _openid),
    Route("login", "POST", r"/[^/]+/oauth2/v2\.0/devicecode", _device_code),
    Route("login", "POST", r"/[^/]+/oauth2(/v2\.0)?/token", _token),
)
