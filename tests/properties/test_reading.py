"""A script is read without loss, and says the same after it was rewritten."""

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from specimens import SCRIPTS, examples, without_lines

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.plain import to_plain
from codegen_fi.model.script import TrainingScript
from codegen_fi.parse import parse_script
from codegen_fi.parse.statements import nested
from codegen_fi.rewrite import rewrite

TAKE_DATA = {"main", "get_training_dataset", "get_validation_dataset"}
STAND_FOR_LOGISTIC = {"OneVsRestClassifier", "MultinomialLogisticRegression"}
OFFICIAL = ("azureml.", "sklearn_pandas.", "codegen_fi_runtime.automl.")


def what_stays(model: TrainingScript) -> Any:
    """All of a model that rewriting leaves as it is.

    That is everything but the lines, the default addresses of the data (they are no arguments of
    the new script), the parameters of ``main`` and the loaders (in the oldest scripts they have
    none), which official module a class is from, and the arguments of the components.
    """
    return _what_stays(without_lines(to_plain(model)))


def _what_stays(value: Any) -> Any:
    if isinstance(value, list):
        return [_what_stays(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"role", "kind", "value"}:
        return {**value, "value": None}
    if value.keys() == {"name", "parameters"} and value["name"] in TAKE_DATA:
        return {"name": value["name"]}
    kept = {key: _what_stays(item) for key, item in value.items() if key != "arguments"}
    if (kept.get("module") or "").startswith(OFFICIAL):
        kept["module"] = "official, or ours of the same name"
    if value.get("name") in STAND_FOR_LOGISTIC:
        # What the estimator no longer does by itself is done by the class in its place.
        kept.update(name="LogisticRegression", module="sklearn.linear_model")
    return kept


def difference(old: Any, new: Any, place: str = "") -> list[str]:
    """Where two models differ; a class that wasn't imported may be imported now."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        parts = [(old[key], new[key], f"{place}.{key}") for key in old]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        parts = [(a, b, f"{place}.{n}") for n, (a, b) in enumerate(zip(old, new, strict=True))]
    elif old == new or (old is None and place.endswith(".module")):
        return []
    else:
        return [f"{place}: {old!r} became {new!r}"]
    return [found for part in parts for found in difference(*part)]


def check(text: str) -> None:
    script = parse_script(text)
    assert script.source.tree.code == text
    try:
        result = rewrite(script)
    except ScriptNotUnderstoodError:
        return
    new = parse_script(result.after)
    assert difference(what_stays(script.model), what_stays(new.model)) == []
    assert [f.name for f in new.model.functions] == [f.name for f in script.model.functions]
    assert rewrite(new).after == result.after
    changed = {c.first_line for c in result.changes if c.rule == "replace-removed-arguments"}
    if not changed:
        assert _arguments(new.model) == _arguments(script.model)


def _arguments(model: TrainingScript) -> list[Any]:
    components = [t for mapper in model.pipeline.mappers for t in mapper.transformers]
    for learner in model.pipeline.learners():
        components += [learner.algorithm, *([learner.preprocessor] if learner.preprocessor else [])]
    return [to_plain(component.arguments) for component in components]


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_scripts_say_the_same_before_and_after(name: str) -> None:
    check(SCRIPTS[name])
    assert not rewrite(parse_script(SCRIPTS[name])).already
    assert parse_script(SCRIPTS[name]).model == parse_script(SCRIPTS[name]).model


@pytest.mark.corpus
def test_generated_scripts_say_the_same_before_and_after(generated: list[str]) -> None:
    # All of them are read and rewritten in other tests.
    for text in generated[::3]:
        check(text)


def statements_of(tree: ast.Module) -> list[ast.stmt]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


@examples(20)
@given(st.sampled_from(sorted(SCRIPTS)), st.integers(1, 3))
def test_all_statements_are_walked_in_the_order_of_the_text(name: str, times: int) -> None:
    tree = ast.parse(SCRIPTS[name] + "\n" + EVERY_BLOCK * times)
    assert list(nested(tree.body)) == statements_of(tree)


EVERY_BLOCK = """
async def f():
    async with a as b:
        async for c in d:
            pass
        else:
            await e
    class C:
        x = 1
        def m(self): return 1
    while g:
        break
    else:
        pass
    try:
        h = lambda: 1
    except OSError:
        i = 1
    except ValueError:
        i = 2
    else:
        i = 3
    finally:
        i = 4
    match j:
        case 1:
            k = 1
        case _:
            k = 2
    if l: m = 1; n = 2
    elif o:
        p = 1
    else:
        p = 2
"""
