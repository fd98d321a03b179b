"""What users do to a script, and what of it still stands behind the rewriting."""

from __future__ import annotations

from form_base import (
    BASE,
    BY_ID,
    DEPS,
    GUARD,
    IMPORTS,
    LAST,
    LOADER,
    METRICS,
    ROWS,
    SAVING,
    STEPS,
    TRAINING,
    UNION,
    Edits,
)

# name -> (replacements, what the new text holds)
EDITED: dict[str, tuple[Edits, tuple[str, ...]]] = {
    "a filter behind the load": (
        ((ROWS, "    rows = dataset.to_pandas_dataframe()\n    rows = rows[rows['area'] > 30]\n"
                "    return rows.reset_index(drop=True)\n"),),
        ("    rows = load_table(\n", "    rows = rows[rows['area'] > 30]\n"),
    ),
    "a filter on the same line": (
        ((ROWS, "    return dataset.to_pandas_dataframe().dropna(subset=['area'])\n"),),
        (").dropna(subset=['area'])\n",),
    ),
    "the name of the dataset for the rows": (
        ((ROWS, "    dataset = dataset.to_pandas_dataframe()\n    return dataset.head(100)\n"),),
        ("    dataset = load_table(\n", "    return dataset.head(100)\n"),
    ),
    "a dataset by its name": (
        ((BY_ID, "Dataset.get_by_name(ws, 'houses', version=3)"),),
        ("return load_table(\n        dataset_id,\n",),
    ),
    "another workspace": (
        (("    ws = Run.get_context().experiment.workspace\n",
          "    ws = Workspace.from_config()\n"),
         ("    from azureml.core.dataset import Dataset\n",
          "    from azureml.core import Dataset, Workspace\n")),
        ("return load_table(\n",),
    ),
    "a loader that is local already": (
        ((LOADER, "def get_training_dataset(path):\n    return pd.read_csv(path)\n\n\n"),),
        ("    return pd.read_csv(path)\n", "main(args.training_data)"),
    ),
    "imports at the top": (
        (
            (IMPORTS, "import argparse\nimport mlflow\nfrom azureml.core import Dataset, Run\n"
                      "from azureml.automl.core.inference import inference\n"),
            ("    from azureml.core.dataset import Dataset\n", ""),
            ("    from azureml.core.run import Run\n", ""),
            ("    from azureml.core.run import Run\n", ""),
            ("    from azureml.automl.core.inference import inference\n", ""),
            ("    import mlflow\n", ""),
        ),
        ("import argparse\nfrom codegen_fi_runtime.local_run import Run\n", "load_table(\n"),
    ),
    "telemetry imported at the top": (
        (
            (IMPORTS, "import argparse\nfrom azureml.telemetry import INSTRUMENTATION_KEY, "
                      "get_telemetry_log_handler\n"),
            ("    from azureml.telemetry import INSTRUMENTATION_KEY, get_telemetry_log_handler\n",
             ""),
        ),
        (),
    ),
    "training in a with block": (
        ((TRAINING, "    with open(os.devnull) as nothing:\n    " + TRAINING),
         (IMPORTS, "import argparse\nimport os\n")),
        ("        run.save_model(model)\n",),
    ),
    "training in a try block": (
        ((TRAINING, "    try:\n    " + TRAINING + "    except ValueError:\n        raise\n"),),
        ("        run.save_model(model)\n    except",),
    ),
    "training with keywords": (
        (("train_model(X_train, y_train, sample_weights_train)",
          "train_model(y=y_train, X=X_train)"),),
        ("run.explain(model, X_train, y_train, X_valid, y_valid)",),
    ),
    "training with an annotation": (
        ((TRAINING, TRAINING.replace("model =", "model: object =")),),
        ("    run.save_model(model)\n",),
    ),
    "metrics by position": (
        ((METRICS, "calculate_metrics(model, X, y, sample_weights, X_valid, y_valid)"),),
        ("run.explain(model, X_train, y_train, X_valid, y_valid)",),
    ),
    "main returns the model": (
        ((LAST, "    return model\n"),),
        ("    run.explain(model, X_train, y_train, X_valid, y_valid)\n    return model\n",),
    ),
    "main returns in one of two branches": (
        ((LAST, "    if len(X) > 10:\n        return model\n    return None\n"),),
        ("    run.explain(model, X_train, y_train, X_valid, y_valid)\n    if len(X) > 10:\n",),
    ),
    "main's result is the exit code": (
        (("        main(args.training_dataset_id)\n",
          "        code = main(args.training_dataset_id)\n"),),
        ("        code = main(args.training_data)\n",),
    ),
    "main called with a keyword": (
        (("main(args.training_dataset_id)", "main(training_dataset_id=args.training_dataset_id)"),),
        ("main(training_dataset_id=args.training_data)",),
    ),
    "another option and argument": (
        (
            ("    args = parser.parse_args()\n",
             "    parser.add_argument('--verbose', action='store_true')\n"
             "    args = parser.parse_args()\n"),
            ("main(training_dataset_id=None)", "main(training_dataset_id=None, verbose=False)"),
            ("main(args.training_dataset_id)", "main(args.training_dataset_id, args.verbose)"),
        ),
        ("'--verbose', action='store_true'", "main(args.training_data, args.verbose)"),
    ),
    "the option has another name": (
        (("'--training_dataset_id'", "'--data'"),
         ("main(args.training_dataset_id)", "main(args.data)")),
        ("main(args.training_data)",),
    ),
    "the id stands in main": (
        (("get_training_dataset(training_dataset_id)", "get_training_dataset('abc')"),
         ("main(training_dataset_id=None)", "main()"),
         (GUARD, "if __name__ == '__main__':\n    main()")),
        ("df = get_training_dataset(training_data)\n", "main(training_data=args.training_data)"),
    ),
    "the id stands at the top": (
        ((IMPORTS, "import argparse\nDATASET = 'abc'\n"),
         ("get_training_dataset(training_dataset_id)", "get_training_dataset(DATASET)"),
         ("main(training_dataset_id=None)", "main()"),
         (GUARD, "if __name__ == '__main__':\n    main()")),
        ("df = get_training_dataset(training_data)\n",),
    ),
    "no argparse": (
        ((IMPORTS, ""), (GUARD, "if __name__ == '__main__':\n    main('abc')\n")),
        ("    import argparse\n", "    main(args.training_data)\n"),
    ),
    "label at the top": (
        ((IMPORTS, "import argparse\nLABEL = 'price'\n"),
         ("label_column_name = 'price'", "label_column_name = LABEL")),
        ("label='price'",),
    ),
    "columns at the top": (
        ((IMPORTS, "import argparse\nNUMBERS = [['area'], ['floor'], ['noise']]\n"),
         ("get_mapper_0(column_group_0)", "get_mapper_0(NUMBERS)")),
        ("columns=['area', 'floor', 'noise', \"street's side\", 'built on']",),
    ),
    "a computed hyperparameter": (
        ((IMPORTS, "import argparse\nTREES = 3 * 20\n"), ("n_estimators=60", "n_estimators=TREES")),
        ("n_estimators=TREES",),
    ),
    "a step of the user's": (
        (("    from sklearn.pipeline import Pipeline\n    \n    logger",
          "    from sklearn.feature_selection import VarianceThreshold\n"
          "    from sklearn.pipeline import Pipeline\n    \n    logger"),
         (STEPS, STEPS + "            ('select', VarianceThreshold()),\n")),
        ("('select', VarianceThreshold())",),
    ),
    "steps without config functions": (
        (("    from sklearn.pipeline import Pipeline\n    \n    logger",
          "    from sklearn.linear_model import Ridge\n"
          "    from sklearn.preprocessing import MaxAbsScaler\n"
          "    from sklearn.pipeline import Pipeline\n    \n    logger"),
         ("generate_preprocessor_config()),", "MaxAbsScaler()),"),
         ("generate_algorithm_config()),", "Ridge(alpha=2.0)),")),
        ("('model', Ridge(alpha=2.0))",),
    ),
    "another entry in the union": (
        (("    from sklearn.pipeline import FeatureUnion\n",
          "    from sklearn.compose import ColumnTransformer\n"
          "    from sklearn.pipeline import FeatureUnion\n"),
         (UNION,
          UNION + "        ('mine', ColumnTransformer([('a', 'passthrough', ['floor'])])),\n")),
        ("('mine', ColumnTransformer(",),
    ),
    "annotations and a decorator": (
        (("def train_model(X, y, sample_weights=None, transformer=None):",
          "def timed(function):\n    return function\n\n\n@timed\n"
          "def train_model(X: pd.DataFrame, y: np.ndarray, sample_weights=None, transformer=None) "
          "-> object:"),),
        ("@timed\n",),
    ),
    "a class and a function": (
        (("def prepare_data(", "class Helper:\n    size = 3\n\n\ndef helped(frame):\n"
                               "    return frame.head(Helper.size)\n\n\ndef prepare_data("),),
        ("class Helper:\n",),
    ),
    "texts between the functions": (
        (("def prepare_data(", "'''\nRemarks.\n'''\n\ndef prepare_data("),),
        ("'''\nRemarks.\n'''\n",),
    ),
    "a branch around a log line": (
        (("    print(metrics)\n", "    if metrics:\n        print(metrics)\n"),),
        ("    if metrics:\n",),
    ),
    "a metric of the user's": (
        (("    print(metrics)\n", "    run.log('rows', len(X))\n    print(metrics)\n"),),
        ("    run.log('rows', len(X))\n",),
    ),
    "a model file of the user's": (
        ((LAST, "    with open('mine.pkl', 'wb') as f:\n        pickle.dump(model, f)\n" + LAST),),
        ("    with open('mine.pkl', 'wb') as f:\n        pickle.dump(model, f)\n",),
    ),
    "no save at all": (
        ((DEPS, ""), (SAVING, ""), (LAST, "")),
        ("run.save_model(model)", "getattr(run, method)(name, value)\n    run.explain("),
    ),
    "no metrics": (
        ((BASE[BASE.index("    metrics = calculate_metrics(") : BASE.index(DEPS)], ""),
         (BASE[BASE.index("def calculate_metrics(") : BASE.index("def main(")], "")),
        ("run.explain(model, X_train, y_train)\n",),
    ),
}  # fmt: skip
