"""Run the service by hand: prints the environment for a shell and answers until Ctrl-C."""

import argparse
import shlex
import signal
import sys
import tempfile
from pathlib import Path
from threading import Event

from loopback.service import Service


def main() -> None:
    """Serve one corpus case, or an empty workspace."""
    parser = argparse.ArgumentParser(prog="loopback", description=__doc__)
    parser.add_argument("--case", type=Path, help="folder of a corpus case to serve")
    parser.add_argument("--fail", action="append", default=[], help="name of a fault")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loopback-home") as home, Service() as service:
        environment = service.environment(Path(home))
        service.write_config(Path(home))
        for name, value in environment.items():
            print(f"export {name}={shlex.quote(value)}")
        print(f"# the workspace: {home}/config.json, or {service.workspace.tracking_uri}")
        if options.case:
            added = service.add_automl(options.case)
            print(f"# AutoML run {added.parent.run_id}, best child {added.best.run_id}")
        for name in options.fail:
            service.fail(name)
        sys.stdout.flush()
        _wait()
        for request in service.log:
            print(f"{request.status} {request.method} {request.host}{request.path}")


def _wait() -> None:
    """Wait to be ended, also where a shell's background jobs are born deaf to Ctrl-C."""
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


if __name__ == "__main__":
    main()
