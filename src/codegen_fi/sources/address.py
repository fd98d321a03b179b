"""What a user may name as RUN: a path, ``mlflow:<run id>``, ``azureml:<run id>``, a studio page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Final, Literal
from urllib.parse import parse_qs, urlsplit

from codegen_fi.errors import UsageError
from codegen_fi.sources.records import Workspace

_STUDIO: Final = "ml.azure.com"
_SCHEMES: Final = ("mlflow", "azureml")
# Run ids end up in requests and messages; both services keep to these letters.
_RUN_ID: Final = re.compile(r"[A-Za-z0-9][\w.-]*\Z")
_ARM: Final = re.compile(
    r"(?:azureml://[^/]+/mlflow/v[\d.]+)?/subscriptions/(?P<subscription>[^/]+)/resource[gG]roups/(?P<group>[^/]+)"
    r"/(?:providers/Microsoft\.MachineLearningServices/)?workspaces/(?P<name>[^/?]+)/?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a script is said to be.

    Attributes
    ----------
    kind
        ``path``, or the service a run belongs to.
    run_id
        The run; empty for a path, and for a service whose run is chosen by ``--best-of``.
    path
        The file or folder of a ``path``.
    workspace, tenant
        What a studio address says about them.
    """

    kind: Literal["path", "mlflow", "azureml"]
    run_id: str = ""
    path: Path = Path()
    workspace: Workspace | None = None
    tenant: str | None = None

    def __str__(self) -> str:
        return str(self.path) if self.kind == "path" else f"{self.kind}:{self.run_id}"


def parse_address(named: str | PathLike[str]) -> Address:
    """Return what a RUN means.

    Raises
    ------
    UsageError
        It names a service, but no run id a service could have given.
    """
    text = fspath(named)
    parts = urlsplit(text)
    if parts.scheme == "https" and parts.hostname == _STUDIO:
        return _studio(text)
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in _SCHEMES:
        return Address("path", path=Path(text))
    if rest.startswith("//"):
        raise UsageError(
            f"{text} is the address of a store, not a run. Give {scheme}:<run id>"
            + (f" with --tracking-uri {text}" if "/mlflow/" in text else "")
            + "."
        )
    if rest and not _RUN_ID.match(rest):
        raise UsageError(
            f"{text!r} names no run: a run id has letters, digits, dots, dashes and underscores."
        )
    return Address("mlflow" if scheme == "mlflow" else "azureml", rest)


def parse_arm_id(text: str) -> Workspace | None:
    """Return the workspace of a resource id, or of a tracking URI made of one; else None."""
    match = _ARM.match(text)
    return Workspace(match["subscription"], match["group"], match["name"]) if match else None


def _studio(text: str) -> Address:
    parts = urlsplit(text)
    query = parse_qs(parts.query)
    run = re.search(r"/(?:runs|jobs)/([^/]+)", parts.path)
    if run is None or not _RUN_ID.match(run[1]):
        raise UsageError(f"{text} is no page of a run. Open the run in the studio and copy again.")
    where = parse_arm_id(query.get("wsid", [""])[0])
    return Address("azureml", run[1], workspace=where, tenant=query.get("tid", [None])[0])
