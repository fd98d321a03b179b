"""Names of columns are untrusted text: whatever they are, they arrive as themselves."""

import ast
import json
from typing import Any

import nbformat
from hypothesis import example, given
from hypothesis import strategies as st
from named_script import Names, script_with
from specimens import examples

from codegen_fi.model.hidden import without_secrets
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.render.templates import markdown
from codegen_fi.rewrite import rewrite

AWKWARD = (
    *(
        "it's",
        'a"b',
        "'''",
        '"""',
        "\\",
        "\\\\'",
        "a\\",
        "\\N{DASH}",
        "%s",
        "%(x)s",
        "{x}",
        "{",
        "}",
        "",
    ),
    *(
        "a\nb",
        "\r",
        "\r\n",
        "\x00",
        "\u2028",
        "\x85",
        "\x0c",
        "\t",
        "\x1b[0m",
        "\ufeff",
        "\u202eb",
        "\ud800",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% raw %}",
        "{# x #}",
        "</script>",
        "<b>",
        "# --",
        "$x$",
        "`x` | y",
        "🙂",
        "שלום",
    ),
    *("class", "None", "logger", "run", "main", "X_train", "model", "automl_run_id", "__name__"),
    *("column_group_0", "mapper_0", "label_column_name", "codegen_fi_runtime", "train_model(X, y)"),
    *("\n# /// script\n", "# Rewritten by codegen-fi 1.0;", "'); import os; ('", '"""\nimport os'),
    *(
        "# -*- coding: latin-1 -*-",
        "\nif __name__ == '__main__':\n",
        "x" * 5000,
        "../../etc/passwd",
    ),
)
NAMES = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(AWKWARD)
GROUPS = st.lists(st.lists(NAMES, min_size=1, max_size=4, unique=True), min_size=1, max_size=4)


@st.composite
def any_names(draw: st.DrawFn) -> Names:
    groups = draw(GROUPS)
    return Names(
        label=draw(NAMES),
        weights=draw(st.none() | NAMES.filter(bool)),
        groups=groups,
        dates=[draw(st.booleans()) for _ in groups],
        run=draw(NAMES),
        # An address with a password doesn't arrive as it is; that is another test's matter.
        dataset=draw(NAMES.filter(lambda name: without_secrets(name) == name)),
    )


def load_call(text: str) -> dict[str, object]:
    """The arguments of ``load_table`` in a rewritten script, read as literals."""
    (call,) = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "load_table"
    )
    assert ast.unparse(call.args[0]) == "dataset_id"
    return {k.arg or "": ast.literal_eval(k.value) for k in call.keywords}


ALL_AWKWARD = Names(
    label="it's",
    weights="\ud800",
    groups=[[name] for name in AWKWARD],
    dates=[len(name) % 2 == 0 for name in AWKWARD],
    run="\n'); import os",
    dataset="</script>{{ 7 * 7 }}",
)


@examples(25)
@given(any_names())
@example(ALL_AWKWARD)
def test_names_arrive_in_the_new_script_as_they_are_in_the_old(names: Names) -> None:
    read = parse_script(script_with(names))
    model = read.model
    assert model.label == names.label
    assert model.weight_column == names.weights
    assert model.automl_run_id == names.run
    assert [d.value for d in model.datasets] == [names.dataset]
    assert [[n for (n,) in m.columns] for m in model.pipeline.mappers] == names.groups
    assert [m.as_frame for m in model.pipeline.mappers] == [not d for d in names.dates]

    after = rewrite(read).after
    wanted: dict[str, object] = {"label": names.label}
    if names.weights is not None:
        wanted["weights"] = names.weights
    wanted["columns"] = list(dict.fromkeys(name for group in names.groups for name in group))
    pairs = zip(names.groups, names.dates, strict=True)
    parsed = [name for group, is_date in pairs if is_date for name in group]
    if parsed:
        wanted["dates"] = list(dict.fromkeys(parsed))
    assert load_call(after) == wanted
    assert parse_script(after).model.pipeline.columns() == model.pipeline.columns()


class Renamed(ast.NodeTransformer):
    """Puts other text in the place of whole string constants."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            return ast.Constant(self.names.get(node.value, node.value))
        return node


def folder(names: Names) -> dict[str, bytes]:
    source = script_with(names).encode("utf-8")
    script = parse_script(source.decode("utf-8"))
    return render_files(Emission(source, script.model, rewrite(script), {"kind": "test"}))


def same_code(plain: str, odd: str, names: dict[str, str]) -> None:
    renamed = Renamed(names).visit(ast.parse(plain))
    assert ast.dump(renamed) == ast.dump(ast.parse(odd))


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Put other text in the place of whole strings of a JSON value."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {key: renamed(item, names) for key, item in value.items()}
    return value


def told(files: dict[str, bytes]) -> Any:
    """What the manifest says, without hashes, sentences, and lines, which a long name breaks."""
    content = json.loads(files["codegen-fi.json"].decode("utf-8"))
    return {k: v for k, v in content.items() if k not in {"blocks", "files", "warnings"}}


@examples(25)
@given(any_names())
@example(ALL_AWKWARD)
def test_a_name_is_the_same_constant_in_every_file_and_nothing_else(names: Names) -> None:
    """The folder is that of a script with plain names, with these in the place of those."""
    plain_of = {name: f"plain {number}" for number, name in enumerate(names.all())}
    odd_of = {plain: name for name, plain in plain_of.items()}
    plain, odd = folder(names.replaced(plain_of)), folder(names)
    assert plain.keys() == odd.keys()

    ours, theirs = (files["train.py"].decode("utf-8") for files in (plain, odd))
    same_code(ours, theirs, odd_of)
    header = theirs.partition("\nimport ")[0]
    assert header == ours.partition("\nimport ")[0]
    same_code(*(files["script.py"].decode("utf-8") for files in (plain, odd)), odd_of)
    assert renamed(told(plain), odd_of) == told(odd)

    books = [nbformat.reads(files["train.ipynb"].decode("utf-8"), 4) for files in (plain, odd)]
    for book in books:
        nbformat.validate(book)
    for one, other in zip(books[0].cells, books[1].cells, strict=True):
        assert (one.cell_type, one.id, one.metadata) == (other.cell_type, other.id, other.metadata)
        if one.cell_type == "code":
            same_code(one.source, other.source, odd_of)

    readme = odd["README.md"].decode("utf-8")
    assert readme.count("\n") == plain["README.md"].decode("utf-8").count("\n")
    for name in [names.label, *(name for group in names.groups for name in group)]:
        assert shown(name) in readme


def shown(name: str) -> str:
    return markdown(name).encode("utf-8", "backslashreplace").decode("utf-8")
