"""Hold permutation importances of an official model against the scikit-learn of its environment.

    python permuted_official.py SCORES CASE MODEL RUNTIME

Runs in the environment that MODEL was pickled in; RUNTIME is the folder that holds
`codegen_fi_runtime`. Prints what `permuted.py` prints.
"""

import json
import pickle
import runpy
import sys
import warnings
from pathlib import Path

import pandas as pd

warnings.simplefilter("ignore")
ROWS = 80


def main():
    asked, (case, model, runtime) = json.loads(sys.argv[1]), map(Path, sys.argv[2:])
    sys.path[:0] = [str(runtime), str(Path(__file__).parent)]
    from permuted import compared

    facts = json.loads((case / "case.json").read_text(encoding="utf-8"))
    dates = [name for name, kind in facts["column_purposes"].items() if kind == "DateTime"]
    script = runpy.run_path(str(case / "script.py"), run_name="generated")
    data = pd.read_csv(case / "train.csv", parse_dates=dates)
    X, y = script["prepare_data"](data)[:2]
    fitted = pickle.loads(model.read_bytes())
    print("\n" + json.dumps(compared(fitted, X[:ROWS], y[:ROWS], asked)))


main()
