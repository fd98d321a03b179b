"""The files a model run leaves behind, and the MLTable beside its data."""

import json

ENVIRONMENT = "AzureML-AutoML:140"
CONDA = b"""\
name: automl
dependencies:
- python=3.10
- pip:
  - azureml-train-automl-runtime==1.62.0
"""


def of_child(run_id: str, script: bytes | None) -> dict[str, bytes]:
    """Return the artifacts of a model run, with its script or without."""
    files = {
        "outputs/conda_env_v_1_0_0.yml": CONDA,
        "outputs/model.pkl": b"\x80" * 100_000,
        "logs/azureml/azureml.log": b"training\n",
    }
    if script is not None:
        files["outputs/generated_code/script.py"] = script
        files["outputs/generated_code/script_run_notebook.ipynb"] = _notebook(run_id)
    return files


def _notebook(run_id: str) -> bytes:
    lines = [
        "from azureml.core import Environment, ScriptRunConfig\n",
        f"# The run this script came from: {run_id}\n",
        "src = ScriptRunConfig(\n",
        "    source_directory='.',\n",
        "    script='script.py',\n",
        f"    environment='{ENVIRONMENT}',\n",
        ")\n",
    ]
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "submit",
        "metadata": {},
    }
    book = {
        "cells": [{**cell, "outputs": [], "source": lines}],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(book).encode()


def mltable(name: str) -> bytes:
    """Return the MLTable file of a folder with one CSV file."""
    return (
        "type: mltable\n"
        f"paths:\n- file: ./{name}\n"
        "transformations:\n- read_delimited:\n    delimiter: ','\n    encoding: utf8\n"
        "    header: all_files_same_headers\n"
    ).encode()
