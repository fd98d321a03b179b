"""Train the model of a generated script in its own environment and pickle it: CASE FILE."""

import json
import pickle
import runpy
import sys
import warnings
from pathlib import Path

import pandas as pd

warnings.simplefilter("ignore")
case, target = map(Path, sys.argv[1:])
facts = json.loads((case / "case.json").read_text(encoding="utf-8"))
dates = [name for name, kind in facts["column_purposes"].items() if kind == "DateTime"]
script = runpy.run_path(str(case / "script.py"), run_name="generated")
data = pd.read_csv(case / "train.csv", parse_dates=dates)
X, y, weights = (*script["prepare_data"](data), None)[:3]
target.write_bytes(pickle.dumps(script["train_model"](X, y, weights)))
