"""Asks the official packages many questions in one process."""

from functools import partial
from pathlib import Path

import pytest

PROBE = Path(__file__).with_name("official_probe.py")


@pytest.fixture(scope="session")
def ask_official(ask_probe):
    return partial(ask_probe, PROBE)
