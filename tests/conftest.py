"""What the tests share: the official interpreter, the corpora, and the cases in them."""

import functools
import json
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before numpy is loaded. Several tests run at a time, and threads that wait for each other's
# processors spin; those that are about threads name their number.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from driver import catalogue
from lanes import LANES, NEWEST, is_made


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Take Ctrl-C in the programs the tests start, also where the tests run in the background.

    A shell starts background jobs with the signal ignored, and ignoring is inherited.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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
    def formatted_script(self) -> Path:
        """The same script from a generator that had black at hand."""
        return self.folder / "script_black.py"

    @property
    def training_data(self) -> Path:
        return self.folder / "train.csv"

    @property
    def validation_data(self) -> Path | None:
        path = self.folder / "valid.csv"
        return path if path.exists() else None


CORPUS_VARIABLES = {NEWEST: "CODEGEN_FI_CORPUS"}


def _place(variable: str | None, folder: Path, key: str) -> Path:
    """The folder a variable names, else the one `make corpus` made from the sources as they are."""
    if variable and variable in os.environ:
        named = Path(os.environ[variable])
        if not named.exists():
            pytest.fail(f"{variable} names {named}, which does not exist")
        return named
    if not is_made(folder, key):
        state = "is out of date" if folder.exists() else "does not exist"
        pytest.skip(
            f"NOT TESTED against the official packages: {folder} {state}; run `make corpus`"
        )
    return folder


@pytest.fixture(scope="session")
def official_python() -> Path:
    """Interpreter that has the newest official packages installed."""
    variable = "CODEGEN_FI_OFFICIAL_PYTHON"
    place = _place(variable, NEWEST.environment, NEWEST.environment_key())
    return place if variable in os.environ else place / "bin" / "python"


@pytest.fixture(scope="session")
def corpus_of() -> Callable[[str], Path]:
    """Folder of the cases that a release generated; the test is skipped where there is none."""

    @functools.cache
    def find(release: str) -> Path:
        lane = LANES[release]
        return _place(CORPUS_VARIABLES.get(lane), lane.corpus, lane.corpus_key())

    return find


@pytest.fixture(scope="session")
def corpus(corpus_of: Callable[[str], Path]) -> Path:
    """Folder of the cases that the newest release generated, one folder each."""
    return corpus_of(NEWEST.release)


@pytest.fixture(scope="session")
def cases_of(corpus_of: Callable[[str], Path]) -> Callable[[str], list[Case]]:
    """Every classification and regression case of a release; none may be missing."""

    def read(release: str) -> list[Case]:
        names = catalogue.tabular_cases(release, LANES[release].extras)
        return [read_case(corpus_of(release), name) for name in names]

    return read


@pytest.fixture(scope="session")
def cases(cases_of: Callable[[str], list[Case]]) -> list[Case]:
    """Every classification and regression case of the newest release."""
    return cases_of(NEWEST.release)


@pytest.fixture(scope="session")
def case_of(corpus_of: Callable[[str], Path]) -> Callable[[str, str], Case]:
    """A case by release and name."""
    return lambda release, name: read_case(corpus_of(release), name)


def read_case(corpus: Path, name: str) -> Case:
    folder = corpus / name
    return Case(name, folder, json.loads((folder / "case.json").read_text(encoding="utf-8")))
