"""One measurement in a process of its own; prints what it found as JSON.

    python importances_child.py WAY CASE FOLDER

The way ``fit`` leaves the fitted model in FOLDER for the others.  The mimic explainer has an
environment of its own: there the model is fitted anew, and what it predicts is compared with what
the other one does.
"""

from __future__ import annotations

import importlib.metadata
import json
import pickle
import statistics
import sys
import time
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from featurization_child import measured, status
from importances_cases import Case, prepared
from importances_ways import WAYS

MEGABYTE = 1 << 20
PACKAGES = ("numpy", "pandas", "scikit-learn", "lightgbm", "shap", "interpret-community")
WARM_UP_ROWS = 20
SHORT, MOST_TIMES = 5.0, 9
"""Seconds up to which an explanation is repeated, so many times at most, for the median."""


def main(way: str, text: str, folder: Path) -> None:
    warnings.simplefilter("ignore")
    case = Case(**json.loads(text))
    found = fit(case, folder) if way == "fit" else explain(way, case, folder)
    print(json.dumps({**found, "versions": versions()}))


def fit(case: Case, folder: Path) -> dict[str, Any]:
    """Leave a fitted model, what it was fitted on, the rows to score and what it says of them."""
    began = time.process_time()
    model, part, X, y = prepared(case)
    seconds = time.process_time() - began
    (folder / "fitted.pkl").write_bytes(pickle.dumps((model, part, X, y)))
    np.save(folder / "said.npy", said(model, X, case), allow_pickle=False)
    matrix = model.steps[0][1].transform(X) if hasattr(model, "steps") else X.to_numpy()
    parts = ("data", "indices", "indptr") if hasattr(matrix, "indptr") else ()
    held = sum(getattr(matrix, name).nbytes for name in parts) if parts else matrix.nbytes
    shapes = {"rows": len(X), "columns": X.shape[1], "engineered": matrix.shape[1]}
    return {"seconds": seconds, "matrix": held / MEGABYTE, **shapes}


def explain(way: str, case: Case, folder: Path) -> dict[str, Any]:
    """Explain the model once for the imports, with few rows, and then for the figures."""
    model, part, X, y = warm_up(way, case, folder)
    found, cost = measured(lambda: WAYS[way](model, part, X, y, case))
    costs = [cost]
    while sum(each["processor"] for each in costs) < SHORT and len(costs) < MOST_TIMES:
        costs.append(measured(lambda: WAYS[way](model, part, X, y, case))[1])
    return {
        "seconds": statistics.median(each["processor"] for each in costs),
        "wall": statistics.median(each["wall"] for each in costs),
        "above": cost["bytes"] / MEGABYTE,
        "peak": status("VmHWM") / MEGABYTE,
        "importances": found,
        "agree": agreement(model, X, case, folder),
    }


def warm_up(way: str, case: Case, folder: Path) -> tuple[Any, Any, Any, Any]:
    """Import what is imported on first use; on a copy, so that nothing else is kept of it."""
    if way == "mimic":
        model, part, X, y = prepared(case)
    else:
        model, part, X, y = pickle.loads((folder / "fitted.pkl").read_bytes())
    copied, few = pickle.loads(pickle.dumps((model, X.iloc[:WARM_UP_ROWS])))
    small = replace(part, X=part.X.iloc[:200], y=part.y[:200])
    WAYS[way](copied, small, few, y[:WARM_UP_ROWS], replace(case, repeats=1))
    return model, part, X, y


def said(model: Any, X: Any, case: Case) -> Any:
    """Give the predictions of some rows, those of a classifier as places of its classes."""
    found = model.predict(X.iloc[: case.explained])
    if not hasattr(model, "classes_"):
        return np.asarray(found, dtype=float)
    return np.searchsorted(np.asarray(model.classes_, dtype=str), np.asarray(found, dtype=str))


def agreement(model: Any, X: Any, case: Case, folder: Path) -> float:
    """Tell for how many of the rows this model says what the one in the folder does."""
    before = np.load(folder / "said.npy", allow_pickle=False)
    return float(np.isclose(said(model, X, case), before, rtol=1e-2, atol=0).mean())


def versions() -> dict[str, str]:
    found = importlib.metadata.distributions()
    installed = {dist.name.lower().replace("_", "-"): dist.version for dist in found}
    found = {name: installed[name] for name in PACKAGES if name in installed}
    return {"Python": sys.version.split()[0], **found}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
