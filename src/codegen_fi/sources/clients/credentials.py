"""Choose the way to sign in to Azure; azure-identity knows each of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen_fi.sources import records
from codegen_fi.sources.clients._azure_sign_in import SignIn, given
from codegen_fi.sources.clients.interface import ClientError, Talk

SCOPE: Final = "https://management.azure.com/.default"
_ANY_TENANT: Final = {"additionally_allowed_tenants": ["*"]}


def credential(settings: records.Settings, talk: Talk) -> SignIn:
    """Return what signs in the way the settings say; nothing is sent yet.

    Parameters
    ----------
    settings
        Which way, and to which tenant.
    talk
        Tells a person the code to enter, with ``device-code``.

    Raises
    ------
    ClientError
        ``bad_settings``: environment variables are missing.
    ImportError
        azure-identity isn't installed.
    """
    tenant = settings.tenant or os.environ.get("AZURE_TENANT_ID") or None
    knobs = {"retry_total": 2, "connection_timeout": 10, "read_timeout": settings.timeout / 3}
    made = _MADE[settings.credential](tenant, talk, knobs)
    return SignIn(made, settings.credential, settings.tenant)


def _default(_: str | None, __: Talk, knobs: Mapping[str, Any]) -> Any:
    from azure.identity import DefaultAzureCredential  # pyright: ignore[reportMissingImports]

    return DefaultAzureCredential(
        exclude_interactive_browser_credential=True, **_ANY_TENANT, **knobs
    )


def _cli(tenant: str | None, _: Talk, __: Mapping[str, Any]) -> Any:
    from azure.identity import AzureCliCredential  # pyright: ignore[reportMissingImports]

    return AzureCliCredential(**given(tenant_id=tenant), **_ANY_TENANT)


def _service_principal(tenant: str | None, _: Talk, knobs: Mapping[str, Any]) -> Any:
    from azure.identity import (  # pyright: ignore[reportMissingImports]
        CertificateCredential,
        ClientSecretCredential,
    )

    client = os.environ.get("AZURE_CLIENT_ID")
    secret = os.environ.get("AZURE_CLIENT_SECRET")
    certificate = os.environ.get("AZURE_CLIENT_CERTIFICATE_PATH")
    wanted = {
        "AZURE_TENANT_ID (or --tenant)": tenant,
        "AZURE_CLIENT_ID": client,
        "AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH)": secret or certificate,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise ClientError(
            "bad_settings",
            "--credential service-principal reads environment variables, and these are not set: "
            f"{', '.join(missing)}. Set them, or choose another way with --credential.",
        )
    if secret:
        return ClientSecretCredential(tenant, client, secret, **_ANY_TENANT, **knobs)
    password = os.environ.get("AZURE_CLIENT_CERTIFICATE_PASSWORD")
    options = {**given(password=password), **_ANY_TENANT, **knobs}
    try:
        return CertificateCredential(tenant, client, certificate, **options)
    except (OSError, ValueError) as error:
        raise ClientError(
            "bad_settings",
            f"The certificate {certificate} of AZURE_CLIENT_CERTIFICATE_PATH can't be read: "
            f"{error}",
        ) from error


def _managed_identity(_: str | None, __: Talk, knobs: Mapping[str, Any]) -> Any:
    from azure.identity import ManagedIdentityCredential  # pyright: ignore[reportMissingImports]

    return ManagedIdentityCredential(**given(client_id=os.environ.get("AZURE_CLIENT_ID")), **knobs)


def _device_code(tenant: str | None, talk: Talk, knobs: Mapping[str, Any]) -> Any:
    from azure.identity import DeviceCodeCredential  # pyright: ignore[reportMissingImports]

    def prompt(address: str, code: str, _: Any) -> None:
        talk.say(f"To sign in, open {address} and enter the code {code}")

    return DeviceCodeCredential(
        **given(tenant_id=tenant), prompt_callback=prompt, **_ANY_TENANT, **knobs
    )


def _interactive(tenant: str | None, talk: Talk, knobs: Mapping[str, Any]) -> Any:
    from azure.identity import InteractiveBrowserCredential  # pyright: ignore[reportMissingImports]

    talk.say("Opening the browser to sign in")
    return InteractiveBrowserCredential(**given(tenant_id=tenant), **_ANY_TENANT, **knobs)


_MADE: Final[Mapping[records.Credential, Callable[[str | None, Talk, Mapping[str, Any]], Any]]] = {
    "default": _default,
    "cli": _cli,
    "service-principal": _service_principal,
    "managed-identity": _managed_identity,
    "device-code": _device_code,
    "interactive": _interactive,
}
