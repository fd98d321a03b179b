"""The address where a virtual machine asks for its own identity, answered only when it has one."""

import time

from loopback.messages import Answer, Call, ok
from loopback.routes import Route


def _token(call: Call) -> Answer:
    tokens = call.state.tokens
    return ok(
        {
            "access_token": tokens.access_token(),
            "expires_in": str(tokens.lifetime),
            "expires_on": str(int(time.time()) + tokens.lifetime),
            "resource": call.query.get("resource", ""),
            "token_type": "Bearer",
        }
    )


ROUTES = (Route("identity", "GET", r"/metadata/identity/oauth2/token", _token),)
