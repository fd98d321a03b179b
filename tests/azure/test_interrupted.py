"""What must not be left behind: by Ctrl-C in the middle, or by names that climb out of a folder."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from desk import Desk, until
from loopback import Service
from scenarios import case_folder

_WAYS = ("v2", "v1", "mlflow")
_LONGEST = 40


def _where(service: Service, way: str, run_id: str) -> list[str]:
    if way == "mlflow":
        return [f"mlflow:{run_id}", "--tracking-uri", service.workspace.tracking_uri]
    return [f"azureml:{run_id}", "--sdk", way]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks processes up in /proc")
@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("hangs", ["api-hang", "blob-hang"])
def test_an_interrupted_download_leaves_nothing(tmp_path: Path, way: str, hangs: str) -> None:
    with Service() as service:
        automl = service.add_automl(case_folder(tmp_path))
        service.fail(hangs)
        desk = Desk(tmp_path / "desk", service)
        where = _where(service, way, automl.parent.run_id)
        process = desk.started("fetch", *where, "--out", "fetched")
        until(lambda: any(request.fault == hangs for request in service.log))
        # The tool and its client, at least.
        assert len(desk.processes()) > 1
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=_LONGEST)
        assert process.returncode == 130, err
        assert (out, err.splitlines()[-1]) == ("", "interrupted")
        assert "Traceback" not in err
        assert desk.processes() == []
    assert [path.name for path in desk.here.iterdir()] == ["config.json"]
    assert list(desk.temp.iterdir()) == []


@pytest.mark.parametrize("way", _WAYS)
def test_names_that_climb_out_of_the_folder_are_not_followed(tmp_path: Path, way: str) -> None:
    code = "outputs/generated_code"
    outside = tmp_path / "outside" / "Dockerfile"
    files = {
        f"{code}/script.py": b"x = 1\n",
        f"{code}/../../../../script_run_notebook.ipynb": b"climbed",
        f"{code}/{'../' * 9}{str(outside).lstrip('/')}": b"climbed",
        f"{code}/..\\..\\conda_environment.yaml": b"climbed",
        "outputs/../conda_env_v_1_0_0.yml": b"climbed",
    }
    with Service() as service:
        service.add_run("climber_1", files, run_type="azureml.scriptrun")
        desk = Desk(tmp_path / "desk", service)
        desk.good("fetch", *_where(service, way, "climber_1"), "--out", "fetched")
    kept = {path.relative_to(desk.here).as_posix() for path in desk.here.rglob("*")}
    assert kept == {"config.json", "fetched", "fetched/script.py", "fetched/codegen-fi-run.json"}
    assert not outside.exists()
    assert [path for path in tmp_path.rglob("*") if _holds(path, b"climbed")] == []


def _holds(path: Path, word: bytes) -> bool:
    return path.is_file() and word in path.read_bytes()
