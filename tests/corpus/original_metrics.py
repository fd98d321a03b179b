"""Print the numbers that a generated script logs, in the environment that made it.

Run it with the Python of that environment and this folder on PYTHONPATH::

    python original_metrics.py CASE
"""

import contextlib
import io
import json
import logging
import os
import sys
import tempfile
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


def main(folder):
    refuse_network()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    run = Keeping()
    originals.Run = lambda: run
    originals.replace_service()
    facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    # Scripts leave files where they run.
    with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
        here = Path.cwd()
        os.chdir(scratch)
        originals.execute(folder, facts)
        os.chdir(str(here))
    print(json.dumps(run.kept))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
