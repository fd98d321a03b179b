"""Nothing in the tree depends on, or tells of, the machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together from pieces, so that this file doesn't hold what it looks for.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "conda" + ".anaconda.org", "index" + "-url")
PATHS = ("work", "root", "home/[a-z]", "Users/[a-z]", "opt/pypi", "farm")
FORBIDDEN = {
    "a package index": re.compile("|".join(map(re.escape, HOSTS))),
    "a path of one machine": re.compile(rf"(?<![\w.~>}}/-])/(?:{'|'.join(PATHS)})(?![\w-])"),
    "a local file address": re.compile("file:" + "//"),
}
# The option that keeps the address of the index out of the locks has it in its name.
ALLOWED = {"scripts/lock.sh": "--no-emit-" + "index" + "-url"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip(f"NOT TESTED: {ROOT} is no git checkout")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """Text of a file; empty for a binary one."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        text = text_of(path).replace(ALLOWED.get(name, "\0"), "")
        found += [f"{name}: {match[0]}" for match in FORBIDDEN[what].finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a package index", "see " + "pypi" + ".org/simple"),
        ("a path of one machine", "open(" + "'/ro" + "ot/x')"),
        ("a path of one machine", "cd /wo" + "rk/main"),
        ("a local file address", "file:" + "///tmp"),
    ],
)
def test_the_search_finds_what_it_is_for(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize("text", ["a/work/b", "how/root", "~/.cache/codegen-fi", "/workspaces/1"])
def test_the_search_leaves_other_paths_alone(text: str) -> None:
    assert not FORBIDDEN["a path of one machine"].search(text)


def test_there_is_text_to_search() -> None:
    assert ROOT / "pyproject.toml" in tracked()
