"""What is about to be loaded, in words a person can decide by."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from codegen_fi.errors import UsageError
from codegen_fi.sources.models.names import Names, names_in
from codegen_fi.sources.models.packages import Needs, needs_of
from codegen_fi.sources.models.place import Place

_CHUNK: Final = 2**20
_ORDINARY: Final = frozenset(
    {
        *("sklearn", "numpy", "scipy", "pandas", "joblib", "lightgbm", "xgboost", "catboost"),
        *("imblearn", "category_encoders", "sklearn_pandas", "azureml"),
        *("codegen_fi_runtime", "codegen_fi", "datetime", "collections"),
    }
)
_TYPES: Final = (
    *("bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list"),
    *("object", "range", "set", "slice", "str", "tuple", "type"),
)
_PLAIN: Final = frozenset(
    f"{module}.{name}" for module in ("builtins", "__builtin__") for name in _TYPES
) | {"copyreg._reconstructor", "copy_reg._reconstructor", "_codecs.encode", "functools.partial"}
# What begins like this is no pickle, and what to do instead.
_OTHERS: Final[tuple[tuple[bytes, str], ...]] = (
    (
        b"version https://git-lfs",
        "is a pointer of Git LFS, not the file itself. Get it: git lfs pull",
    ),
    (b"<!DOCTYPE", "is a web page, as a sign-in page of a portal. Download the model again"),
    (b"<html", "is a web page, as a sign-in page of a portal. Download the model again"),
    (
        b"\x89HDF",
        "is an HDF5 file, as Keras writes it. Only models with scikit-learn's methods fit",
    ),
    (b"PK\x03\x04", "is a zip, as PyTorch and Keras write it. Unpack it, or name the model in it"),
    (b"tree\n", "is LightGBM's own text of a booster. Save its scikit-learn model with joblib"),
    (b"{", "is JSON, as XGBoost keeps a booster. Save its scikit-learn model with joblib"),
)


@dataclass(frozen=True)
class Model:
    """A model's file, looked at without loading it.

    Attributes
    ----------
    place
        Where it is.
    where
        In words: its path, or the run it came from.
    size
        In bytes.
    sha256
        Of the file.
    names
        What it names; loading imports all of it.
    needs
        The packages and the Python it needs.
    doubts
        What else is to be said before it is loaded.
    """

    place: Place
    where: str
    size: int
    sha256: str
    names: Names
    needs: Needs
    doubts: tuple[str, ...] = ()

    @property
    def packages(self) -> Mapping[str, int]:
        """How many names of each package it has."""
        tops = Counter(name.partition(".")[0] for name in self.names.names)
        return dict(sorted(tops.items()))

    @property
    def unusual(self) -> tuple[str, ...]:
        """The names outside of the packages that models are made of."""
        return tuple(name for name in self.names.names if not _is_ordinary(name))

    @property
    def kind(self) -> str:
        """The format, in words."""
        if self.place.form != "pickle":
            return {"skops": "skops", "xgboost": "XGBoost's own format"}[self.place.form]
        written = "joblib" if self.names.joblib else f"pickle, protocol {self.names.protocol}"
        return written + (f", packed with {self.names.compressed}" if self.names.compressed else "")


def describe(place: Place, where: str | None = None) -> Model:
    """Look at a model's file.

    Raises
    ------
    UsageError
        It can't be read, is empty, or is no model's file.
    """
    path = place.path
    try:
        size, head = path.stat().st_size, _head(path)
        if size == 0:
            raise UsageError(f"{path} is empty (0 bytes): its download or its saving broke off.")
        place = _skops_or_not(place, head)
        names = _names(place, head)
        sha256 = _sha256(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    needs = needs_of(names.names, names.sklearn, place.described_in, place.python)
    return Model(place, where or str(path), size, sha256, names, needs)


def _names(place: Place, head: bytes) -> Names:
    if place.form == "xgboost":
        return Names((place.model_class or "xgboost.sklearn.XGBModel",))
    if place.form == "skops":
        return _names_of_skops(place.path)
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise UsageError(f"{place.path} {what}.")
    names = names_in(place.path)
    # Old pickles have no mark at their beginning: what can't be followed at all is none.
    if names.unread and not names.names and not names.compressed and head[:1] != b"\x80":
        raise UsageError(
            f"{place.path} is no pickle: it begins with {head[:16]!r}. Give the file of a model "
            "that pickle, joblib, skops or MLflow wrote."
        )
    return names


def _skops_or_not(place: Place, head: bytes) -> Place:
    if place.form == "pickle" and head.startswith(b"PK") and _schema(place.path) is not None:
        return replace(place, form="skops")
    return place


def _schema(path: Path) -> Any:
    try:
        with zipfile.ZipFile(path) as archive:
            return json.loads(archive.read("schema.json"))
    except (zipfile.BadZipFile, KeyError, ValueError):
        return None


def _names_of_skops(path: Path) -> Names:
    schema = _schema(path)
    if schema is None:
        raise UsageError(f"{path} is no file of skops: it holds no schema.json. Copy it again.")
    found: dict[str, None] = {}
    waiting: list[Any] = [schema]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Mapping):
            module, name = thing.get("__module__"), thing.get("__class__")
            if isinstance(module, str) and isinstance(name, str):
                found[f"{module}.{name}"] = None
            waiting.extend(thing.values())
        elif isinstance(thing, Sequence) and not isinstance(thing, str):
            waiting.extend(thing)
    return Names(tuple(found))


def _is_ordinary(name: str) -> bool:
    return name.partition(".")[0] in _ORDINARY or name in _PLAIN


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(32)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
