"""Read a job and download its files with azure-ai-ml, the way a user would."""

import json
import sys
from pathlib import Path

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential


def main(config: str, run_id: str, folder: str) -> None:
    """Print what was read as JSON."""
    client = MLClient.from_config(DefaultAzureCredential(), path=config, retry_total=1)
    job = client.jobs.get(run_id)
    best = job.tags["automl_best_child_run_id"]
    client.jobs.download(best, download_path=folder)
    root = Path(folder, "artifacts")
    read = {
        "tags": job.tags,
        "properties": job.properties,
        "task": str(job.task_type),
        "label": job.target_column_name,
        "children": [child.name for child in client.jobs.list(parent_job_name=run_id)],
        "files": [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()],
        "script": (root / "outputs/generated_code/script.py").read_text(encoding="utf-8"),
    }
    print(json.dumps(read))


if __name__ == "__main__":
    main(*sys.argv[1:])
