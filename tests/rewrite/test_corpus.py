"""The rewriter on every script the generator made."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fitting import is_plain, said_of
from lanes import LANES, NEWEST
from refused import REFUSED

from codegen_fi.model.changes import Rewritten
from codegen_fi.model.options import Options
from codegen_fi.parse import parse_script
from codegen_fi.parse.reader import read_source
from codegen_fi.parse.script import Source
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.library_arguments.uses import Use, functions_of, uses_in
from codegen_fi.rewrite.stand_ins import is_official

pytestmark = pytest.mark.corpus

LIBRARIES = ("sklearn", "lightgbm", "xgboost")
# (package, argument): why a library takes it although its signature doesn't name it.
UNNAMED = {
    ("lightgbm", "max_bin"): "a parameter of LightGBM's core, handed on by its classes",
    ("lightgbm", "verbose"): "LightGBM's own name of verbosity",
}
# Class -> how the newest release warns of what stays all the same, see docs/arguments.md.
STAYS = {"SVC": "`probability` parameter was deprecated"}

Given = tuple[str, str, str]


@pytest.fixture(scope="module", params=LANES)
def release(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def made(release: str, cases_of: Callable[[str], list[Any]]) -> dict[str, Rewritten]:
    """Each rewritten script; that no other is refused is for the tests of every script to say."""
    texts = {
        case.name: case.script.read_bytes().decode("utf-8")
        for case in cases_of(release)
        if case.name not in REFUSED
    }
    return {name: rewrite(parse_script(text)) for name, text in texts.items()}


def test_no_official_import_is_left(made: dict[str, Rewritten]) -> None:
    for name, result in made.items():
        for node in ast.walk(ast.parse(result.after)):
            if isinstance(node, ast.ImportFrom):
                assert not is_official(node.module or ""), (name, node.module)
            elif isinstance(node, ast.Import):
                assert not any(is_official(a.name) for a in node.names), name


def calls(source: Source) -> Iterator[Given]:
    """Yield module, class and argument of every call and class dictionary in the functions."""
    for site in source.functions.values():
        imports = source.visible_imports(site.name)
        for node in ast.walk(site.syntax):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                module, name = imports.get(node.func.id, ("", ""))
                yield from ((module, name, k.arg) for k in node.keywords if k.arg)
            elif isinstance(node, ast.Dict):
                entries = {
                    k.value: v
                    for k, v in zip(node.keys, node.values, strict=True)
                    if isinstance(k, ast.Constant)
                }
                cls = entries.pop("class", None)
                if isinstance(cls, ast.Name):
                    module, name = imports.get(cls.id, ("", ""))
                    yield from ((module, name, str(key)) for key in entries)


def accepts(module: str, name: str, argument: str) -> bool:
    callee: Any = getattr(importlib.import_module(module), name)
    if argument in inspect.signature(callee).parameters:
        return True
    if inspect.isclass(callee) and hasattr(callee, "get_params"):
        return argument in callee().get_params()
    return False


def test_the_installed_libraries_take_every_argument_that_is_left(
    made: dict[str, Rewritten], release: str
) -> None:
    given: dict[Given, str] = {}
    for name, result in made.items():
        for module, cls, argument in calls(read_source(result.after, name)):
            if module.partition(".")[0] in LIBRARIES:
                given.setdefault((module, cls, argument), name)
    assert len(given) > 100
    unknown = {
        (module, cls, argument): name
        for (module, cls, argument), name in given.items()
        if (module.partition(".")[0], argument) not in UNNAMED
        and not accepts(module, cls, argument)
    }
    assert unknown == {}
    seen = {(module.partition(".")[0], argument) for module, _, argument in given}
    if release == NEWEST.release:
        assert set(UNNAMED) <= seen, "this table speaks of arguments that no script passes"


def stays(name: str, words: str) -> bool:
    return name in STAYS and STAYS[name] in words


def test_the_installed_libraries_fit_every_estimator_without_a_word_about_arguments(
    made: dict[str, Rewritten],
) -> None:
    found: dict[str, Use] = {}
    for result in made.values():
        script = parse_script(result.after)
        for site in functions_of(script):
            for use in uses_in(script, site, site.syntax):
                found.setdefault(use.name + ast.unparse(use.syntax), use)
    plain = [use for use in found.values() if is_plain(use)]
    assert len(plain) > 40
    said = {(use.name, words) for use in plain for words in said_of(use)}
    assert {(name, words) for name, words in said if not stays(name, words)} == set()
    assert {name for name, _ in said} == set(STAYS), "this table speaks of what no library says"


def test_every_rule_is_needed_somewhere(made: dict[str, Rewritten]) -> None:
    from codegen_fi.rewrite.rules import RULES

    used = {change.rule for result in made.values() for change in result.changes}
    assert used == {rule.name for rule in RULES if rule.is_wanted(Options())}
