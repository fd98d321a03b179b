"""Whatever fails between a run and its script: one message, exit code 4, nothing left behind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import scenarios
from loopback import Service
from scenarios import CLIENTS, SCENARIOS, SCRIPT, Scenario, Stage

# Pairs, so that the slowest don't all come to one worker.
EVERY = [
    pytest.param(client, scenario, id=f"{scenario.name}-{client}")
    for scenario, client in itertools.product(SCENARIOS, CLIENTS)
    if client not in scenario.skip
]


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        yield service


def _stage(service: Service, tmp_path: Path, client: str) -> Stage:
    return scenarios.staged(service, tmp_path, client)


def _left(stage: Stage) -> list[str]:
    return sorted(path.name for path in stage.folder.iterdir() if path.name != "config.json")


@pytest.mark.parametrize(("client", "scenario"), EVERY)
def test_a_failure_is_one_message(
    service: Service, tmp_path: Path, client: str, scenario: Scenario
) -> None:
    stage = _stage(service, tmp_path, client)
    scenario.arrange(stage)
    done = scenarios.fetched(stage).done
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    message = done.stderr[done.stderr.index("error: ") :]
    for words in scenario.but.get(client, scenario.says):
        assert words in message, done.stderr
    assert done.stdout == ""
    assert _left(stage) == []
    assert [s for s in service.secrets if s in done.stderr] == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_download_cut_off_once_is_whole_in_the_end(
    service: Service, tmp_path: Path, client: str
) -> None:
    stage = _stage(service, tmp_path, client)
    service.fail("truncated", times=1)
    done = scenarios.fetched(stage).done
    assert done.returncode == 0, done.stderr
    assert (stage.folder / "fetched" / "script.py").read_text().startswith(SCRIPT)
