"""Train every generated script in its own environment, and write down what came of it.

Run it with the Python of the environment that made the corpus::

    python -m driver.originals CORPUS

Only the two ends of a script are replaced: its data come from the case's CSV files, and its run
and its model registry take what they are given and keep nothing.  Each CORPUS/<case>/ receives
official.json: whether main() ran to its end, else the exception in one line.
"""

import contextlib
import io
import json
import logging
import os
import sys
import tempfile
import time
import types
import warnings
from pathlib import Path

from driver.network import refuse_network


class Run:
    """Takes whatever a script logs or uploads."""

    id = "local"

    def __getattr__(self, name):
        if name.startswith(("log", "upload")):
            return nothing
        raise AttributeError(name)


def nothing(*args, **kwargs):
    """Stand where something would leave this machine."""


def replace_service():
    """Import what the scripts import, once, and cut it off from the service."""
    import mlflow
    import mlflow.sklearn
    from azureml.core.run import Run as OfficialRun

    OfficialRun.get_context = staticmethod(lambda *args, **kwargs: Run())
    mlflow.sklearn.log_model = nothing


def read(path, dates):
    import pandas as pd

    return pd.read_csv(path, parse_dates=dates)


def execute(folder, facts):
    """Run the script's main() on the case's data."""
    script = folder / "script.py"
    module = types.ModuleType("original")
    module.__file__ = str(script)
    # Functions of the script are looked up by module when they are pickled or cloned.
    sys.modules["original"] = module
    exec(compile(script.read_text(encoding="utf-8"), str(script), "exec"), vars(module))
    if not hasattr(module, "main"):
        raise NotImplementedError("the script has no main()")
    dates = facts["parse_dates"]
    module.get_training_dataset = lambda *_: read(folder / "train.csv", dates)
    module.get_validation_dataset = lambda *_: read(folder / "valid.csv", dates)
    module.main(*["data"] * module.main.__code__.co_argcount)


def outcome(folder):
    facts = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            execute(folder, facts)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return {"trained": False, "error": one_line(error)}
    return {"trained": True}


def one_line(error):
    """Class and message; the SDK's messages go on for a page, of which the first says it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    words = " ".join(lines[:2] if lines[:1] == [type(error).__name__ + ":"] else lines[:1])
    return ("%s: %s" % (type(error).__name__, words))[:300]


def main(corpus):
    refuse_network()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    replace_service()
    here = Path(corpus).resolve()
    folders = sorted(path.parent for path in here.glob("*/case.json"))
    # Scripts leave files where they run.
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        for number, folder in enumerate(folders, 1):
            began = time.time()
            found = outcome(folder)
            text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
            (folder / "official.json").write_text(text, encoding="utf-8")
            said = "trains" if found["trained"] else found["error"]
            took = time.time() - began
            place = "%d/%d" % (number, len(folders))
            print("%s %-28s %5.1fs %s" % (place, folder.name, took, said), flush=True)
        os.chdir(str(here))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
