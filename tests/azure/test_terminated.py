"""What SIGTERM in the middle of a download leaves behind: nothing, as Ctrl-C does."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from desk import Desk, until
from loopback import Service
from scenarios import case_folder

_LONGEST = 40


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("times", [1, 2])
def test_a_terminated_download_leaves_nothing(tmp_path: Path, times: int) -> None:
    with Service() as service:
        automl = service.add_automl(case_folder(tmp_path))
        service.fail("blob-hang")
        desk = Desk(tmp_path / "desk", service)
        where = (f"azureml:{automl.parent.run_id}", "--sdk", "v2")
        process = desk.started("fetch", *where, "--out", "fetched")
        until(lambda: any(request.fault == "blob-hang" for request in service.log))
        assert len(desk.processes()) > 1
        assert list(desk.temp.iterdir())
        for _ in range(times):
            os.kill(process.pid, signal.SIGTERM)
        out, err = process.communicate(timeout=_LONGEST)
        assert process.returncode == 143, err
        assert (out, err.splitlines()[-1]) == ("", "terminated")
        assert "Traceback" not in err
        assert desk.processes() == []
    assert [path.name for path in desk.here.iterdir()] == ["config.json"]
    assert list(desk.temp.iterdir()) == []
