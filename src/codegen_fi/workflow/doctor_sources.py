"""Which places a script can be taken from, by the client libraries that are installed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from codegen_fi.workflow.doctor_records import Check

if TYPE_CHECKING:
    from codegen_fi.run.packages import Package

Asked: TypeAlias = "Mapping[str, tuple[Package, ...]]"
_WITHOUT_IMGHDR: Final = (3, 13)
# Name, extra, and the packages of the extra it uses; none named: all of them.
_SOURCES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("MLflow: folder, http", "mlflow", ()),
    ("MLflow: azureml://", "azure", ("azure-identity", "azureml-mlflow", "mlflow-skinny")),
    ("Azure ML, SDK v2", "azure", ()),
    ("Azure ML, SDK v1", "azure-v1", ()),
)


def extras(asked: Asked) -> list[Check]:
    """Tell which optional parts are installed."""
    return [
        _needs("extras", extra, packages, f'pip install "codegen-fi[{extra}]"')
        for extra, packages in asked.items()
        if extra
    ]


def sources(asked: Asked) -> list[Check]:
    """Tell where scripts can be taken from."""
    checks = [Check("sources", "path", "ok", "a file, a folder, a zip archive")]
    for name, extra, used in _SOURCES:
        packages = [p for p in asked.get(extra, ()) if not used or p.name in used]
        if packages:
            fix = f'pip install "codegen-fi[{extra}]"'
            checks.append(_needs("sources", name, packages, fix))
    return [*checks, _databases()]


def bad_pairs() -> list[Check]:
    """Return what is installed and known not to work together."""
    from codegen_fi.run.packages import installed, is_older

    plugin, old_client = installed("azureml-mlflow"), installed("azure-ai-ml")
    mlflow, core = installed("mlflow-skinny") or installed("mlflow"), installed("azureml-core")
    found: list[tuple[str, str, str]] = []
    if is_older(plugin, "1.62") and mlflow is not None and not is_older(mlflow, "3"):
        what = f"azureml-mlflow {plugin} can't list or download files with mlflow {mlflow}"
        found.append(("azureml-mlflow, mlflow", what, '"azureml-mlflow>=1.62,<2"'))
    if core and sys.version_info >= _WITHOUT_IMGHDR and not installed("standard-imghdr"):
        what = f"azureml-core {core} needs imghdr, which Python dropped in 3.13"
        found.append(("azureml-core, Python", what, "standard-imghdr"))
    if is_older(old_client, "1.30"):
        what = f"azure-ai-ml {old_client} is older than any this tool is tried with"
        found.append(("azure-ai-ml", what, '"azure-ai-ml>=1.30"'))
    return [Check("extras", name, "no", what, f"pip install {fix}") for name, what, fix in found]


def version_of(package: Package) -> str:
    """Return the installed version in words, with the bounds when it doesn't fit."""
    wanted = f"needs {package.bounds or 'any version'}"
    if package.version is None:
        return f"not installed ({wanted})"
    return package.version if package.fits else f"{package.version} ({wanted})"


def _needs(area: str, name: str, packages: Sequence[Package], fix: str) -> Check:
    if all(package.fits for package in packages):
        return Check(area, name, "ok", ", ".join(f"{p.name} {p.version}" for p in packages))
    missing = ", ".join(p.name for p in packages if p.version is None)
    unfit = [f"{p.name} {version_of(p)}" for p in packages if p.version and not p.fits]
    found = [*([f"not installed: {missing}"] if missing else []), *unfit]
    return Check(area, name, "no", "; ".join(found), fix)


def _databases() -> Check:
    """Look for the whole mlflow: the small one can't read databases."""
    from codegen_fi.run.packages import installed

    version = installed("mlflow")
    if version is not None:
        return Check("sources", "MLflow: database", "ok", f"mlflow {version}")
    # Unbounded, the installer may take an older plugin that doesn't work with this mlflow.
    plugin = ' "azureml-mlflow>=1.62,<2"' if installed("azureml-mlflow") else ""
    found = "the whole mlflow is not installed; mlflow-skinny reads no databases"
    return Check("sources", "MLflow: database", "no", found, f'pip install "mlflow>=3"{plugin}')
