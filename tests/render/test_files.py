"""The folder's files agree with each other and are the same bytes each time."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

import codegen_fi.runtime
from codegen_fi.demo import script_bytes
from codegen_fi.model.options import Options
from codegen_fi.model.plain import sha256
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite

RUNTIME = Path(codegen_fi.runtime.__file__).parent
OWN = {
    "script.py",
    "train.py",
    "train.ipynb",
    "requirements.txt",
    "changes.diff",
    "review.html",
    "README.md",
    "codegen-fi.json",
}


def _emission(source: bytes) -> Emission:
    script = parse_script(source.decode("utf-8").removeprefix("\ufeff"))
    return Emission(source, script.model, rewrite(script), {"kind": "test"})


def test_the_folder_holds_what_the_design_lists(emitted):
    assert {name for name in emitted if "/" not in name} == OWN
    assert {name.split("/")[0] for name in emitted if "/" in name} == {"codegen_fi_runtime"}


def test_the_runtime_is_copied_byte_for_byte(demo_files):
    copied = {
        name.removeprefix("codegen_fi_runtime/"): content
        for name, content in demo_files.items()
        if name.startswith("codegen_fi_runtime/")
    }
    there = {
        path.relative_to(RUNTIME).as_posix(): path.read_bytes()
        for path in RUNTIME.rglob("*")
        if path.suffix in {".py", ".md"}
    }
    assert copied == there
    assert "README.md" in copied


def test_the_same_script_gives_the_same_bytes(demo_files):
    assert render_files(_emission(script_bytes())) == demo_files


def test_the_manifest_lists_every_other_file_with_its_hash(emitted):
    manifest = json.loads(emitted["codegen-fi.json"])
    others = {n: sha256(c) for n, c in emitted.items() if n != "codegen-fi.json"}
    assert manifest["files"] == others
    assert manifest["schema_version"] == 1
    assert manifest["origin"] == {"kind": "test"}
    lines = emitted["script.py"].count(b"\n") + 1
    for change in manifest["changes"]:
        assert change["why"]
        assert 1 <= change["first_line"] <= lines + 1
    assert manifest["requirements"] == emitted["requirements.txt"].decode().splitlines()


@pytest.mark.parametrize(
    "command", [["git", "apply"], ["patch", "-s", "-p1", "-i"]], ids=["git", "patch"]
)
def test_the_diff_turns_the_script_into_train_py(emitted, tmp_path, command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    _patched(emitted, tmp_path, command)


@pytest.mark.parametrize("command", [["git", "apply"], ["patch", "-s", "-p1", "--binary", "-i"]])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text + b"\n",
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.replace(b"'churned'", "'a\x0cb\u2028c'".encode()),
    ],
    ids=["crlf", "newline at the end", "byte order mark", "odd line separators"],
)
def test_the_diff_applies_whatever_the_line_endings(tmp_path, command, change):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    source = change(script_bytes())
    files = render_files(_emission(source))
    assert files["script.py"] == source
    _patched(files, tmp_path, command)


def _patched(files, folder, command):
    (folder / "script.py").write_bytes(files["script.py"])
    (folder / "changes.diff").write_bytes(files["changes.diff"])
    subprocess.run([*command, "changes.diff"], cwd=folder, check=True)
    assert (folder / "train.py").read_bytes() == files["train.py"]
    assert (folder / "script.py").read_bytes() == files["script.py"]


def test_every_hunk_names_its_rule_and_every_change_is_in_one(emitted):
    manifest = json.loads(emitted["codegen-fi.json"])
    heads = [
        line for line in emitted["changes.diff"].decode().split("\n") if line.startswith("@@ ")
    ]
    assert heads
    for head in heads:
        assert "] " in head.split("@@ [", 1)[1]
    for change in manifest["changes"]:
        assert any(change["rule"] in h and change["why"] in h for h in heads), change


def test_the_notebook_is_valid_and_its_cells_parse(emitted):
    book = nbformat.reads(emitted["train.ipynb"].decode(), 4)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert [c.id for c in book.cells if "parameters" in c.metadata.get("tags", [])] == [
        "parameters-py"
    ]
    for cell in book.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)
            assert cell.outputs == []
            assert cell.execution_count is None


def test_only_a_script_with_a_validation_table_asks_for_one(emitted):
    has_one = "def get_validation_dataset" in emitted["script.py"].decode()
    assert ("VALIDATION_DATA" in emitted["train.ipynb"].decode()) is has_one
    assert ("--validation-data" in emitted["README.md"].decode()) is has_one


def test_train_py_compiles_for_the_oldest_python(emitted):
    ast.parse(emitted["train.py"].decode(), feature_version=(3, 10))


def test_the_readme_names_the_run_of_the_script_in_plain_text():
    source = script_bytes()
    origin = {"kind": "azureml", "run_id": "AutoML_1_3", "chosen": "the best child of <b>*x*</b>"}
    files = render_files(replace(_emission(source), origin=origin))
    text = files["README.md"].decode()
    assert "taken from run AutoML" in text
    assert "<b>" not in text
    assert "taken from run" not in render_files(_emission(source))["README.md"].decode()


def test_the_metric_of_the_run_is_in_script_and_notebook():
    script = parse_script(script_bytes().decode("utf-8"))
    rewritten = rewrite(script, Options(scoring="AUC_weighted"))
    files = render_files(
        Emission(script_bytes(), script.model, rewritten, {}, scoring="AUC_weighted")
    )
    assert b"add_local_arguments(parser, scoring='AUC_weighted')" in files["train.py"]
    cells = nbformat.reads(files["train.ipynb"].decode(), 4).cells
    assert any("SCORING = 'AUC_weighted'" in cell.source for cell in cells)
