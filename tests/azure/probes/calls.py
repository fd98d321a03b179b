"""Make calls of one client as given on standard input, and print what came of each as JSON."""

import importlib
import json
import sys
import time
from pathlib import Path

from codegen_fi.sources.clients.interface import Talk
from codegen_fi.sources.records import DataReference, job_from, plain, settings_from


def main(module, name):
    """Answer with a value, or kind and text of the failure, for each call."""
    given = json.load(sys.stdin)
    said, answers = [], []
    made = getattr(importlib.import_module(f"codegen_fi.sources.clients.{module}"), name)
    client = None
    for call, *arguments in given["calls"]:
        begun = time.monotonic()
        try:
            if client is None:
                client = made(settings_from(given["settings"]), Talk(say=said.append))
            answer = {"value": shown(getattr(client, call)(*taken(call, arguments)))}
        except Exception as error:  # noqa: BLE001 - whatever comes is the answer
            kind = getattr(error, "kind", type(error).__name__)
            answer = {"error": kind, "message": str(error)}
        answers.append({**answer, "seconds": time.monotonic() - begun})
    print("\n" + json.dumps({"answers": answers, "said": said}))


def taken(call, arguments):
    """Return arguments as the client takes them."""
    if call == "fetch":
        return [*arguments[:2], Path(arguments[2])]
    if call in {"job_yaml", "submit"}:
        return [job_from(arguments[0])]
    if call == "data":
        return [DataReference(**arguments[0]), Path(arguments[1])]
    if call == "publish":
        uri, experiment, files, tags, metrics, data = arguments
        files = {path: Path(local) for path, local in files.items()}
        return [uri, experiment, files, tags, metrics, Path(data) if data else None]
    return arguments


def shown(value):
    """Return a value as JSON can hold it."""
    if isinstance(value, list):
        return [shown(item) for item in value]
    return plain(value) if hasattr(value, "__dataclass_fields__") else value


if __name__ == "__main__":
    main(*sys.argv[1:])
