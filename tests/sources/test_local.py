"""A script on disk: alone, with what lies beside it, in a zip archive, or something else."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
from pathlib import Path

import pytest

from codegen_fi.demo import script_bytes
from codegen_fi.errors import ScriptNotUnderstoodError, SourceError, UsageError
from codegen_fi.sources import Found, find_script

SCRIPT = b"print('a script')\n"
NOTEBOOK = b'{"cells": []}'
CONDA = b"dependencies: []\n"
NOTEBOOK_NAME = "script_run_notebook.ipynb"
CONDA_NAME = "conda_env_v_1_0_0.yml"


def write_all(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def archive(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def everything_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    "place",
    [
        "script.py",
        "generated_code/script.py",
        "outputs/generated_code/script.py",
        "artifacts/outputs/generated_code/script.py",
    ],
)
def test_a_folder_is_searched_where_downloads_leave_the_script(tmp_path: Path, place: str) -> None:
    write_all(tmp_path, {place: SCRIPT})
    found = find_script(tmp_path)
    assert found.content == SCRIPT
    assert found.origin == {"kind": "path", "path": str(tmp_path / place)}
    assert found.others == {}


def test_an_emitted_folder_means_its_train_py(tmp_path: Path) -> None:
    write_all(tmp_path, {"codegen-fi.json": b"{}", "train.py": SCRIPT, "script.py": b"other\n"})
    assert find_script(tmp_path).content == SCRIPT


def test_what_lies_beside_a_script_comes_along(tmp_path: Path) -> None:
    beside = {"script.py": SCRIPT, NOTEBOOK_NAME: NOTEBOOK, "notes.txt": b"mine", CONDA_NAME: CONDA}
    write_all(tmp_path, beside)
    for where in (tmp_path, tmp_path / "script.py"):
        assert find_script(where).others == {NOTEBOOK_NAME: NOTEBOOK, CONDA_NAME: CONDA}


def test_the_environment_of_the_outputs_folder_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "outputs/generated_code"
    files = {f"{code}/script.py": SCRIPT, f"outputs/{CONDA_NAME}": CONDA, CONDA_NAME: b"not this"}
    write_all(tmp_path, files)
    assert find_script(tmp_path).others == {CONDA_NAME: CONDA}
    monkeypatch.chdir(tmp_path / code)
    assert find_script(Path("script.py")).others == {CONDA_NAME: CONDA}


def test_the_nearer_of_two_files_of_a_name_is_taken(tmp_path: Path) -> None:
    code = "outputs/generated_code"
    files = {f"{code}/script.py": SCRIPT, f"{code}/{CONDA_NAME}": CONDA}
    write_all(tmp_path, {**files, f"outputs/{CONDA_NAME}": b"farther"})
    assert find_script(tmp_path).others == {CONDA_NAME: CONDA}


def test_what_lies_above_any_other_folder_does_not_come_along(tmp_path: Path) -> None:
    write_all(tmp_path, {"mine/script.py": SCRIPT, CONDA_NAME: CONDA})
    assert find_script(tmp_path / "mine").others == {}


def test_a_folder_without_a_script_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no script\. Looked for script\.py, generated"):
        find_script(tmp_path)


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><body>Sign in</body></html>",
        b"\r\n  <html lang='en'>",
        b"\xef\xbb\xbf<!doctype HTML>",
        b"<!-- portal -->\n<html>",
        b"<?xml version='1.0'?><Error><Code>AuthenticationFailed</Code></Error>",
    ],
)
def test_a_web_page_saved_as_a_script_is_called_one(tmp_path: Path, page: bytes) -> None:
    write_all(tmp_path, {"script.py": page})
    with pytest.raises(SourceError, match=r"script\.py is a web page, not a script"):
        find_script(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    write_all(tmp_path, {"script.py": content})
    with pytest.raises(ScriptNotUnderstoodError, match=r"script\.py: the file is empty"):
        find_script(tmp_path / "script.py")


def test_a_binary_file_is_called_one(tmp_path: Path) -> None:
    write_all(tmp_path, {"model.pkl": b"\x80\x04\x95\x00\x00sklearn"})
    with pytest.raises(SourceError, match=r"model\.pkl is a binary file, not a script"):
        find_script(tmp_path / "model.pkl")


def test_a_notebook_is_called_one(tmp_path: Path) -> None:
    write_all(tmp_path, {NOTEBOOK_NAME: b'{\n "cells": [], "nbformat": 4}'})
    with pytest.raises(SourceError, match=r"ipynb is a notebook, not a script"):
        find_script(tmp_path / NOTEBOOK_NAME)


def test_a_file_larger_than_any_script_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.touch()
    os.truncate(path, 50 * 2**20 + 1)
    with pytest.raises(SourceError, match=r"script\.py has 52,428,801 bytes"):
        find_script(path)


@pytest.mark.parametrize(
    "text", [script_bytes(), b"# <html> in a comment\n", b"x = {'cells': 1}\n"]
)
def test_a_script_that_only_mentions_such_things_is_one(tmp_path: Path, text: bytes) -> None:
    write_all(tmp_path, {"script.py": text})
    assert find_script(tmp_path).content == text


def fetched(folder: Path, **changes: object) -> Path:
    files = {"script.py": SCRIPT, NOTEBOOK_NAME: NOTEBOOK}
    record = {
        "schema_version": 1,
        "origin": {"kind": "azureml", "run_id": "AutoML_1_3"},
        "run": {"label": "churned"},
        "files": {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        },
        **changes,
    }
    kept = json.dumps(record).encode()
    return write_all(folder, {**files, "codegen-fi-run.json": kept, "mine.txt": b"x"})


def test_a_fetched_folder_keeps_where_its_run_was(tmp_path: Path) -> None:
    fetched(tmp_path)
    for where in (tmp_path, tmp_path / "script.py"):
        found = find_script(where)
        files = found.origin["files"]
        assert {name: entry["size"] for name, entry in files.items()} == {
            "script.py": len(SCRIPT),
            NOTEBOOK_NAME: len(NOTEBOOK),
        }
        run = {"label": "churned"}
        known = {"kind": "azureml", "run_id": "AutoML_1_3", "run": run, "files": files}
        assert found.origin == known
        assert found.others == {NOTEBOOK_NAME: NOTEBOOK}


def test_a_fetched_script_that_was_edited_is_taken_and_marked(tmp_path: Path) -> None:
    edited = SCRIPT + b"print('mine')\n"
    write_all(fetched(tmp_path), {"script.py": edited})
    found = find_script(tmp_path)
    assert found.content == edited
    assert found.origin["edited"] is True


def test_a_notebook_removed_from_a_fetched_folder_is_not_missed(tmp_path: Path) -> None:
    (fetched(tmp_path) / NOTEBOOK_NAME).unlink()
    assert find_script(tmp_path).others == {}


def test_another_script_in_a_fetched_folder_is_not_the_runs(tmp_path: Path) -> None:
    write_all(fetched(tmp_path), {"other.py": SCRIPT})
    assert find_script(tmp_path / "other.py").origin["kind"] == "path"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"schema_version": 2}, "schema version 2"),
        ({"origin": None}, "damaged"),
        ({"files": []}, "damaged"),
        ({"files": {"script.py": {"size": 1}}}, "damaged"),
    ],
)
def test_a_record_that_cannot_be_used_is_refused(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    fetched(tmp_path, **changes)
    with pytest.raises(UsageError, match=rf"codegen-fi-run\.json .*{says}.*Fetch the run again"):
        find_script(tmp_path)


def test_a_record_that_is_no_json_is_refused(tmp_path: Path) -> None:
    write_all(fetched(tmp_path), {"codegen-fi-run.json": b'{"schema_version": 1,'})
    with pytest.raises(UsageError, match=r"codegen-fi-run\.json is damaged"):
        find_script(tmp_path)


@pytest.mark.parametrize("name", ["../secret", "a/b", "..", "C:x", "a\\b"])
def test_a_record_cannot_name_files_elsewhere(tmp_path: Path, name: str) -> None:
    write_all(tmp_path, {"secret": b"hidden"})
    entry = {"size": 1, "sha256": "0" * 64}
    fetched(tmp_path / "run", files={"script.py": entry, name: entry})
    with pytest.raises(UsageError, match="is no file name"):
        find_script(tmp_path / "run")


@pytest.mark.parametrize(
    "member",
    [
        "script.py",
        "generated_code/script.py",
        "outputs/generated_code/script.py",
        "AutoML_1_3/outputs/generated_code/script.py",
        "AutoML_1_3\\outputs\\generated_code\\script.py",
    ],
)
def test_a_zip_holds_its_script_anywhere(tmp_path: Path, member: str) -> None:
    path = archive(tmp_path / "run.zip", {member: SCRIPT, "logs/azureml/executionlogs.txt": b"x"})
    found = find_script(path)
    assert found.content == SCRIPT
    assert found.name.startswith(f"{path}: ")
    assert found.origin["path"] == str(path)
    assert everything_below(tmp_path) == {"run.zip"}


def test_the_helpful_files_of_a_zip_come_along(tmp_path: Path) -> None:
    files = {
        "r/outputs/generated_code/script.py": SCRIPT,
        f"r/outputs/generated_code/{NOTEBOOK_NAME}": NOTEBOOK,
        f"r/outputs/{CONDA_NAME}": CONDA,
        "r/outputs/model.pkl": b"\x80",
        f"elsewhere/{CONDA_NAME}": b"not this",
    }
    found = find_script(archive(tmp_path / "run.zip", files))
    assert found.others == {NOTEBOOK_NAME: NOTEBOOK, CONDA_NAME: CONDA}


def test_a_zip_is_known_by_what_it_holds(tmp_path: Path) -> None:
    assert find_script(archive(tmp_path / "download", {"script.py": SCRIPT})).content == SCRIPT


def test_the_script_where_automl_puts_it_is_the_one(tmp_path: Path) -> None:
    files = {"outputs/generated_code/script.py": SCRIPT, "snapshot/script.py": b"another\n"}
    assert find_script(archive(tmp_path / "run.zip", files)).content == SCRIPT


def test_a_zip_with_several_scripts_is_refused_and_lists_them(tmp_path: Path) -> None:
    files = {f"run{i}/outputs/generated_code/script.py": SCRIPT for i in range(12)}
    with pytest.raises(SourceError) as caught:
        find_script(archive(tmp_path / "runs.zip", files))
    text = str(caught.value)
    assert "holds 12 scripts" in text
    assert "run9/outputs/generated_code/script.py and 2 more" in text


def test_a_zip_that_names_one_file_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("script.py", SCRIPT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("script.py", b"another\n")
    with pytest.raises(SourceError, match="holds 2 scripts"):
        find_script(path)


@pytest.mark.parametrize("files", [{}, {"model.pkl": b"\x80"}, {"__MACOSX/._script.py": b"x"}])
def test_a_zip_without_a_script_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(SourceError, match=rf"holds no script\.py among its {len(files)} files"):
        find_script(archive(tmp_path / "run.zip", files))


def test_a_file_that_is_only_called_zip_is_refused(tmp_path: Path) -> None:
    write_all(tmp_path, {"run.zip": b"<html>Sign in</html>"})
    with pytest.raises(SourceError, match=r"run\.zip is not a whole zip archive"):
        find_script(tmp_path / "run.zip")


@pytest.mark.parametrize("keep", [4, 60, -1])
def test_a_zip_cut_off_on_the_way_is_refused(tmp_path: Path, keep: int) -> None:
    whole = archive(tmp_path / "whole.zip", {"script.py": script_bytes()}).read_bytes()
    write_all(tmp_path, {"cut.zip": whole[:keep]})
    with pytest.raises(SourceError, match=r"cut\.zip is not a whole zip archive"):
        find_script(tmp_path / "cut.zip")


@pytest.mark.parametrize(
    ("compression", "at", "damage"),
    [
        (zipfile.ZIP_DEFLATED, 39, b"\xff"),
        (zipfile.ZIP_DEFLATED, 200, bytes(60)),
        (zipfile.ZIP_STORED, 200, bytes(60)),
        (zipfile.ZIP_LZMA, 60, bytes(60)),
        (zipfile.ZIP_BZIP2, 60, bytes(60)),
    ],
    ids=["deflated, first byte", "deflated", "stored", "lzma", "bzip2"],
)
def test_a_zip_with_a_damaged_member_is_refused(
    tmp_path: Path, compression: int, at: int, damage: bytes
) -> None:
    path = archive(tmp_path / "run.zip", {"script.py": script_bytes()}, compression)
    content = bytearray(path.read_bytes())
    content[at : at + len(damage)] = damage
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"run\.zip is not a whole zip archive"):
        find_script(path)


def test_a_zip_in_a_compression_that_python_lacks_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "run.zip", {"script.py": SCRIPT})
    content = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", content, content.index(magic) + offset, 98)
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"run\.zip is not a whole zip archive"):
        find_script(path)


def test_a_member_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "run.zip", {"script.py": bytes(60 * 2**20)})
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"run\.zip is not a whole zip archive"):
        find_script(path)


def test_an_encrypted_zip_is_called_encrypted(tmp_path: Path) -> None:
    path = archive(tmp_path / "run.zip", {"script.py": SCRIPT})
    content = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(magic) + offset
        struct.pack_into("<H", content, at, struct.unpack_from("<H", content, at)[0] | 1)
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"script\.py in .*run\.zip is encrypted"):
        find_script(path)


def test_a_member_that_unpacks_to_a_giant_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", {"script.py": bytes(50 * 2**20 + 1)})
    assert path.stat().st_size < 2**20
    with pytest.raises(SourceError, match=r"script\.py in .*bomb\.zip has 52,428,801 bytes"):
        find_script(path)


def test_a_member_named_outside_the_archive_writes_nothing(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    path = archive(inner / "slip.zip", {"../../generated_code/script.py": SCRIPT})
    before = everything_below(tmp_path)
    assert find_script(path).content == SCRIPT
    assert everything_below(tmp_path) == before


def test_a_member_cannot_steer_the_terminal(tmp_path: Path) -> None:
    found = find_script(archive(tmp_path / "run.zip", {"\x1b[2J/script.py": SCRIPT}))
    assert found.name.isprintable()
    assert "\\x1b[2J/script.py" in found.name


def test_a_web_page_in_a_zip_is_called_one(tmp_path: Path) -> None:
    path = archive(tmp_path / "run.zip", {"script.py": b"<html>"})
    with pytest.raises(SourceError, match=r"run\.zip: script\.py is a web page"):
        find_script(path)


def test_a_script_found_without_anything_beside_it_says_so() -> None:
    assert Found("script.py", SCRIPT).others == {}
