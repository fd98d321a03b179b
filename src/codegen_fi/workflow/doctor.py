"""Look at what is installed and what can be reached: what will work here, and the fix if not."""

from __future__ import annotations

import platform
import shutil
import sys
from typing import TYPE_CHECKING, Final, Literal

from codegen_fi import __version__
from codegen_fi.errors import CodegenFiError
from codegen_fi.workflow.connecting import Connection, opened, settings_for
from codegen_fi.workflow.doctor_records import LIVE, PACKAGES, Check, Diagnosis
from codegen_fi.workflow.doctor_sign_in import sign_in, workspace
from codegen_fi.workflow.doctor_sources import Asked, bad_pairs, extras, sources, version_of
from codegen_fi.workflow.records import Steps

if TYPE_CHECKING:
    from codegen_fi.run.interpreters import Interpreter

_OLDEST_PYTHON: Final = (3, 11)
# The Pythons that releases of the official packages install on.
_OFFICIAL: Final = ("3.10", "3.9", "3.8")
_X86: Final = ("x86_64", "amd64")


def doctor(connection: Connection | None = None, steps: Steps | None = None) -> Diagnosis:
    """Look at this installation; nothing is imported to do so.

    Parameters
    ----------
    connection
        The service to sign in to; None asks nothing of the network.
    steps
        What to call while signing in.
    """
    asked, trouble = _asked_for()
    checks = [*_tool(), *trouble, *_core(asked)]
    checks += [*extras(asked), *bad_pairs(), *sources(asked)]
    checks += [*sign_in(), workspace(), *_official()]
    if connection is not None:
        checks.append(_live(connection, steps or Steps()))
    return Diagnosis(tuple(checks))


def _tool() -> list[Check]:
    fits = sys.version_info >= _OLDEST_PYTHON
    wanted = ".".join(map(str, _OLDEST_PYTHON))
    found = f"{platform.python_version()} ({sys.executable})"
    return [
        Check("tool", "codegen-fi", "ok", __version__),
        Check("tool", "platform", "ok", platform.platform()),
        Check(
            PACKAGES,
            "Python",
            "ok" if fits else "no",
            found,
            "" if fits else f"Install codegen-fi with Python {wanted} or newer.",
        ),
    ]


def _asked_for() -> tuple[Asked, list[Check]]:
    from codegen_fi.run.packages import asked_for

    try:
        return asked_for(), []
    except LookupError:
        found = "not installed as a package, so what it needs is not known"
        return {}, [Check(PACKAGES, "codegen-fi", "warning", found, "pip install codegen-fi")]
    except ImportError:
        found = "not installed; without it the other packages can't be checked"
        return {}, [Check(PACKAGES, "packaging", "no", found, "pip install packaging")]


def _core(asked: Asked) -> list[Check]:
    return [
        Check(
            PACKAGES,
            package.name,
            "ok" if package.fits else "no",
            version_of(package),
            "" if package.fits else f'pip install "{package.line}"',
        )
        for package in asked.get("", ())
    ]


def _official() -> list[Check]:
    from codegen_fi.run.interpreters import find_interpreters

    found = find_interpreters(_OFFICIAL)
    return [_environment(version, found[version]) for version in _OFFICIAL]


def _environment(version: str, interpreter: Interpreter | None) -> Check:
    area, name = "official environments", f"Python {version}"
    if interpreter is None:
        fix = f"uv python install {version}, or: pyenv install {version}"
        return Check(area, name, "no", f"no working Python {version} was found", fix)
    machine = platform.machine()
    if not interpreter.makes_environments and shutil.which("uv") is None:
        found = f"{interpreter.path} lacks ensurepip, and there is no uv"
        fix = f"pip install uv, or on Debian: apt install python{version}-venv"
        return Check(area, name, "no", found, fix)
    if machine.lower() not in _X86:
        found = f"{interpreter.path}; the official packages are made for x86_64, this is {machine}"
        return Check(area, name, "warning", found, "Build it on an x86_64 machine or container.")
    return Check(area, name, "ok", str(interpreter.path))


def _live(connection: Connection, steps: Steps) -> Check:
    from codegen_fi.sources import Address

    kind: Literal["mlflow", "azureml"] = "mlflow" if connection.tracking_uri else "azureml"
    name = "store" if connection.tracking_uri else "workspace"
    try:
        with opened(settings_for(Address(kind), connection), steps) as remote:
            connected = remote.connect()
    except CodegenFiError as error:
        return Check(LIVE, name, "no", str(error))
    versions = ", ".join(f"{name} {version}" for name, version in connected.versions.items())
    found = f"reached {connected.where}" + (f" with {versions}" if versions else "")
    return Check(LIVE, name, "ok", found)
