"""Train in one emitted folder after another, each in a fork of a process that has its imports done.

Reads one JSON line per folder, ``{"folder": ..., "arguments": [...], "said": file}``, and answers
each with the exit code of its ``train.py``. A script of its own, so that nothing has been computed
in the process that forks: thread pools do not survive a fork.
"""

import importlib
import json
import os
import runpy
import sys
import traceback

IMPORTS = (
    "lightgbm", "pandas", "scipy.sparse", "sklearn.calibration", "sklearn.cluster",
    "sklearn.decomposition", "sklearn.ensemble", "sklearn.feature_extraction.text",
    "sklearn.linear_model", "sklearn.metrics", "sklearn.model_selection", "sklearn.naive_bayes",
    "sklearn.neighbors", "sklearn.pipeline", "sklearn.preprocessing", "sklearn.svm",
    "sklearn.tree", "xgboost",
)  # fmt: skip


def train(folder: str, arguments: list[str], said: str) -> int:
    """Run the folder's train.py as a program of its own; its exit code."""
    child = os.fork()
    if child == 0:
        os._exit(_exit_code(folder, arguments, said))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _exit_code(folder: str, arguments: list[str], said: str) -> int:
    log = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(folder)
    sys.argv = ["train.py", *arguments]
    sys.path[0] = folder
    try:
        runpy.run_path("train.py", run_name="__main__")
        code = 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as Python ends a program
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def main() -> None:
    for name in IMPORTS:
        importlib.import_module(name)
    for line in sys.stdin:
        print(train(**json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
