"""Whatever fails between a run and its script: one message, exit code 4, nothing left behind."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import scenarios
from loopback import Service
from scenarios import CLIENTS, SCENARIOS, SCRIPT, Answered, Scenario, Stage, fault
from warmed import Warmed

# Pairs, so that the slowest don't all come to one worker.
EVERY = [
    pytest.param(client, scenario, id=f"{scenario.name}-{client}")
    for scenario, client in itertools.product(SCENARIOS, CLIENTS)
    if client not in scenario.skip
]
# Commands at a time: most of their time they wait for an answer that doesn't come.
AT_ONCE = 4
CUT_OFF_ONCE = Scenario("cut off once", fault("truncated", times=1), ())

Ended = tuple[Stage, Answered]


@dataclass(frozen=True)
class Asked:
    """A command against a service of its own that fails in one way."""

    client: str
    scenario: Scenario


@pytest.fixture(scope="module")
def ended(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Asked], Ended]]:
    """Wait for a command; those of all the tests that were asked for are started together."""
    # That clients start from nothing is held by the tests of each client.
    warmed = Warmed(scenarios.TIMEOUT)
    environments = {client: warmed.environment(client) for client in CLIENTS}

    def run(asked: Asked) -> Ended:
        with Service() as service:
            stage = scenarios.staged(service, tmp_path_factory.mktemp("failing"), asked.client)
            stage.environment.update(environments[asked.client])
            asked.scenario.arrange(stage)
            return stage, scenarios.fetched(stage)

    found: dict[tuple[str, str], Future[Ended]] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for item in request.session.items:
            if item.path == request.path:
                given = item.callspec.params
                asked = Asked(given["client"], given.get("scenario", CUT_OFF_ONCE))
                found[asked.client, asked.scenario.name] = pool.submit(run, asked)
        yield lambda asked: found[asked.client, asked.scenario.name].result()
    warmed.close()


def _left(stage: Stage) -> list[str]:
    return sorted(path.name for path in stage.folder.iterdir() if path.name != "config.json")


@pytest.mark.parametrize(("client", "scenario"), EVERY)
def test_a_failure_is_one_message(
    ended: Callable[[Asked], Ended], client: str, scenario: Scenario
) -> None:
    stage, answered = ended(Asked(client, scenario))
    done = answered.done
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    message = done.stderr[done.stderr.index("error: ") :]
    for words in scenario.but.get(client, scenario.says):
        assert words in message, done.stderr
    assert done.stdout == ""
    assert _left(stage) == []
    assert [s for s in stage.service.secrets if s in done.stderr] == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_download_cut_off_once_is_whole_in_the_end(
    ended: Callable[[Asked], Ended], client: str
) -> None:
    stage, answered = ended(Asked(client, CUT_OFF_ONCE))
    assert answered.done.returncode == 0, answered.done.stderr
    assert (stage.folder / "fetched" / "script.py").read_text().startswith(SCRIPT)
