"""Read a run and download its script with azureml-core, the way a user would."""

import json
import os
import sys
from pathlib import Path

from azureml.core import Run, Workspace
from azureml.core.authentication import ServicePrincipalAuthentication


def main(config: str, run_id: str, folder: str) -> None:
    """Print what was read as JSON."""
    names = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
    auth = ServicePrincipalAuthentication(*(os.environ[name] for name in names))
    workspace = Workspace.from_config(path=config, auth=auth)
    run = Run.get(workspace, run_id)
    best = Run.get(workspace, run.get_tags()["automl_best_child_run_id"])
    target = Path(folder, "script.py")
    best.download_file("outputs/generated_code/script.py", output_file_path=str(target))
    read = {
        "tags": run.get_tags(),
        "properties": run.get_properties(),
        "children": [child.id for child in run.get_children()],
        "metrics": best.get_metrics(),
        "files": best.get_file_names(),
        "data": str(run.get_details()["inputDatasets"]),
        "script": target.read_text(encoding="utf-8"),
    }
    print(json.dumps(read))


if __name__ == "__main__":
    main(*sys.argv[1:])
