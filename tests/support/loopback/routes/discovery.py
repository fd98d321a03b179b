"""The map of service addresses that v1 and v2 ask for before anything else."""

from loopback.messages import Answer, Call, ok
from loopback.routes import Route

_SERVICES = (
    "api",
    "artifacts",
    "catalog",
    "cert",
    "credential",
    "dataprep",
    "datastore",
    "discovery",
    "experimentation",
    "history",
    "hyperdrive",
    "inferencing",
    "metrics",
    "mlflow",
    "modelmanagement",
    "studio",
)


def _discovery(call: Call) -> Answer:
    return ok(dict.fromkeys(_SERVICES, f"https://{call.state.place.api}"))


ROUTES = (Route("api", "GET", r"/discovery(/.*)?", _discovery, public=True),)
