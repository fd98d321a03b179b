"""The patch and the page of every script of a release: exact, whole, and of a bounded weight."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite
from driver import catalogue
from lanes import NEWEST
from refused import REFUSED

pytestmark = pytest.mark.corpus

NAMES = [n for n in catalogue.tabular_cases(NEWEST.release, NEWEST.extras) if n not in REFUSED]
LARGEST_PAGE = 1_500_000


@pytest.mark.parametrize("name", NAMES)
def test_git_makes_train_py_of_script_py(
    name: str, case_of: Callable[[str, str], Any], tmp_path: Path
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    source = case_of(NEWEST.release, name).script.read_bytes()
    script = parse_script(source.decode("utf-8"))
    files = render_files(Emission(source, script.model, rewrite(script), {"kind": "test"}))
    for file in ("script.py", "changes.diff"):
        (tmp_path / file).write_bytes(files[file])
    subprocess.run(["git", "apply", "changes.diff"], cwd=tmp_path, check=True)
    assert (tmp_path / "train.py").read_bytes() == files["train.py"]
    page = files["review.html"].decode("utf-8")
    assert len(files["review.html"]) < LARGEST_PAGE
    # Every line that the patch takes out or puts in stands on the page under its own number.
    patch = files["changes.diff"].decode("utf-8").split("\n")[5:]
    removed, added = (sum(line.startswith(sign) for line in patch) for sign in "-+")
    sides = re.findall(r"<(del|ins)[^>]*>(.*?)</\1>", page, re.DOTALL)
    shown = {
        side: sum(text.count("<b data-n=") for tag, text in sides if tag == side)
        for side in ("del", "ins")
    }
    assert shown == {"del": removed, "ins": added}
