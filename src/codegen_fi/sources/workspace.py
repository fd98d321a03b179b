"""Find the Azure ML workspace a user means: said outright, in the environment, in config.json."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.address import parse_arm_id
from codegen_fi.sources.records import Workspace

_KEYS: Final[tuple[str, ...]] = ("subscription_id", "resource_group", "workspace_name")
_OPTIONS: Final = ("--subscription-id", "--resource-group", "--workspace")
# Azure ML sets the first of each on its machines; the others are what examples of its SDKs use.
_VARIABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "subscription_id": ("AZUREML_ARM_SUBSCRIPTION", "AZURE_SUBSCRIPTION_ID"),
    "resource_group": ("AZUREML_ARM_RESOURCEGROUP", "AZURE_RESOURCE_GROUP"),
    "workspace_name": (
        "AZUREML_ARM_WORKSPACE_NAME",
        "AZUREML_WORKSPACE_NAME",
        "AZURE_ML_WORKSPACE_NAME",
        "AZURE_ML_WORKSPACE",
        "AZURE_WORKSPACE_NAME",
    ),
}
# In each folder both SDKs take the first of these that is there.
_PLACES: Final = (
    ".azureml/config.json",
    ".azureml/project.json",
    "aml_config/config.json",
    "aml_config/project.json",
    "config.json",
)
_SCOPE: Final = "Scope"


@dataclass(frozen=True, slots=True)
class Located:
    """A workspace and what named it, in words."""

    workspace: Workspace
    where: str


def find_workspace(
    subscription_id: str | None = None,
    resource_group: str | None = None,
    workspace: str | None = None,
    config: Path | None = None,
    start: Path | None = None,
) -> Workspace:
    """Return the workspace a user means; see `locate_workspace`."""
    return locate_workspace(subscription_id, resource_group, workspace, config, start).workspace


def locate_workspace(
    subscription_id: str | None = None,
    resource_group: str | None = None,
    workspace: str | None = None,
    config: Path | None = None,
    start: Path | None = None,
) -> Located:
    """Return the workspace a user means, and what named it.

    What is given outright counts first; what it leaves open is filled from the environment
    variables, or from the first ``config.json`` found.  Variables that don't complete the three
    names are left alone: one subscription set for another program must not be mixed with the
    rest of a file.  With `config` no variable counts.

    Parameters
    ----------
    workspace
        Its name, or its whole resource id.
    config
        A ``config.json``, or the folder to search from.
    start
        Folder to search from without `config`; None is the current folder.

    Raises
    ------
    UsageError
        The three names don't come together, or a ``config.json`` can't be used.
    """
    if config is not None and not config.exists():
        raise UsageError(
            f"{config} does not exist. Give --config the config.json of a workspace, "
            "or a folder to search from."
        )
    known, sources = _given(subscription_id, resource_group, workspace)
    variables = {} if config is not None else _from_environment()
    if set(_KEYS) <= {*known, *variables}:
        _fill(known, sources, variables)
    else:
        begin = config or start or Path.cwd()
        path = begin if begin.is_file() else _search(begin)
        if path is None:
            raise _not_found({*known, *variables}, begin)
        _fill(known, sources, {key: (value, str(path)) for key, value in _read(path).items()})
    return Located(Workspace(**known), ", ".join(dict.fromkeys(sources.values())))


def _given(
    subscription_id: str | None, resource_group: str | None, workspace: str | None
) -> tuple[dict[str, str], dict[str, str]]:
    whole = parse_arm_id(workspace) if workspace else None
    if workspace and whole is None and "/" in workspace:
        raise UsageError(
            f"{workspace} is no workspace. Give its name, or its whole resource id: "
            "/subscriptions/.../resourceGroups/.../workspaces/NAME"
        )
    if whole is not None:
        names = (whole.subscription_id, whole.resource_group, whole.workspace_name)
        _agree(names[:2], (subscription_id, resource_group))
    else:
        names = (subscription_id or "", resource_group or "", workspace or "")
    known = {key: name for key, name in zip(_KEYS, names, strict=True) if name}
    return known, {key: "--workspace" if whole else _option(key) for key in known}


def _option(key: str) -> str:
    return _OPTIONS[_KEYS.index(key)]


def _agree(whole: tuple[str, ...], options: tuple[str | None, ...]) -> None:
    for name, other, option in zip(whole, options, _OPTIONS, strict=False):
        if other and other.lower() != name.lower():
            raise UsageError(
                f"{option} is {other}, but --workspace names {name}. Leave {option} out."
            )


def _fill(
    known: dict[str, str], sources: dict[str, str], more: Mapping[str, tuple[str, str]]
) -> None:
    for key, (value, source) in more.items():
        if key not in known:
            known[key], sources[key] = value, source


def _from_environment() -> dict[str, tuple[str, str]]:
    found = {}
    for key, names in _VARIABLES.items():
        name = next((name for name in names if os.environ.get(name, "").strip()), None)
        if name is not None:
            found[key] = (os.environ[name].strip(), name)
    return found


def _search(start: Path) -> Path | None:
    return next((path for path in _candidates(start) if path.is_file()), None)


def _candidates(start: Path) -> Iterator[Path]:
    folder = start.absolute()
    for place in (folder, *folder.parents):
        for name in _PLACES:
            yield place / name


def _read(path: Path) -> dict[str, str]:
    """Return the three names a ``config.json`` holds."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        at = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"{path}{at}: not JSON. {_AGAIN}") from error
    if not isinstance(content, dict):
        raise UsageError(f"{path} holds no JSON object. {_AGAIN}")
    scope = content.get(_SCOPE)
    whole = parse_arm_id(scope) if isinstance(scope, str) else None
    if whole is not None:
        content = dict(
            zip(
                _KEYS,
                (whole.subscription_id, whole.resource_group, whole.workspace_name),
                strict=True,
            )
        )
    missing = [key for key in _KEYS if not _is_name(content.get(key))]
    if missing:
        raise UsageError(f"{path} lacks {' and '.join(missing)}. {_AGAIN}")
    return {key: content[key].strip() for key in _KEYS}


_AGAIN: Final = "Download config.json again from the workspace's page in the studio or the portal."


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _not_found(known: set[str], start: Path) -> UsageError:
    missing = [_option(key) for key in _KEYS if key not in known]
    partly = f" Still open: {', '.join(missing)}." if known and missing else ""
    return UsageError(
        f"It is not said which Azure ML workspace is meant.{partly} There is no config.json in "
        f"{start.absolute()} or a folder above it (nor in .azureml or aml_config there). "
        "One of three ways: save the workspace's config.json there (the studio offers it at the "
        f"workspace's name), give {' '.join(_OPTIONS)}, or set "
        f"{', '.join(_VARIABLES[key][1] for key in _KEYS)}."
    )
