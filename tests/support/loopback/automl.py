"""An AutoML run as Azure ML keeps it, made from one corpus case: parent, children, files, data."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loopback import automl_files
from loopback.state import DataAsset, Dataset, Run, State, input_dataset

_VERSIONS = json.dumps({"azureml-train-automl-runtime": "1.62.0"})
_OTHERS = (
    ("VotingEnsemble", "", 0.02),
    ("LogisticRegression", "StandardScalerWrapper", 0.06),
    ("SGD", "MaxAbsScaler", 0.09),
)
_FILES = {"training": "train.csv", "validation": "valid.csv", "test": "test.csv"}
_ROLES = tuple(_FILES)


@dataclass(frozen=True, slots=True)
class Automl:
    """The runs that were added.

    Attributes
    ----------
    best
        The child whose script the case holds.
    without_code
        A child whose model has no script.
    """

    parent: Run
    best: Run
    without_code: Run
    children: tuple[Run, ...]
    script: bytes


def add_automl(
    state: State,
    case: Path,
    *,
    name_best: bool = True,
    experiment: str = "exp1",
    code_generation: bool = True,
    settings: dict[str, Any] | None = None,
    tags: dict[str, str] | None = None,
) -> Automl:
    """Add an AutoML run whose best child holds the case's script.

    Parameters
    ----------
    name_best
        Whether the parent carries the tag that names its best child.
    code_generation
        Whether the run was told to generate code; without it no child has any.
    settings, tags
        Added to the parent's own.
    """
    facts = _facts(case)
    script = (case / "script.py").read_bytes()
    found = re.search(rb"automl_run_id = '(\w+?_[\w-]+)_(\d+)'", script)
    parent_id = found[1].decode() if found else "AutoML_00000000-0000-4000-8000-000000000001"
    best_id = f"{parent_id}_{found[2].decode() if found else 0}"
    metric = str(facts["settings"]["primary_metric"])
    parent = state.add_run(
        parent_id,
        {"outputs/log.txt": b"done\n"},
        experiment=experiment,
        properties=_parent_properties(facts, code_generation, settings or {}),
        tags={"model_explain_run": "best_run", **(tags or {})},
        input_datasets=_inputs(facts["inputs"]),
    )
    children = _children(state, parent, best_id, facts, script if code_generation else None)
    if name_best:
        parent.tags["automl_best_child_run_id"] = best_id
    parent.metrics[metric] = children[0].metrics[metric]
    _add_data(state, case, facts["inputs"])
    return Automl(parent, children[0], children[-1], tuple(children), script)


def _facts(case: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((case / "case.json").read_text(encoding="utf-8"))
    return facts


def _parent_properties(
    facts: dict[str, Any], code_generation: bool, settings: dict[str, Any]
) -> dict[str, str]:
    known = {
        **facts["settings"],
        "iterations": 4,
        "enable_code_generation": code_generation,
        **settings,
    }
    properties = {
        "azureml.runsource": "automl",
        "runTemplate": "AutoML",
        "num_iterations": "4",
        "primary_metric": str(known["primary_metric"]),
        "AMLSettingsJsonString": json.dumps(known),
        "dependencies_versions": _VERSIONS,
    }
    data = _mltable_data(facts["inputs"])
    return properties | ({"mltable_data_json": json.dumps(data)} if data else {})


def _mltable_data(inputs: dict[str, str]) -> dict[str, Any] | None:
    names = {"training": "TrainData", "validation": "ValidData", "test": "TestData"}
    found = {role: inputs.get(f"{role}_dataset_uri") for role in _ROLES}
    if not any(found.values()):
        return None
    told = {
        names[role]: {"Uri": uri, "ResolvedUri": uri, "AssetId": None} if uri else None
        for role, uri in found.items()
    }
    return {"Type": "MLTable", **told}


def _inputs(inputs: dict[str, str]) -> list[dict[str, Any]]:
    found = [(role, inputs.get(f"{role}_dataset_id")) for role in _ROLES]
    return [input_dataset(f"{role}_data", value) for role, value in found if value]


def _children(
    state: State, parent: Run, best_id: str, facts: dict[str, Any], script: bytes | None
) -> list[Run]:
    classify = facts["task"] == "classification"
    metric = str(facts["settings"]["primary_metric"])
    number = int(best_id.rpartition("_")[2])
    steps = facts.get("steps") or [facts["run_algorithm"]]
    preprocessor = steps[-2] if len(steps) > 1 else ""
    models = [(facts["run_algorithm"], preprocessor, 0.0), *_OTHERS]
    children = []
    for place, (algorithm, scaler, worse) in enumerate(models):
        score = round(0.97 - worse, 4) if classify else round(0.05 + worse, 4)
        last = place == len(models) - 1
        files = automl_files.of_child(f"{parent.run_id}_{number + place}", None if last else script)
        children.append(
            state.add_run(
                f"{parent.run_id}_{number + place}",
                files,
                experiment=parent.experiment,
                parent=parent.run_id,
                run_type="azureml.scriptrun",
                properties=_child_properties(algorithm, scaler, number + place, score),
                tags=_code_tag(script, last),
                metrics={metric: score, "log_loss" if classify else "r2_score": 0.5},
                input_datasets=list(parent.input_datasets),
            )
        )
    return children


def _code_tag(script: bytes | None, last: bool) -> dict[str, str]:
    if script is None:
        return {}
    return {"_aml_system_codegen": "canceled" if last else "completed"}


def _child_properties(algorithm: str, scaler: str, iteration: int, score: float) -> dict[str, str]:
    return {
        "runTemplate": "automl_child",
        "azureml.runsource": "automl",
        "run_algorithm": algorithm,
        "run_preprocessor": scaler,
        "iteration": str(iteration),
        "score": str(score),
        "pipeline_id": f"pipeline-{iteration}",
        "model_output_path": "outputs/model.pkl",
        "dependencies_versions": _VERSIONS,
    }


def _add_data(state: State, case: Path, inputs: dict[str, str]) -> None:
    store = state.datastores["workspaceblobstore"].name
    for role, file in {
        "training": "train.csv",
        "validation": "valid.csv",
        "test": "test.csv",
    }.items():
        path = case / file
        if not path.exists():
            continue
        folder = f"data/{case.name}/{role}"
        table = automl_files.mltable(file)
        state.put_files(store, folder, ((file, path.read_bytes()), ("MLTable", table)))
        address = f"azureml://datastores/{store}/paths/{folder}/"
        name = f"{case.name}-{role}"
        if dataset_id := inputs.get(f"{role}_dataset_id"):
            known = Dataset(dataset_id, name, 1, store, [f"{folder}/{file}"])
            state.datasets[dataset_id] = known
            state.data_assets[name, "1"] = DataAsset(name, "1", "mltable", address)
        if uri := inputs.get(f"{role}_dataset_uri"):
            _add_asset(state, uri, address)


def _add_asset(state: State, uri: str, address: str) -> None:
    found = re.search(r"/data/([^/]+)/versions/([^/]+)$", uri)
    if found is None:
        raise ValueError(uri)
    state.data_assets[found[1], found[2]] = DataAsset(found[1], found[2], "mltable", address)
