"""Scripts in the generator's shape, by name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from codegen_fi.model.changes import Rewritten
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = (TESTS / "fixtures" / "scripts", TESTS / "cases" / "scripts")
SCRIPTS = {path.stem: path for folder in FOLDERS for path in sorted(folder.glob("*.py"))}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "script_name" in metafunc.fixturenames:
        metafunc.parametrize("script_name", sorted(SCRIPTS))


@pytest.fixture
def text(script_name: str) -> str:
    """The text of a script; tests that take it run once per script."""
    return SCRIPTS[script_name].read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def scripts() -> dict[str, str]:
    """Every script's text by name."""
    return {name: path.read_text(encoding="utf-8") for name, path in SCRIPTS.items()}


@pytest.fixture
def rewritten() -> Callable[[str], Rewritten]:
    """Read and rewrite a text."""
    return lambda text: rewrite(parse_script(text, "script.py"))
