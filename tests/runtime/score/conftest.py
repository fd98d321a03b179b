"""Asks the official packages many questions in one process."""

import json
import subprocess
from pathlib import Path

import pytest

PROBE = Path(__file__).with_name("official_probe.py")


@pytest.fixture(scope="session")
def ask_official(official_python):
    def ask(questions):
        done = subprocess.run(
            [official_python, PROBE],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.rsplit("@@ANSWERS@@", 1)[1])

    return ask
