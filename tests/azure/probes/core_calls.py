"""Make calls of the azureml-core client through its process; print replies and failures as JSON."""

import json
import sys
from pathlib import Path

from codegen_fi.sources.failures import RemoteError
from codegen_fi.sources.records import DataReference, Settings, Workspace, plain
from codegen_fi.sources.remote import Remote, RemoteEvents


def main() -> None:
    """Read ``{"workspace", "calls"}`` from standard input; a call is ``[name, *arguments]``."""
    asked = json.load(sys.stdin)
    progress: list[tuple[int, int | None, str]] = []
    settings = Settings("azureml-core", workspace=Workspace(**asked["workspace"]))
    events = RemoteEvents(progress=lambda *seen: progress.append(seen))
    answers = []
    with Remote(settings, events) as remote:
        for name, *arguments in asked["calls"]:
            answers.append(_answer(remote, name, arguments))
    print(json.dumps({"answers": answers, "progress": progress}))


def _answer(remote: Remote, name: str, arguments: list[str]) -> object:
    try:
        return _plain(_call(remote, name, arguments))
    except RemoteError as error:
        return {"kind": error.kind, "message": str(error)}


def _call(remote: Remote, name: str, arguments: list[str]) -> object:
    if name == "data":
        kind, value, folder = arguments
        return remote.data(DataReference("training", kind, value), Path(folder))
    if name == "fetch":
        run_id, path, target = arguments
        return remote.fetch(run_id, path, Path(target))
    return getattr(remote, name)(*arguments)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return plain(value) if hasattr(value, "__dataclass_fields__") else value


if __name__ == "__main__":
    main()
