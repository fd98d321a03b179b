"""One question-and-answer process for all comparisons with the official packages."""

import json
import subprocess

import pytest


@pytest.fixture(scope="session")
def ask_probe(official_python):
    """Run a probe script under the official interpreter, once for many questions."""

    def ask(probe, questions):
        done = subprocess.run(
            [official_python, probe],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.rsplit("@@ANSWERS@@", 1)[1])

    return ask
