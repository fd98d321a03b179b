"""Signing in with a browser that stays open does not keep the tool from ending."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from desk import Desk
from loopback import Service
from scenarios import case_folder

# Seconds: until the browser is there, until the tool has ended after that, and of the browser.
_START, _END, _OPEN = 40, 8, 30


def _browser(place: Path) -> tuple[str, Path]:
    """Make a browser that only stays open; return how it is called, and where its number is."""
    program, number = place / "browser", place / "number"
    program.write_text(
        f'#!/bin/sh\necho $$ > "{number}.new"\nmv "{number}.new" "{number}"\nexec sleep {_OPEN}\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return f"{program} %s &", number


@pytest.mark.skipif(os.name == "nt", reason="the browser is a shell script")
@pytest.mark.parametrize("sdk", ["v2", "v1"])
def test_an_interrupted_sign_in_does_not_wait_for_the_browser(tmp_path: Path, sdk: str) -> None:
    with Service() as service:
        automl = service.add_automl(case_folder(tmp_path))
        browser, number = _browser(tmp_path)
        desk = Desk(tmp_path / "desk", service, {"BROWSER": browser})
        run = ["fetch", f"azureml:{automl.best.run_id}", "--sdk", sdk, "--out", "fetched"]
        process = desk.started(*run, "--credential", "interactive")
        until = time.monotonic() + _START
        while not number.exists():
            assert time.monotonic() < until
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=_OPEN * 2)
            took = time.monotonic() - began
        finally:
            os.kill(int(number.read_text()), signal.SIGKILL)
    assert process.returncode == 130
    assert took < _END
    assert [path.name for path in desk.here.iterdir()] == ["config.json"]
