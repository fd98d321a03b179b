"""Load a model's file, and say what is missing when that fails."""

from __future__ import annotations

import hashlib
import sys
import warnings
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .errors import DataError
from .model_failures import told

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("pickle", "skops", "xgboost")
_CHUNK = 2**20
_HELD = (dict, list, tuple, set)


class ModelError(Exception):
    """The model can't be loaded or used in this environment."""


def load_model(path: Path, form: str, sha256: str, classed: str | None = None) -> Any:
    """Load a model; this runs the code that its file names.

    Parameters
    ----------
    path
        The file.
    form
        ``pickle`` (joblib's and compressed ones as well), ``skops``, or ``xgboost`` for what
        XGBoost's ``save_model`` wrote.
    sha256
        Of the file that the user agreed to load.
    classed
        Dotted name of the class, for a format that doesn't hold it.

    Raises
    ------
    ModelError
        It can't be loaded here; the message tells what is missing.
    DataError
        The file is another one by now, or holds something else than a model.
    """
    if _sha256(path) != sha256:
        raise DataError(f"{path} was changed after it was shown. Start again.")
    readers = {"pickle": _unpickled, "skops": _from_skops, "xgboost": _from_xgboost}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            model = readers[form](path, classed)
        except MemoryError:
            raise
        except Exception as error:
            raise ModelError(told(error, path, [str(w.message) for w in caught])) from error
    for warning in caught:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    return _a_model(model, path)


def versions_apart(model: Any) -> str:
    """Tell that parts of a model come from another scikit-learn than is installed, if so."""
    import sklearn

    found = {getattr(part, "_sklearn_version", None) for part in _parts(model)}
    written = getattr(model, "__dict__", {}).get("_sklearn_version")
    others = sorted(str(v) for v in {*found, written} - {None, sklearn.__version__})
    if not others:
        return ""
    return (
        f" It was trained with scikit-learn {', '.join(others)}, and here is "
        f"{sklearn.__version__}: use --env managed, or --env PYTHON of an environment that has it."
    )


def _parts(model: Any) -> list[Any]:
    return [step for _, step in getattr(model, "steps", None) or ()]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _unpickled(path: Path, _: str | None) -> Any:
    import joblib

    return joblib.load(path)


def _from_skops(path: Path, _: str | None) -> Any:
    if find_spec("skops") is None:
        raise ModuleNotFoundError("No module named 'skops'", name="skops")
    io = import_module("skops.io")
    # The names were shown, and the user agreed to all of them.
    return io.load(path, trusted=io.get_untrusted_types(file=path))


def _from_xgboost(path: Path, classed: str | None) -> Any:
    module, _, name = (classed or "xgboost.sklearn.XGBModel").rpartition(".")
    if module.partition(".")[0] != "xgboost":
        raise ImportError(f"{classed} is no class of xgboost")
    model = getattr(import_module(module), name)()
    model.load_model(str(path))
    return model


def _a_model(model: Any, path: Path) -> Any:
    """Refuse what is no fitted model, with what it is instead."""
    if callable(getattr(model, "predict", None)) or hasattr(model, "forecast"):
        if isinstance(model, type):
            raise DataError(f"{path} holds the class {model.__name__}, not a trained model.")
        return model
    kind = type(model).__name__
    if isinstance(model, _HELD):
        values = model.values() if isinstance(model, dict) else model
        inside = sorted({type(v).__name__ for v in values if hasattr(v, "predict")})
        hint = f" There is a {', '.join(inside)} in it: save that alone." if inside else ""
        raise DataError(
            f"{path} holds a {kind} with {len(model):,} entries, not a model that predicts.{hint}"
        )
    raise DataError(
        f"{path} holds a {kind}, which has no predict. Give the file of the trained model."
    )


def python_version() -> str:
    """Return the version of this Python, such as 3.10."""
    return "{}.{}".format(*sys.version_info[:2])
