"""Read the ``MLmodel`` file of an MLflow model folder: which file to load, and how."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from codegen_fi.errors import UsageError

MLMODEL: Final = "MLmodel"
_BIGGEST: Final = 2**20
_DATA: Final[Mapping[str, str]] = {
    "sklearn": "pickled_model",
    "lightgbm": "data",
    "xgboost": "data",
}
_BOOSTERS: Final = {"lightgbm": "lightgbm.basic.Booster", "xgboost": "xgboost.core.Booster"}
_FORMS: Final = {".skops": "skops", ".pkl": "pickle", ".joblib": "pickle", ".pickle": "pickle"}


@dataclass(frozen=True, slots=True)
class Flavour:
    """How MLflow keeps a model.

    Attributes
    ----------
    data
        The file, relative to the folder.
    form
        ``pickle``, ``skops`` or ``xgboost``.
    model_class
        For XGBoost's own format.
    code
        Folder with modules of the model, relative; None without.
    python
        Version of the Python that wrote it; empty when it doesn't tell.
    columns
        Columns of its signature; empty without one.
    """

    data: str
    form: str
    model_class: str | None
    code: str | None
    python: str
    columns: tuple[str, ...] = ()


def read_flavour(folder: Path) -> Flavour:
    """Read how the model of a folder is kept.

    Raises
    ------
    UsageError
        The file is damaged, names a file outside the folder, or the model is of a kind without
        one output per row that can be explained here.
    """
    path = folder / MLMODEL
    content = _content(path)
    flavours = content["flavors"]
    name = next((name for name in _DATA if name in flavours), None)
    if name is None:
        known = ", ".join(sorted(map(str, flavours))) or "none"
        raise UsageError(
            f"{path} keeps the model as {known}. Models kept by mlflow.sklearn, mlflow.lightgbm or "
            "mlflow.xgboost can be explained: log the model with one of these."
        )
    given = flavours[name]
    model_class = given.get("model_class")
    if name in _BOOSTERS and model_class in (None, _BOOSTERS[name]):
        raise UsageError(
            f"{path} keeps a bare booster of {name}, which knows neither its task nor its classes. "
            f"Log the scikit-learn model of {name} (such as its Classifier) instead."
        )
    data = _inside(folder, given.get(_DATA[name]), path)
    if not (folder / data).is_file():
        raise UsageError(f"{folder} lacks {data}, which its {MLMODEL} names. Download it again.")
    form = _FORMS.get(PurePosixPath(data).suffix, "xgboost" if name == "xgboost" else "pickle")
    code = given.get("code")
    return Flavour(
        data=data,
        form=form,
        model_class=str(model_class) if form == "xgboost" else None,
        code=None if not code else _inside(folder, code, path),
        python=str(flavours.get("python_function", {}).get("python_version") or ""),
        columns=_columns(content.get("signature")),
    )


def _columns(signature: object) -> tuple[str, ...]:
    """Return the columns that a model must be given; those of a matrix have no names."""
    try:
        inputs = json.loads(signature["inputs"])  # type: ignore[index]
        return tuple(str(each["name"]) for each in inputs if each.get("required", True))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def _content(path: Path) -> dict[str, Any]:
    import yaml

    try:
        if path.stat().st_size > _BIGGEST:
            raise ValueError("it is too long")
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        content["flavors"] = {str(name): dict(kept) for name, kept in content["flavors"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())[:200]
        raise UsageError(f"{path} is damaged ({said}). Download the model again.") from error
    return dict(content)


def _inside(folder: Path, name: object, path: Path) -> str:
    """Return a relative name that stays in the folder."""
    if not isinstance(name, str) or not name:
        raise UsageError(f"{path} doesn't name the model's file. Download the model again.")
    whole = (folder / name).resolve()
    if not whole.is_relative_to(folder.resolve()):
        raise UsageError(f"{path} names {name!r}, which lies outside of its folder.")
    return name
