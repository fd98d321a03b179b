"""The script that the forms are made from, and the places where they change it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

Edits: TypeAlias = tuple[tuple[str, str], ...]

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "scripts"
BASE = (FIXTURES / "regression_split.py").read_text(encoding="utf-8")

TRAINING = "    model = train_model(X_train, y_train, sample_weights_train)\n"
METRICS = "calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)"
ROWS = "    return dataset.to_pandas_dataframe()\n"
BY_ID = "Dataset.get_by_id(workspace=ws, id=dataset_id)"
LOADER = BASE[BASE.index("def get_training_dataset") : BASE.index("def prepare_data")]
GUARD = BASE[BASE.index("if __name__ ==") :]
PARSER = GUARD[GUARD.index("    parser =") : GUARD.index("    try:")]
SAVING = BASE[BASE.index("    # The model goes to") : BASE.index("    run.upload_folder(")]
DEPS = "    cd = inference.get_conda_deps_as_dict(True)\n"
IMPORTS = "import argparse\n"
STEPS = "            ('preproc', generate_preprocessor_config()),\n"
UNION = "        ('mapper_2', get_mapper_2(column_group_2)),\n"
LAST = "    run.upload_folder('outputs/', 'outputs/')\n"


def changed(edits: Edits) -> str:
    """Make the replacements, each once and each found; a mapper's name everywhere."""
    text = BASE
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, -1 if old.startswith("get_mapper_") else 1)
    compile(text, "script.py", "exec")
    return text
