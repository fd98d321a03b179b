"""Which ways to sign in to Azure look ready, told by names and never by values."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.workflow.doctor_records import Check

_AREA: Final = "Azure"
_PRINCIPAL: Final = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID")
_PROOFS: Final = (
    "AZURE_CLIENT_SECRET",
    "AZURE_CLIENT_CERTIFICATE_PATH",
    "AZURE_FEDERATED_TOKEN_FILE",
)
_ENDPOINTS: Final = ("IDENTITY_ENDPOINT", "MSI_ENDPOINT")
_FIX: Final = (
    f"az login, or set {', '.join((*_PRINCIPAL, _PROOFS[0]))}, or --credential device-code"
)


def sign_in() -> list[Check]:
    """Tell which ways to sign in look ready; nothing is asked of Azure."""
    checks = [check for check in (_principal(), _command_line(), _identity()) if check is not None]
    if not any(check.state == "ok" for check in checks):
        found = "no way to sign in without a person was found"
        checks.append(Check(_AREA, "sign-in", "no", found, _FIX))
    return checks


def workspace() -> Check:
    """Tell which workspace is meant when none is named."""
    from codegen_fi.sources.workspace import locate_workspace

    try:
        located = locate_workspace()
    except UsageError as error:
        return Check(_AREA, "workspace", "no", str(error))
    return Check(_AREA, "workspace", "ok", f"{located.workspace}, from {located.where}")


def _principal() -> Check | None:
    names = _set(*_PRINCIPAL, *_PROOFS)
    if not names:
        return None
    lacking = [name for name in _PRINCIPAL if name not in names]
    if not _set(*_PROOFS):
        lacking.append(_PROOFS[0])
    found = f"{', '.join(names)} set"
    if lacking:
        fix = f"Set {', '.join(lacking)} as well to sign in as a service principal."
        return Check(_AREA, "variables", "warning", found, fix)
    return Check(_AREA, "variables", "ok", found)


def _command_line() -> Check | None:
    path = shutil.which("az")
    if path is None:
        return None
    if _signed_in():
        return Check(_AREA, "az", "ok", f"{path}, signed in before")
    return Check(_AREA, "az", "warning", f"{path}, nobody has signed in", "az login")


def _signed_in() -> bool:
    folder = Path(os.environ.get("AZURE_CONFIG_DIR") or Path.home() / ".azure")
    try:
        profile = json.loads((folder / "azureProfile.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    return isinstance(profile, dict) and bool(profile.get("subscriptions"))


def _identity() -> Check | None:
    names = _set(*_ENDPOINTS)
    return Check(_AREA, "managed identity", "ok", f"{names[0]} set") if names else None


def _set(*names: str) -> list[str]:
    return [name for name in names if os.environ.get(name)]
