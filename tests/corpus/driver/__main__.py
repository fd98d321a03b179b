"""Make a corpus of scripts with the code generator of the Azure AutoML SDK itself.

Run it with the Python of an environment that holds ``azureml-train-automl-runtime``, in the
folder that holds this package::

    python -m driver --list
    python -m driver --out DIR [--only NAME ...] [--match SUBSTRING]

Every case featurizes a small data set with the SDK's own featurization, fits the SDK's
own model classes on it, wraps the result the way an AutoML iteration does, and then asks
the SDK's generator for the script and the notebook.  No workspace is contacted: the run
handed to the generator is a stub that carries only what the generator reads.

For every case DIR/<case>/ receives script.py (unformatted) and script_black.py, the notebook
(where the generator makes one), train.csv, valid.csv (where the script wants one) and case.json.
"""

import argparse
import contextlib
import importlib
import io
import logging
import os
import sys
import time
import traceback
import warnings
from pathlib import Path

from driver.catalogue import CASES
from driver.emit import make_case
from driver.network import refuse_network


def fix_hash_seed():
    """Start again under a fixed seed, unless this is one.

    The generator iterates over sets of strings (metric names, column groups): with the seed its
    text is the same from one invocation to the next.
    """
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, "-m", "driver", *sys.argv[1:]])


def available(module):
    try:
        importlib.import_module(module)
        return True
    except Exception:
        return False


def parsed(argv):
    parser = argparse.ArgumentParser(prog="driver", description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, help="folder to write the cases to")
    parser.add_argument("--only", nargs="*", default=None, metavar="NAME", help="these cases only")
    parser.add_argument("--match", default="", help="cases whose name contains this")
    parser.add_argument("--list", action="store_true", help="print the names of the cases")
    parser.add_argument("--verbose", action="store_true", help="let the SDK print")
    args = parser.parse_args(argv)
    unknown = set(args.only or ()) - set(CASES)
    if unknown:
        parser.error("no such case: " + ", ".join(sorted(unknown)))
    if args.out is None and not args.list:
        parser.error("--out is required")
    return args


@contextlib.contextmanager
def quiet(verbose):
    with contextlib.ExitStack() as stack:
        if not verbose:
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        yield


def attempt(name, args):
    """Make one case; what is to be said of it, and whether it failed."""
    spec = CASES[name]
    if spec.get("needs") and not available(spec["needs"]):
        return "skipped: needs %s" % spec["needs"], False
    began = time.time()
    try:
        with quiet(args.verbose):
            record = make_case(name, spec, args.out.resolve())
    except Exception as error:
        if args.verbose:
            traceback.print_exc()
        return "FAILED %s: %s" % (type(error).__name__, str(error).split("\n")[0][:300]), True
    note = record.get("script_syntax_error") or record.get("notebook_error") or ""
    return ("ok %5.1fs %s" % (time.time() - began, note.split("\n")[0])).strip(), False


def main(argv=None):
    args = parsed(argv)
    names = [
        name for name in CASES if (args.only is None or name in args.only) and args.match in name
    ]
    if args.list:
        print("\n".join(names))
        return 0
    refuse_network()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    failures = 0
    for number, name in enumerate(names, 1):
        said, failed = attempt(name, args)
        failures += failed
        print("%d/%d %-28s %s" % (number, len(names), name, said), flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    fix_hash_seed()
    sys.exit(main())
