"""Runs one probe script under both runtimes: the official one and ours, with their own pandas."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import codegen_fi

HERE = Path(__file__).parent
SOURCES = Path(codegen_fi.__file__).parents[1]
OFFICIAL, PORTABLE = "azureml.training.tabular", "codegen_fi.runtime.automl"


class Runtimes:
    """Two interpreters that can be asked the same question."""

    def __init__(self, official_python):
        self._official_python = official_python

    def official(self, script, *arguments):
        # Its own warnings are none of our business.
        return self._run([self._official_python, "-W", "ignore"], script, OFFICIAL, *arguments)

    def portable(self, script, *arguments):
        # A warning that leaks out of the portable runtime fails the probe.
        return self._run([sys.executable, "-W", "error"], script, PORTABLE, *arguments)

    @staticmethod
    def _run(command, script, *arguments):
        environment = dict(os.environ, PYTHONPATH=str(SOURCES), PYTHONHASHSEED="0")
        done = subprocess.run(
            [*map(str, command), str(HERE / script), *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="session")
def runtimes(official_python):
    return Runtimes(official_python)
