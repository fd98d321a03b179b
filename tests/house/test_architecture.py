"""The shape of the code base, checked instead of promised."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
RULES = ROOT / "src" / "codegen_fi" / "rewrite" / "rules"
RULE_CASES = ROOT / "tests" / "cases" / "rewrite"
FILE_CEILING = 400
FUNCTION_CEILING = 60


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rule_modules() -> list[str]:
    return [path.stem for path in sorted(RULES.glob("*.py")) if not path.stem.startswith("_")]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_imports_go_one_way() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert " 0 broken" in checked.stdout


def test_no_source_file_outgrows_its_purpose() -> None:
    lengths = {place(path): len(path.read_bytes().splitlines()) for path in SOURCES}
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > FILE_CEILING} == {}


def test_no_function_outgrows_a_screen() -> None:
    found = {
        f"{place(path)}:{function.lineno} {function.name}": length(function)
        for path in SOURCES
        for function in functions(path)
    }
    assert found
    assert {name: lines for name, lines in found.items() if lines > FUNCTION_CEILING} == {}


def test_there_are_rules_to_check() -> None:
    assert rule_modules()


@pytest.mark.parametrize("rule", rule_modules())
def test_every_rewrite_rule_has_cases_of_both_kinds(rule: str) -> None:
    folder = next(
        (found for name in (rule, rule.replace("_", "-")) if (found := RULE_CASES / name).is_dir()),
        RULE_CASES / rule,
    )
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))]
    changed = ["# --- becomes" in text for text in texts]
    assert any(changed), f"{place(folder)} has no case that the rule changes"
    assert not all(changed), f"{place(folder)} has no case that the rule leaves alone"


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
