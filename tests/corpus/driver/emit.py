"""One case: data, pipeline, script, notebook and what was asked for, in its folder."""

import json
import sys

from driver.forecasting import build_forecasting
from driver.frames import SEED
from driver.generator import input_datasets, make_notebook, make_script, vertical_script
from driver.service import make_runs, settings_for
from driver.tabular import build_tabular

# File name of each form of the text, and whether black is there when it is made.
FORMS = {"script.py": False, "script_black.py": True}


def make_case(name, spec, root):
    import numpy as np
    from azureml.train.automl.runtime import VERSION

    np.random.seed(SEED)
    out = root / name
    out.mkdir(parents=True, exist_ok=True)
    record = {
        "case": name,
        "task": spec["task"],
        "generator": "azureml-train-automl-runtime " + VERSION,
        "python": "%d.%d" % sys.version_info[:2],
    }
    if spec["steps"] == "vertical":
        # Not the generator's text, so nothing formats it.
        for file_name in FORMS:
            (out / file_name).write_text(vertical_script(out), encoding="utf-8")
        write_json(out / "case.json", record)
        return record

    frame, valid, label, informative = make_data(spec)
    frame.to_csv(out / "train.csv", index=False)
    if valid is not None:
        valid.to_csv(out / "valid.csv", index=False)
    settings = settings_for(spec, label)
    build = build_forecasting if spec["task"] == "forecasting" else build_tabular
    pipeline, facts = build(spec, frame.copy(), label, settings)
    only_features = spec["steps"] == "featurizer"
    algorithm = "TCNForecaster" if spec["steps"] == "tcn" else model_name(pipeline)
    inputs_kind = spec.get("inputs", "id")
    parent, child = make_runs(name, settings, inputs_kind, valid is not None, algorithm)
    current = parent if only_features else child
    for file_name, formatted in FORMS.items():
        script = make_script(current, pipeline, only_features, formatted)
        (out / file_name).write_text(script, encoding="utf-8")
    inputs = input_datasets(parent)
    record.update(write_notebook(out, current, parent, inputs, only_features))
    record.update(syntax_error(out / "script.py"))
    record.update(what_was_asked(spec, frame, label, informative, settings))
    record.update({"run_algorithm": algorithm, "inputs": inputs}, **facts)
    write_json(out / "case.json", record)
    return record


def make_data(spec):
    """The training frame, the validation frame or None, label and informative columns."""
    import numpy as np

    frame, label, informative = spec["data"]()
    if spec.get("drop"):
        frame = frame.drop(columns=spec["drop"])
        informative = [c for c in informative if c not in spec["drop"]]
    valid = None
    if spec.get("valid") == "tail":
        time_name = spec["ts"]["time_column_name"]
        cut = sorted(frame[time_name].unique())[-spec["ts"]["forecast_horizon"]]
        frame, valid = frame[frame[time_name] < cut], frame[frame[time_name] >= cut]
    elif spec.get("valid"):
        mask = np.random.RandomState(SEED + 1).rand(len(frame)) < 0.25
        frame, valid = frame[~mask], frame[mask]
    return frame.reset_index(drop=True), valid, label, informative


def write_notebook(out, run, parent, inputs, only_features):
    name = "autofeaturization_notebook.ipynb" if only_features else "script_run_notebook.ipynb"
    try:
        notebook = make_notebook(run, parent, inputs, only_features)
    except Exception as error:
        return {"notebook_error": "%s: %s" % (type(error).__name__, error)}
    (out / name).write_text(notebook, encoding="utf-8")
    return {"notebook": name}


def syntax_error(script):
    try:
        compile(script.read_text(encoding="utf-8"), script.name, "exec")
    except SyntaxError as error:
        return {"script_syntax_error": str(error)}
    return {}


def what_was_asked(spec, frame, label, informative, settings):
    steps, ensemble = spec["steps"], spec.get("ensemble")
    return {
        "label": label,
        "weight": spec.get("weight"),
        "steps": steps if isinstance(steps, str) else class_names(steps or []),
        "ensemble": ensemble
        and {"kind": ensemble[0], "members": [class_names(member) for member in ensemble[1]]},
        "settings": settings,
        "raw_columns": [c for c in frame.columns if c not in (label, spec.get("weight"))],
        "informative": informative,
        "time_series": spec.get("ts"),
        "dtypes": {c: str(t) for c, t in frame.dtypes.items()},
        "parse_dates": [c for c, t in frame.dtypes.items() if str(t).startswith("datetime")],
        "rows": len(frame),
    }


def class_names(steps):
    return [step["class_name"] for step in steps]


def model_name(pipeline):
    last = pipeline.steps[-1][1] if hasattr(pipeline, "steps") else pipeline
    return type(last).__name__


def write_json(path, record):
    path.write_text(
        json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n",
        encoding="utf-8",
    )
