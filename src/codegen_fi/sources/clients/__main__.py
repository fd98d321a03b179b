"""Hold one client library and answer calls until the tool closes standard input."""

from __future__ import annotations

import importlib
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from codegen_fi.sources.clients.classify import classify
from codegen_fi.sources.clients.interface import Client, Talk
from codegen_fi.sources.clients.protocol import (
    FAILURE,
    PROGRESS,
    READY,
    REPLY,
    SAY,
    SEEN,
    START,
    Channel,
)
from codegen_fi.sources.clients.watch import Watch
from codegen_fi.sources.failures import Failure
from codegen_fi.sources.records import (
    ClientName,
    DataReference,
    Settings,
    job_from,
    plain,
    settings_from,
)

_CLIENTS: Final[Mapping[ClientName, tuple[str, str]]] = {
    "mlflow": ("mlflow_client", "MlflowSource"),
    "azure-ai-ml": ("azure_ai_ml", "AzureAiMl"),
    "azureml-core": ("azureml_core", "AzuremlCore"),
}


def main() -> None:
    """Serve one session."""
    channel = Channel.instead_of_stdout()
    watch = Watch(lambda answer: channel.send(SEEN, **plain(answer)))
    watch.start()
    lines = _lines()
    client = _answered(channel, watch, START, lambda: _client(next_record(lines), channel))
    if client is None:
        return
    channel.send(READY)
    while True:
        record = next_record(lines)
        _serve(client, record, channel, watch)


def _serve(client: Any, record: Mapping[str, Any], channel: Channel, watch: Watch) -> None:
    call = CALLS[record["call"]]
    value = _answered(channel, watch, record["id"], lambda: (call(client, record["arguments"]),))
    if value is not None:
        channel.send(REPLY, id=record["id"], value=value[0])


def next_record(lines: queue.Queue[str]) -> dict[str, Any]:
    """Return the next record; ends the process when the tool is gone."""
    record: dict[str, Any] = json.loads(lines.get())
    return record


def _lines() -> queue.Queue[str]:
    """Read standard input beside the work, so that a call ends with the tool that asked for it."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line)
        # Client libraries keep threads that an ordinary exit would wait for.
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _answered(channel: Channel, watch: Watch, call: int, work: Callable[[], Any]) -> Any:
    """Do the work; a failure is reported, and None returned."""
    watch.forget()
    try:
        return work()
    except BaseException as error:  # noqa: BLE001 - whatever a library raises, the tool must hear
        failure = classify(error, watch.last, watch.last_bad)
        _report(channel, call, failure)
        return None


def _report(channel: Channel, call: int, failure: Failure) -> None:
    channel.send(FAILURE, id=call, failure=plain(failure))


def _client(values: Mapping[str, Any], channel: Channel) -> Client:
    settings: Settings = settings_from(values)
    talk = Talk(
        progress=lambda done, total, text: channel.send(
            PROGRESS, done=done, total=total, text=text
        ),
        say=lambda text: channel.send(SAY, text=text),
    )
    module, name = _CLIENTS[settings.client]
    made = getattr(importlib.import_module(f"codegen_fi.sources.clients.{module}"), name)
    client: Client = made(settings, talk)
    return client


CALLS: Final[Mapping[str, Callable[[Any, Mapping[str, Any]], Any]]] = {
    "connect": lambda client, _: plain(client.connect()),
    "run": lambda client, given: plain(client.run(given["run_id"])),
    "children": lambda client, given: [plain(r) for r in client.children(given["run_id"])],
    "experiment": lambda client, given: [plain(r) for r in client.experiment(given["name"])],
    "files": lambda client, given: client.files(given["run_id"], given["folder"]),
    "fetch": lambda client, given: client.fetch(
        given["run_id"], given["path"], Path(given["target"])
    ),
    "data": lambda client, given: plain(
        client.data(DataReference(**given["reference"]), Path(given["folder"]))
    ),
    "job_yaml": lambda client, given: client.job_yaml(job_from(given["job"])),
    "submit": lambda client, given: plain(client.submit(job_from(given["job"]))),
    "publish": lambda client, given: client.publish(
        given["tracking_uri"],
        given["experiment"],
        {name: Path(path) for name, path in given["files"].items()},
        given["tags"],
        given["metrics"],
        Path(given["data"]) if given["data"] else None,
    ),
}

if __name__ == "__main__":
    main()
