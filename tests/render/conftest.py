"""A script of ours, parsed and rewritten once."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen_fi.demo import script_bytes
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite

SCRIPTS = Path(__file__).parents[1] / "fixtures" / "scripts"


def emission_of(source: bytes, **options):
    script = parse_script(source.decode("utf-8").removeprefix("\ufeff"))
    return Emission(source, script.model, rewrite(script), {"kind": "test"}, **options)


def sources():
    scripts = {path.stem: path.read_bytes() for path in sorted(SCRIPTS.glob("*.py"))}
    return {"demo": script_bytes(), **scripts}


@pytest.fixture(scope="session", params=sources())
def emitted(request):
    """The files of the folder of each of our scripts."""
    return render_files(emission_of(sources()[request.param]))


@pytest.fixture(scope="session")
def demo_files():
    return render_files(emission_of(script_bytes()))
