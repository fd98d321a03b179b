"""What stands where the service stands: the workspace, the runs and what they carry."""

import json
import types
import zlib


class _Workspace:
    _workspace_name = "corpus-workspace"
    name = "corpus-workspace"
    _resource_group = resource_group = "corpus-group"
    _subscription_id = subscription_id = "00000000-0000-0000-0000-000000000000"


class _Run:
    """What the generator reads of a run, and nothing else."""

    type = "azureml.scriptrun"

    def __init__(self, run_id, properties=None, parent=None, details=None):
        self.id = run_id
        self.properties = properties or {}
        self.parent = parent
        self._details = details or {}
        self.experiment = types.SimpleNamespace(name="corpus-experiment", workspace=_Workspace())

    def get_details(self):
        return self._details

    def get_portal_url(self):
        return "https://ml.azure.com/runs/" + self.id

    def get_environment(self):
        return types.SimpleNamespace(name="AzureML-AutoML", version="1")


def make_runs(name, settings, inputs, has_valid, algorithm):
    guid = "%08x-0000-4000-8000-%012x" % (zlib.crc32(name.encode()), len(name))
    details = {"inputDatasets": [], "properties": {}}
    if inputs == "uri":
        base = (
            "azureml://locations/westeurope/workspaces/00000000-0000-0000-0000-000000000000/data/%s/versions/1"
            % name
        )
        table = {
            "Type": "MLTable",
            "TrainData": {"Uri": base + "-train", "ResolvedUri": base + "-train"},
        }
        if has_valid:
            table["ValidData"] = {"Uri": base + "-valid", "ResolvedUri": base + "-valid"}
        details["properties"]["mltable_data_json"] = json.dumps(table)
    else:
        names = ["training_data"] + (["validation_data"] if has_valid else [])
        for k, input_name in enumerate(names):
            details["inputDatasets"].append(
                {
                    "consumptionDetails": {"inputName": input_name},
                    "dataset": types.SimpleNamespace(id=guid[:-1] + str(k)),
                }
            )
    parent = _Run("AutoML_" + guid, {"AMLSettingsJsonString": json.dumps(settings)}, None, details)
    hd_or_parent = parent
    if algorithm == "TCNForecaster":
        hd_or_parent = _Run(parent.id + "_HD", {}, parent, {})
    child = _Run(hd_or_parent.id + "_0", {"run_algorithm": algorithm}, hd_or_parent, {})
    return parent, child


def settings_for(spec, label):
    task = spec["task"]
    forecasting = task == "forecasting"
    settings = {
        "name": "corpus-experiment",
        "task_type": "regression" if forecasting else task,
        "label_column_name": label,
        "weight_column_name": spec.get("weight"),
        "primary_metric": "AUC_weighted"
        if task == "classification"
        else "normalized_root_mean_squared_error",
        "compute_target": "cpu-cluster",
        "is_timeseries": forecasting,
        "n_cross_validations": None,
        "validation_size": None,
        "cv_step_size": None,
        "enable_code_generation": True,
        "y_min": None,
        "y_max": None,
    }
    settings.update(spec.get("settings") or {})
    if spec.get("valid"):
        settings["validation_size"] = 0.0
    if forecasting:
        settings.update({k: v for k, v in spec["ts"].items()})
    return settings
