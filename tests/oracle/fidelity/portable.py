"""Run rewritten scripts, each in a fork of a process that has its imports done.

One job, a JSON line, after the other::

    python -m fidelity.portable < jobs

A process of its own, so that nothing has been computed in the process that forks: thread pools do
not survive a fork.
"""

import hashlib
import importlib
import json
import os
import sys
import tempfile

from fidelity.replay import predictions
from fidelity.run import watched

IMPORTS = (
    "lightgbm", "pandas", "scipy.sparse", "sklearn.calibration", "sklearn.cluster",
    "sklearn.decomposition", "sklearn.ensemble", "sklearn.feature_extraction.text",
    "sklearn.linear_model", "sklearn.metrics", "sklearn.model_selection", "sklearn.naive_bayes",
    "sklearn.neighbors", "sklearn.pipeline", "sklearn.preprocessing", "sklearn.svm",
    "sklearn.tree", "xgboost",
)  # fmt: skip
RUNTIME = "codegen_fi_runtime"


def in_fork(job):
    """Run a job in a child; what came of it in a line."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run_case(job)
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return "ran" if code == 0 else f"ended with code {code}, see {job['said']}"


def run_case(job):
    log = os.open(job["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.path[0] = job["folder"]
    with tempfile.TemporaryDirectory() as outputs:
        os.chdir(outputs)
        run_in(job, outputs)


def run_in(job, outputs):
    def main(module, start):
        sys.argv = ["train.py", *job["arguments"], f"--outputs={outputs}", "--importance=none"]
        exec(start, vars(module))

    watch = watched(
        os.path.join(job["folder"], "train.py"), "__main__", main, predictions(job["official"])
    )
    facts = watch.record.facts
    facts.update(key=job["key"], modules=modules(job["folder"]), logged={}, model_bytes=0)
    metrics, model = (os.path.join(outputs, name) for name in ("metrics.json", "model.pkl"))
    if os.path.exists(metrics):
        with open(metrics, encoding="utf-8") as stream:
            facts["logged"] = json.load(stream)["metrics"]
    if os.path.exists(model):
        facts["model_bytes"] = os.path.getsize(model)
    watch.record.save(job["out"])
    sys.stdout.flush()
    sys.stderr.flush()


def modules(folder):
    """Hash by path of each file of the runtime that this run imported."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name.partition(".")[0] == RUNTIME and path:
            with open(path, "rb") as stream:
                digest = hashlib.sha256(stream.read()).hexdigest()
            found[os.path.relpath(path, folder)] = digest
    return found


def main():
    for name in IMPORTS:
        importlib.import_module(name)
    for line in sys.stdin:
        print(in_fork(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
