"""A folder appears at once, and what a user wrote is never lost."""

from __future__ import annotations

import pytest

from codegen_fi.errors import UsageError
from codegen_fi.render import EMITTED, read_manifest, stale_of, write_folder
from codegen_fi.render import folder as module


def _tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture
def out(tmp_path, demo_files):
    write_folder(demo_files, tmp_path / "new" / "out")
    return tmp_path / "new" / "out"


def test_what_is_written_is_what_was_rendered(out, demo_files):
    assert _tree(out) == demo_files
    assert EMITTED.is_on(out)
    assert set(read_manifest(out).files) == set(demo_files) - {"codegen-fi.json"}
    assert [p.name for p in out.parent.iterdir()] == ["out"]
    assert out.stat().st_mode & 0o700 == 0o700
    assert stale_of(demo_files, out) == ()


def test_an_empty_folder_is_filled(tmp_path, demo_files):
    (tmp_path / "out").mkdir()
    write_folder(demo_files, tmp_path / "out")
    assert _tree(tmp_path / "out") == demo_files


def test_an_existing_folder_is_refused_and_left_alone(out, demo_files):
    before = _tree(out)
    with pytest.raises(UsageError, match="exists already"):
        write_folder({**demo_files, "train.py": b"new"}, out)
    assert _tree(out) == before


def test_force_replaces_our_files_and_keeps_everything_else(out, demo_files):
    (out / "outputs").mkdir()
    (out / "outputs" / "model.pkl").write_bytes(b"trained")
    (out / "data.csv").write_bytes(b"mine")
    (out / "codegen_fi_runtime" / "__pycache__").mkdir()
    (out / "codegen_fi_runtime" / "__pycache__" / "x.pyc").write_bytes(b"old")
    files = {k: v for k, v in demo_files.items() if k != "README.md"}
    changed = {**files, "train.py": b"new"}
    write_folder(changed, out, force=True)
    assert _tree(out) == {**changed, "outputs/model.pkl": b"trained", "data.csv": b"mine"}
    assert [p.name for p in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["train.py", "train.ipynb", "codegen_fi_runtime/errors.py"])
def test_force_refuses_to_overwrite_an_edit_and_names_it(out, demo_files, name):
    (out / name).write_bytes(b"edited")
    before = _tree(out)
    with pytest.raises(UsageError, match=f"edits.*{name}"):
        write_folder({**demo_files, name: b"new"}, out, force=True)
    assert _tree(out) == before


def test_force_refuses_to_overwrite_a_file_of_the_user_with_a_new_name(out, demo_files):
    (out / "review.html").write_bytes(b"my notes")
    with pytest.raises(UsageError, match=r"edits.*review\.html"):
        write_folder({**demo_files, "review.html": b"new"}, out, force=True)


def test_force_restores_a_file_that_was_deleted(out, demo_files):
    (out / "train.py").unlink()
    assert stale_of(demo_files, out) == ("train.py",)
    write_folder(demo_files, out, force=True)
    assert _tree(out) == demo_files


def test_force_does_not_touch_a_folder_that_is_not_ours(tmp_path, demo_files):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(UsageError, match="was not written by codegen-fi"):
        write_folder(demo_files, tmp_path / "thesis", force=True)
    assert _tree(tmp_path / "thesis") == {"chapter.txt": b"years of work"}


def test_a_file_in_the_way_is_refused(tmp_path, demo_files):
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        write_folder(demo_files, tmp_path / "out", force=True)


def test_an_interrupted_write_leaves_nothing(tmp_path, demo_files, monkeypatch):
    def interrupted(folder, files):
        (folder / "train.py").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_fill", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(demo_files, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "is not a folder written by codegen-fi"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"schema_version": 99, "files": {}}', "schema version 99"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_a_usage_error(tmp_path, content, says):
    if content is not None:
        (tmp_path / "codegen-fi.json").write_text(content)
    with pytest.raises(UsageError, match=says):
        read_manifest(tmp_path)
