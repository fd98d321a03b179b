"""Every script of every release, in both forms of its text, through the rewriter."""

import ast
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.options import Options
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite
from driver import catalogue
from lanes import LANES
from refused import REFUSED

pytestmark = pytest.mark.corpus

EVERY = [
    (lane.release, name)
    for lane in LANES.values()
    for name in catalogue.cases_of(lane.release, lane.extras)
]

# What the refusal of a kind of script must say, by how its name begins.
KINDS: Mapping[str, tuple[str, ...]] = {
    "ts_": ("forecaster",),
    "autofeat_": ("only featurizes",),
    "verticals": ("a run on images or texts",),
}

Docstring = ast.Module | ast.ClassDef | ast.FunctionDef


def refusal_of(name: str) -> tuple[str, ...] | None:
    """What the refusal of a script must say; None for one that is rewritten."""
    kinds = (words for start, words in KINDS.items() if name.startswith(start))
    return REFUSED.get(name) or next(kinds, None)


# Its main() never calls the loader of the validation rows, and it doesn't train in its own release.
UNUSED_LOADER = ("1.44", "ts_lgbm_valid")
FORECASTERS = [
    (release, name)
    for release, name in EVERY
    if name.startswith("ts_") and (release, name) != UNUSED_LOADER
]
REWRITTEN = [(release, name) for release, name in EVERY if not refusal_of(name)]
TURNED_DOWN = [(release, name) for release, name in EVERY if refusal_of(name)]


def rewritten(script: Path, options: Options | None = None) -> Rewritten:
    return rewrite(parse_script(script.read_bytes().decode("utf-8")), options)


def meaning(text: str) -> str:
    """The syntax of a script without comments; black moves the margins of docstrings."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, Docstring) and (words := ast.get_docstring(node, clean=True)):
            node.body[0] = ast.Expr(ast.Constant(inspect.cleandoc(words).rstrip()))
    return ast.dump(tree)


def test_each_release_makes_all_kinds_of_script() -> None:
    for lane in LANES.values():
        names = [name for release, name in EVERY if release == lane.release]
        assert len(names) >= 125, lane
        assert len(catalogue.tabular_cases(lane.release, lane.extras)) >= 90, lane
        for start in KINDS:
            assert any(name.startswith(start) for name in names), (lane, start)
        assert set(REFUSED) <= set(names), lane


@pytest.mark.parametrize(("release", "name"), REWRITTEN)
def test_both_forms_become_the_same_script_and_stay_so(
    release: str, name: str, case_of: Callable[[str, str], Any]
) -> None:
    become_the_same(case_of(release, name))


@pytest.mark.parametrize(("release", "name"), FORECASTERS)
def test_both_forms_of_a_forecaster_become_the_same_script_for_the_official_packages(
    release: str, name: str, case_of: Callable[[str, str], Any]
) -> None:
    become_the_same(case_of(release, name), Options(runtime="azureml"))


def become_the_same(case: Any, options: Options | None = None) -> None:
    plain = rewritten(case.script, options)
    formatted = rewritten(case.formatted_script, options)
    assert case.script.read_bytes() != case.formatted_script.read_bytes()
    assert meaning(plain.after) == meaning(formatted.after)
    for result in (plain, formatted):
        again = rewrite(parse_script(result.after))
        assert again.already
        assert again.after == result.after


def test_a_loader_that_nothing_uses_is_refused(case_of: Callable[[str, str], Any]) -> None:
    case = case_of(*UNUSED_LOADER)
    with pytest.raises(ScriptNotUnderstoodError, match="never calls get_validation_dataset"):
        rewritten(case.script, Options(runtime="azureml"))


@pytest.mark.parametrize(("release", "name"), TURNED_DOWN)
def test_the_others_are_refused_in_both_forms_with_the_reason(
    release: str, name: str, case_of: Callable[[str, str], Any]
) -> None:
    case = case_of(release, name)
    words = refusal_of(name)
    assert words
    for script in (case.script, case.formatted_script):
        with pytest.raises(ScriptNotUnderstoodError) as refused:
            rewritten(script)
        assert [phrase for phrase in words if phrase not in str(refused.value)] == []
