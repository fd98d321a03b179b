"""One question-and-answer process for all comparisons with the official packages."""

import json
import subprocess

import pytest
from lanes import LANES, NEWEST, is_made


@pytest.fixture(scope="session")
def interpreter_of(request):
    """Interpreter that has a release's official packages; the test is skipped where none is."""

    def find(release):
        lane = LANES[release]
        if lane is NEWEST:
            return request.getfixturevalue("official_python")
        if not is_made(lane.environment, lane.environment_key()):
            pytest.skip(f"NOT TESTED against SDK {release}: run `make corpus`")
        return lane.environment / "bin" / "python"

    return find


@pytest.fixture(scope="session")
def ask_probe(interpreter_of):
    """Run a probe script under the official interpreter, once for many questions."""

    def ask(probe, questions, release=NEWEST.release):
        done = subprocess.run(
            [interpreter_of(release), probe],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.rsplit("@@ANSWERS@@", 1)[1])

    return ask
