"""Run original scripts in the environment that generated them, and keep what was seen.

Run it with the Python of that environment; one job, a JSON line, after the other::

    python -m fidelity.official < jobs

Only the two ends of a script are replaced: its data come from the case's CSV files, and its run
and its model registry take what they are given.
"""

import contextlib
import json
import logging
import os
import sys
import tempfile
import warnings

from driver.network import refuse_network
from fidelity.record import jsonable
from fidelity.run import watched


class Run:
    """Keeps what a script logs and takes what it uploads."""

    id = "local"

    def __init__(self, logged):
        self._logged = logged

    def __getattr__(self, name):
        if name.startswith("log"):
            return self._log
        if name.startswith("upload"):
            return nothing
        raise AttributeError(name)

    def _log(self, name, value, *args, **kwargs):
        self._logged[name] = jsonable(value)


def nothing(*args, **kwargs):
    """Stand where something would leave this machine."""


def import_service():
    """Import what the scripts import, once, and cut it off from the service."""
    import mlflow
    import mlflow.sklearn
    from azureml.core.run import Run as OfficialRun

    mlflow.sklearn.log_model = nothing
    return OfficialRun


def read(path, dates):
    import pandas as pd

    # As it is written: pandas before 3 reads neighbours of numbers with many digits otherwise.
    return pd.read_csv(path, parse_dates=dates, float_precision="round_trip")


def run_case(service, job):
    logged = {}
    service.get_context = staticmethod(lambda *args, **kwargs: Run(logged))
    with open(os.path.join(job["folder"], "case.json"), encoding="utf-8") as stream:
        dates = json.load(stream).get("parse_dates")

    def main(module, start):
        for function, name in (("training", "train.csv"), ("validation", "valid.csv")):
            path = os.path.join(job["folder"], name)
            setattr(module, "get_%s_dataset" % function, lambda *_, path=path: read(path, dates))
        module.main(*["data"] * module.main.__code__.co_argcount)

    watch = watched(os.path.join(job["folder"], "script.py"), "original", main)
    watch.record.facts.update(logged=logged, key=job["key"])
    watch.record.save(job["out"])
    return watch.record.facts


def main():
    refuse_network()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    answers = sys.stdout
    with open(os.devnull, "w") as silence, contextlib.redirect_stdout(silence):
        with contextlib.redirect_stderr(silence):
            service = import_service()
        # Scripts leave files where they run.
        with tempfile.TemporaryDirectory() as scratch:
            here = os.getcwd()
            os.chdir(scratch)
            for line in sys.stdin:
                with contextlib.redirect_stderr(silence):
                    facts = run_case(service, json.loads(line))
                print(facts.get("error", "trains"), file=answers, flush=True)
            os.chdir(here)


if __name__ == "__main__":
    main()
