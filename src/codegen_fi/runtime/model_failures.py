"""Why a model's file can't be loaded: what is missing here, and how to get it."""

from __future__ import annotations

import pickle
import re
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_INSTALLED_AS = {
    "sklearn": "scikit-learn",
    "skops": "skops",
    "lightgbm": "lightgbm",
    "xgboost": "xgboost",
    "catboost": "catboost",
    "imblearn": "imbalanced-learn",
    "sklearn_pandas": "sklearn-pandas",
    "category_encoders": "category_encoders",
    "cloudpickle": "cloudpickle",
    "numpy": "numpy",
    "pandas": "pandas",
    "scipy": "scipy",
}
_OWN = "codegen_fi_runtime"
# The first form is that of pickles from protocol 4 on.
_ATTRIBUTE = re.compile(
    r"Can't get attribute '(?P<name>[^']+)' on <module '(?P<module>[^']+)'"
    r"|module '(?P<of>[^']+)' has no attribute '(?P<lacks>[^']+)'"
)
_SCRIPT = "__main__"
_CUT_OFF = re.compile(
    r"ran out of|exhausted|truncated|end-of-stream marker|EOF: reading|requires a buffer of"
    # An opcode without its argument, read by the unpickler that is written in Python.
    r"|^IndexError: index out of range$",
    re.IGNORECASE,
)
_OTHER_PYTHON = re.compile(
    r"\bcode\(\)|code expected|bad marshal data|unknown opcode|unsupported pickle protocol"
)
_OTHER_ENVIRONMENT = "use --env managed, or --env PYTHON of an environment that has what it needs"


def told(error: BaseException, path: Path, warned: Sequence[str] = ()) -> str:
    """Return one message for an error that came while loading.

    Parameters
    ----------
    error
        What loading raised.
    path
        The file.
    warned
        Warnings that came before it; scikit-learn tells there of another version.
    """
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    for reason in (_missing, _not_there, _in_main, _python, _cut_off):
        found = reason(error, said)
        if found:
            return f"{path} can't be loaded: {found}"
    versions = next((text for text in warned if "version" in text), "")
    hint = f" {versions.strip()}" if versions else ""
    return (
        f"{path} can't be loaded here ({said}).{hint} It may have been written with other versions "
        f"of its packages: {_OTHER_ENVIRONMENT}."
    )


def _missing(error: BaseException, _: str) -> str:
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return ""
    package = error.name.partition(".")[0]
    if package == "azureml":
        return (
            f"it needs the module {error.name}, of Microsoft's packages. Use --env managed, which "
            "makes their environment (Python 3.8 or 3.10), or --env PYTHON of one that has them."
        )
    if package == _OWN:
        return (
            "it needs the codegen_fi_runtime it was trained with. Give the folder it was trained "
            "in, or keep codegen_fi_runtime beside the model."
        )
    if "." in error.name and _is_there(package):
        return (
            f"it needs the module {error.name}, which the installed {package}"
            f"{_version(package)} doesn't have: it was written with another version. "
            f"{_OTHER_ENVIRONMENT[0].upper()}{_OTHER_ENVIRONMENT[1:]}."
        )
    name = _INSTALLED_AS.get(package)
    if name is None:
        return (
            f"it needs the module {error.name}, which isn't installed in {sys.executable}. Install "
            "the package that has it, or put the file beside the model."
        )
    return (
        f"it needs {name}, which isn't installed in {sys.executable}. Install it there (pip "
        f"install {name}), or {_OTHER_ENVIRONMENT}."
    )


def _not_there(error: BaseException, _: str) -> str:
    module, name = _attribute(error)
    if not module or module == _SCRIPT:
        return ""
    package = module.partition(".")[0]
    return (
        f"it needs {module}.{name}, which the installed {package}{_version(package)} doesn't "
        f"have: it was written with another version. {_OTHER_ENVIRONMENT[0].upper()}"
        f"{_OTHER_ENVIRONMENT[1:]}."
    )


def _in_main(error: BaseException, _: str) -> str:
    module, name = _attribute(error)
    if module != _SCRIPT:
        return ""
    return (
        f"it needs {name}, which was defined in the script or notebook that saved the model. "
        "Put it into a module that can be imported, and save the model again."
    )


def _attribute(error: BaseException) -> tuple[str, str]:
    """Return the module and the name that it lacks; nothing when it isn't that."""
    found = _ATTRIBUTE.search(str(error)) if isinstance(error, AttributeError) else None
    if found is None:
        return "", ""
    return found["module"] or found["of"], found["name"] or found["lacks"]


def _python(error: BaseException, said: str) -> str:
    if not _OTHER_PYTHON.search(said):
        return ""
    return (
        f"it was written by another Python than {'{}.{}'.format(*sys.version_info[:2])} ({said}). "
        "Use --env PYTHON with that one."
    )


def _cut_off(error: BaseException, said: str) -> str:
    if isinstance(error, EOFError) or _CUT_OFF.search(said):
        return f"it ends before the model does ({said}). Copy or download it again."
    if isinstance(error, pickle.UnpicklingError):
        return f"it is damaged, or no pickle at all ({said}). Copy or download it again."
    return ""


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _version(package: str) -> str:
    module = sys.modules.get(package)
    version = getattr(module, "__version__", None)
    return "" if version is None else f" {version}"
