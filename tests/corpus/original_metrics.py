"""Print the numbers that generated scripts log, in the environment that made them.

Run it with the Python of that environment and this folder on PYTHONPATH::

    python original_metrics.py CASE...

One process for many scripts, each in a fork: importing the packages takes longer than to train.
Prints a JSON line for each case.
"""

import contextlib
import io
import json
import logging
import os
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

from driver import originals
from driver.network import refuse_network


class Keeping(originals.Run):
    """Keeps the numbers and takes the rest."""

    def __init__(self):
        self.kept = {}

    def log(self, name, value, *_):
        self.kept[name] = float(value)


def main(folders):
    refuse_network()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    run = Keeping()
    originals.Run = lambda: run
    originals.replace_service()
    for folder in folders:
        child = os.fork()
        if child == 0:
            # The packages keep threads that would hold up the end.
            os._exit(in_fork(run, folder))
        if os.waitpid(child, 0)[1]:
            return 1
    return 0


def in_fork(run, folder):
    try:
        facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        # Scripts leave files where they run.
        with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
            os.chdir(scratch)
            originals.execute(folder, facts)
            os.chdir("/")
        print(json.dumps(run.kept), flush=True)
    except Exception:  # noqa: BLE001 - whatever it is, the test shows it
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(name).resolve() for name in sys.argv[1:]]))
