"""Read a run and download its script with mlflow and its Azure plugin, the way a user would."""

import json
import sys
from pathlib import Path

import mlflow
from mlflow.tracking import MlflowClient

_PAGE = 2


def main(uri: str, run_id: str, folder: str) -> None:
    """Print what was read as JSON."""
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(tracking_uri=uri)
    run = client.get_run(run_id)
    best = client.get_run(run.data.tags["automl_best_child_run_id"])
    address = f"{best.info.artifact_uri}/outputs/generated_code"
    read = {
        "tags": run.data.tags,
        "children": list(children(client, run.info.experiment_id, run_id)),
        "metrics": best.data.metrics,
        "files": [item.path for item in mlflow.artifacts.list_artifacts(artifact_uri=address)],
    }
    path = mlflow.artifacts.download_artifacts(artifact_uri=f"{address}/script.py", dst_path=folder)
    print(json.dumps({**read, "script": Path(path).read_text(encoding="utf-8")}))


def children(client, experiment, run_id):
    """Yield the ids of all children, two to a page."""
    wanted, token = f"tags.mlflow.parentRunId = '{run_id}'", None
    while True:
        found = client.search_runs([experiment], wanted, max_results=_PAGE, page_token=token)
        yield from (run.info.run_id for run in found)
        token = found.token
        if not token:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
