"""Every script of every release, in both forms of its text, through the rewriter."""

import ast
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.changes import Rewritten
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


REWRITTEN = [(release, name) for release, name in EVERY if not refusal_of(name)]
TURNED_DOWN = [(release, name) for release, name in EVERY if refusal_of(name)]


def rewritten(script: Path) -> Rewritten:
    return rewrite(parse_script(script.read_bytes().decode("utf-8")))


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
    case = case_of(release, name)
    plain, formatted = rewritten(case.script), rewritten(case.formatted_script)
    assert case.script.read_bytes() != case.formatted_script.read_bytes()
    assert meaning(plain.after) == meaning(formatted.after)
    for result in (plain, formatted):
        again = rewrite(parse_script(result.after))
        assert again.already
        assert again.after == result.after


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
