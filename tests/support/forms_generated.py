"""Forms that other generations of the generator write."""

from __future__ import annotations

from form_base import (
    BASE,
    DEPS,
    GUARD,
    IMPORTS,
    LAST,
    SAVING,
    Edits,
)

# name -> (replacements, what the new text holds)
GENERATED: dict[str, tuple[Edits, tuple[str, ...]]] = {
    "as generated": ((), ("return load_table(\n", "main(args.training_data)")),
    "no header": (((BASE[: BASE.index("import numpy")], ""),), ("# Rewritten by codegen-fi",)),
    "id in the loader, main without arguments": (
        (
            ("get_training_dataset(dataset_id)", "get_training_dataset()"),
            ("id=dataset_id)", "id='abc')"),
            ("main(training_dataset_id=None)", "main()"),
            ("get_training_dataset(training_dataset_id)", "get_training_dataset()"),
            (GUARD, "if __name__ == '__main__':\n    main()\n"),
        ),
        (
            "def get_training_dataset(training_data):\n",
            "def main(training_data=None):\n",
            "df = get_training_dataset(training_data)\n",
            "    main(training_data=args.training_data)\n",
        ),
    ),
    "names imported together in the loader": (
        (
            (
                "    from azureml.core.dataset import Dataset\n"
                "    from azureml.core.run import Run\n    \n    logger",
                "    from azureml.core import Dataset, Workspace, Run\n    \n    logger",
            ),
        ),
        ("return load_table(\n",),
    ),
    "main without a try block": (
        ((GUARD[GUARD.index("    try:") :], "    main(args.training_dataset_id)"),),
        ("    main(args.training_data)",),
    ),
    "sample weights required": (
        (("train_model(X, y, sample_weights=None, transformer=None)",
          "train_model(X, y, sample_weights)"),),
        ("run.explain(model, X_train, y_train, X_valid, y_valid)",),
    ),
    "model pickled by hand": (
        (
            (DEPS, ""),
            (SAVING, "    with open('model.pkl', 'wb') as f:\n        pickle.dump(model, f)\n"),
            (LAST, "    run.upload_file('outputs/model.pkl', 'model.pkl')\n"),
        ),
        ("run.save_model(model)", "run.explain(model, X_train, y_train, X_valid, y_valid)\n\n\nif"),
    ),
    "model dumped by joblib": (
        (
            (DEPS, ""),
            (SAVING, "    joblib.dump(model, 'model.pkl')\n"),
            (LAST, "    run.upload_file('outputs/model.pkl', 'model.pkl')\n"),
            (IMPORTS, "import argparse\nimport joblib\n"),
        ),
        ("run.save_model(model)",),
    ),
    "metrics logged without a table of methods": (
        (("getattr(run, method)(name, value)\n", "run.log(name, value)\n"),),
        ("            run.log(name, value)\n",),
    ),
    "instrumentation with the run, called in main": (
        (
            ("def setup_instrumentation(automl_run_id):", "def setup_instrumentation(run):"),
            ('Run.get_context().id, "automl_run_id": automl_run_id', 'run.id, "automl_run_id": ""'),
            ("automl_run_id = 'AutoML_regression_0'\n"
             "logger = setup_instrumentation(automl_run_id)\n",
             "import logging\nlogger = logging.getLogger()\n"),
            ("    run = Run.get_context()\n",
             "    run = Run.get_context()\n    setup_instrumentation(run)\n"),
        ),
        ("    setup_instrumentation(run)\n",),
    ),
    "no instrumentation at all": (
        (
            (BASE[BASE.index("def setup_instrumentation") : BASE.index("def split_dataset")],
             "import logging\nlogger = logging.getLogger()\n\n\n"),
        ),
        ("logger = logging.getLogger()\n",),
    ),
    "hashes for numbers": (
        (("get_mapper_0", "get_mapper_9133f9"), ("get_mapper_1", "get_mapper_c6ba98")),
        ("get_mapper_9133f9(column_group_0)",),
    ),
}  # fmt: skip
