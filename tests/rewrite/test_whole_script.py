"""All rules together on whole scripts."""

import ast
import difflib
from collections.abc import Callable

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.changes import Rewritten
from codegen_fi.parse import parse_script
from codegen_fi.parse.reader import read_source
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.proof import lines_of
from codegen_fi.rewrite.rules import RULES
from codegen_fi.rewrite.stand_ins import RUNTIME, is_official

Rewriting = Callable[[str], Rewritten]
STANDARD = {"argparse", "logging", "pickle", "sys"}
PACKAGES = {"sklearn": "scikit-learn"}


def modules(text: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def with_line_after(text: str, line: str, new: str) -> str:
    assert line in text
    return text.replace(line, line + new, 1)


def test_the_new_text_is_python_without_official_imports(text: str, rewritten: Rewriting) -> None:
    after = rewritten(text).after
    compile(after, "train.py", "exec")
    assert not [module for module in modules(after) if is_official(module)]
    assert any(module.startswith(RUNTIME) for module in modules(after))


def test_the_new_text_says_the_same_about_data_and_pipeline(
    text: str, rewritten: Rewriting
) -> None:
    old = parse_script(text).model
    new = parse_script(rewritten(text).after).model
    assert (new.task, new.label, new.weight_column) == (old.task, old.label, old.weight_column)
    assert new.validation == old.validation
    assert new.metrics == old.metrics
    assert [f.name for f in new.functions] == [f.name for f in old.functions]
    assert new.pipeline.step_names == old.pipeline.step_names
    assert new.pipeline.columns() == old.pipeline.columns()
    assert len(new.pipeline.learners()) == len(old.pipeline.learners())


def test_rewriting_again_changes_nothing_and_says_so(text: str, rewritten: Rewriting) -> None:
    once = rewritten(text)
    twice = rewritten(once.after)
    assert not once.already
    assert twice.already
    assert twice.after == twice.before == once.after
    assert not twice.changes
    assert not twice.blocks
    assert not twice.warnings
    assert twice.requirements == once.requirements


def test_rewriting_is_pure(text: str) -> None:
    script = parse_script(text)
    first, second = rewrite(script), rewrite(script)
    assert first == second
    assert first.before == script.text == text


def test_every_changed_line_lies_in_a_block(text: str, rewritten: Rewriting) -> None:
    result = rewritten(text)
    old, new = lines_of(result.before), lines_of(result.after)
    in_old = {n for b in result.blocks for n in range(b.first_line, b.last_line + 1)}
    in_new = {n for b in result.blocks for n in range(b.new_first_line, b.new_last_line + 1)}
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changed = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    assert changed
    # difflib may slide a change along equal lines; so compare what is outside the blocks instead.
    assert [line for n, line in enumerate(old, 1) if n not in in_old] == [
        line for n, line in enumerate(new, 1) if n not in in_new
    ]
    assert sum(hi - lo for _, lo, hi, _, _ in changed) <= len(in_old)
    assert sum(hi - lo for _, _, _, lo, hi in changed) <= len(in_new)


def test_every_rule_is_told_with_its_line_and_function(text: str, rewritten: Rewriting) -> None:
    result = rewritten(text)
    names = {rule.name for rule in RULES}
    functions = {f.name: f for f in parse_script(text).model.functions}
    assert {c.rule for c in result.changes} <= names
    assert {"inline-metadata", "local-run", "explain-after-training"} <= {
        c.rule for c in result.changes
    }
    for change in result.changes:
        assert change.why.endswith(".")
        if change.function is not None:
            function = functions[change.function]
            assert function.first_line <= change.first_line <= function.last_line + 1
            assert change.last_line <= function.last_line
    places = [(c.first_line, c.last_line) for c in result.changes]
    assert places == sorted(places)


def test_windows_newlines_stay(text: str, rewritten: Rewriting) -> None:
    windows = rewritten(text.replace("\n", "\r\n"))
    assert "\n" not in windows.after.replace("\r\n", "")
    assert windows.after.replace("\r\n", "\n") == rewritten(text).after


def test_mixed_newlines_stay_outside_the_edits(text: str, rewritten: Rewriting) -> None:
    half = text.count("\n") // 2
    mixed = text.replace("\n", "\r\n", half)
    result = rewritten(mixed)
    old, new = lines_of(mixed), lines_of(result.after)
    assert result.before == mixed
    assert result.after.replace("\r\n", "\n") == rewritten(text).after
    in_old = {n for b in result.blocks for n in range(b.first_line, b.last_line + 1)}
    in_new = {n for b in result.blocks for n in range(b.new_first_line, b.new_last_line + 1)}
    assert [x for n, x in enumerate(old, 1) if n not in in_old] == [
        x for n, x in enumerate(new, 1) if n not in in_new
    ]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# the end", "\n# the end\n"])
def test_the_end_of_the_file_stays(text: str, rewritten: Rewriting, end: str) -> None:
    result = rewritten(text.rstrip("\n") + end).after
    assert result.endswith(end)
    assert result.endswith("\n") == end.endswith("\n")


def test_odd_separators_are_no_line_breaks(text: str, rewritten: Rewriting) -> None:
    odd = text.replace("def prepare_data", "# page\x0c break \u2028 here \x85\ndef prepare_data", 1)
    assert "# page\x0c break \u2028 here \x85\n" in rewritten(odd).after


def test_the_requirements_hold_what_the_text_imports(text: str, rewritten: Rewriting) -> None:
    result = rewritten(text)
    required = {line.partition(">")[0] for line in result.requirements}
    wanted = set(read_source(result.after, "train.py").packages) - STANDARD - {RUNTIME}
    for package in wanted:
        assert PACKAGES.get(package, package) in required, package
    header = result.after.partition("# ///\n")[0]
    for line in result.requirements:
        assert f'#     "{line}",\n' in header
    assert ("lightgbm" in required) == ("lightgbm" in wanted)
    assert ("xgboost" in required) == ("xgboost" in wanted)


def test_the_model_is_saved_then_scored_then_explained(text: str, rewritten: Rewriting) -> None:
    tree = ast.parse(rewritten(text).after)
    (main,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "main")
    said = [ast.unparse(statement) for statement in main.body]
    trained = max(n for n, line in enumerate(said) if "= train_model(" in line)
    assert said[trained + 1] == "run.save_model(model)"
    explained = [n for n, line in enumerate(said) if line.startswith("run.explain(model, ")]
    assert len(explained) == 1
    rest = [line for line in said[explained[0] + 1 :] if "upload_folder" not in line]
    assert rest == []


def test_weights_folds_and_stacks_are_warned_of(
    scripts: dict[str, str], rewritten: Rewriting
) -> None:
    def messages(name: str) -> str:
        return " ".join(w.message for w in rewritten(scripts[name]).warnings)

    assert "sample weights of column 'case weight' are read but never used" in messages("voting")
    assert "last fold's training rows" in messages("stacking")
    assert "zeros for every member but the last" in messages("stacking")
    assert "last fold" not in messages("voting")
    assert "never used" not in messages("stacking")


def test_what_behaves_differently_afterwards_is_a_warning(
    scripts: dict[str, str], rewritten: Rewriting
) -> None:
    text = scripts["stacking"].replace("gpu_id=-1", "gpu_id=0")
    (warned,) = (w for w in rewritten(text).warnings if "GPU" in w.message)
    assert warned.line == text.count("\n", 0, text.index("gpu_id")) + 1


LEFTOVERS = {
    "import azureml.core": "import azureml.core",
    "from azureml.core import Workspace": "Workspace of azureml.core only works inside Azure ML",
    "from azureml.data import dataset_factory": "has no open-source stand-in yet",
    "import mlflow": "import mlflow",
}


@pytest.mark.parametrize("line", LEFTOVERS)
def test_what_still_reaches_for_azure_is_refused_by_name(
    line: str, scripts: dict[str, str], rewritten: Rewriting
) -> None:
    text = with_line_after(
        scripts["voting"], "def train_model(X, y, sample_weights=None, transformer=None):\n",
        f"    {line}\n    print({line.rsplit(maxsplit=1)[-1].partition('.')[0]})\n",
    )  # fmt: skip
    with pytest.raises(ScriptNotUnderstoodError) as refused:
        rewritten(text)
    number = text.count("\n", 0, text.index(f"    {line}\n    print")) + 1
    assert str(refused.value).startswith(f"script.py, line {number}: ")
    assert LEFTOVERS[line] in str(refused.value)


def test_a_module_level_import_that_something_else_needs_is_refused(
    scripts: dict[str, str], rewritten: Rewriting
) -> None:
    text = scripts["voting"].replace("import numpy\n", "import numpy\nimport mlflow.sklearn\n", 1)
    assert "mlflow" not in rewritten(text).after.partition("# ///\n")[2]
    text = text.replace(
        "def prepare_data(", "def track():\n    mlflow.autolog()\n\n\ndef prepare_data("
    )
    with pytest.raises(ScriptNotUnderstoodError, match=r"'import mlflow\.sklearn' only works"):
        rewritten(text)


def test_a_script_without_a_main_guard_is_refused(
    scripts: dict[str, str], rewritten: Rewriting
) -> None:
    text = scripts["voting"].partition('if __name__ == "__main__":')[0]
    with pytest.raises(ScriptNotUnderstoodError, match="there is no \"if __name__ == '__main__'\""):
        rewritten(text)


def test_a_loader_that_is_local_already_stays(
    scripts: dict[str, str], rewritten: Rewriting
) -> None:
    text = scripts["stacking"]
    start, stop = text.index("    from azureml.core.dataset"), text.index("def prepare_data")
    local = "    return pd.read_csv(dataset_id)\n\n\n"
    after = rewritten(text[:start] + local + text[stop:]).after
    assert f"def get_training_dataset(dataset_id):\n{local}" in after
    assert "load_table" not in after


@pytest.mark.parametrize(("read", "is_warned"), [("'rows.csv'", True), ("dataset_id", False)])
def test_a_loader_that_names_its_own_file_is_warned_of(
    scripts: dict[str, str], rewritten: Rewriting, read: str, is_warned: bool
) -> None:
    text = scripts["stacking"]
    start, stop = text.index("    from azureml.core.dataset"), text.index("def prepare_data")
    local = f"    return pd.read_csv({read})\n\n\n"
    said = [w.message for w in rewritten(text[:start] + local + text[stop:]).warnings]
    assert any("--training-data doesn't reach it" in m for m in said) is is_warned


def test_a_model_of_all_rows_that_is_scored_on_some_of_them_is_warned_of(
    scripts: dict[str, str], rewritten: Rewriting
) -> None:
    text = scripts["regression_split"]
    refit = text.replace("= train_model(X_train, y_train,", "= train_model(X, y,")
    for script, is_warned in ((text, False), (refit, True)):
        said = [w.message for w in rewritten(script).warnings]
        assert any(m.startswith("model is trained on X,") for m in said) is is_warned
