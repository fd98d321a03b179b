"""What the tests share: the official interpreter, the corpus, and the cases in it."""

import importlib.util
import json
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Take Ctrl-C in the programs the tests start, also where the tests run in the background.

    A shell starts background jobs with the signal ignored, and ignoring is inherited.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = _load(Path(__file__).parent / "corpus" / "build.py")


@dataclass(frozen=True, slots=True)
class Case:
    """One generated script with its data, as the corpus holds it."""

    name: str
    folder: Path
    facts: Mapping[str, Any]

    @property
    def script(self) -> Path:
        return self.folder / "script.py"

    @property
    def training_data(self) -> Path:
        return self.folder / "train.csv"

    @property
    def validation_data(self) -> Path | None:
        path = self.folder / "valid.csv"
        return path if path.exists() else None


def _place(variable: str, folder: Path, key: str) -> Path:
    """The folder a variable names, else the one `make corpus` made from the sources as they are."""
    if variable in os.environ:
        named = Path(os.environ[variable])
        if not named.exists():
            pytest.fail(f"{variable} names {named}, which does not exist")
        return named
    if not build.is_made(folder, key):
        state = "is out of date" if folder.exists() else "does not exist"
        pytest.skip(
            f"NOT TESTED against the official packages: {folder} {state}; run `make corpus`"
        )
    return folder


@pytest.fixture(scope="session")
def official_python() -> Path:
    """Interpreter that has the official packages installed."""
    variable = "CODEGEN_FI_OFFICIAL_PYTHON"
    place = _place(variable, build.environment_folder(), build.environment_key())
    return place if variable in os.environ else place / "bin" / "python"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of the generated cases, one folder each."""
    return _place("CODEGEN_FI_CORPUS", build.corpus_folder(), build.corpus_key())


@pytest.fixture(scope="session")
def cases(corpus: Path) -> list[Case]:
    """Every classification and regression case, in the driver's order; none may be missing."""
    return [read_case(corpus, name) for name in build.driver().tabular_cases()]


def read_case(corpus: Path, name: str) -> Case:
    folder = corpus / name
    return Case(name, folder, json.loads((folder / "case.json").read_text(encoding="utf-8")))
