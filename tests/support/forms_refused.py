"""What users do to a script that rewriting it would get wrong."""

from __future__ import annotations

from form_base import (
    DEPS,
    IMPORTS,
    LAST,
    PARSER,
    ROWS,
    TRAINING,
    Edits,
)

# name -> (replacements, text of the line that the message names, part of the message)
REFUSED: dict[str, tuple[Edits, str | None, str]] = {
    "a filter on the dataset": (
        (("    dataset = Dataset.get_by_id", "    whole = Dataset.get_by_id"),
         (ROWS, "    dataset = whole.filter(whole['area'] > 3)\n" + ROWS)),
        "dataset = whole.filter", "does more with the dataset",
    ),
    "a sample of the dataset": (
        ((ROWS, ROWS.replace("dataset.", "dataset.take(100).")),),
        "dataset.take(100)", "does more with the dataset",
    ),
    "a function of the user's between": (
        ((ROWS, "    dataset = checked(dataset)\n" + ROWS),),
        "checked(dataset)", "does more with the dataset",
    ),
    "a use of the workspace": (
        ((ROWS, "    print(ws.name)\n" + ROWS),), "print(ws.name)", "does more with the dataset",
    ),
    "rows in a branch": (
        ((ROWS, "    if dataset_id:\n    " + ROWS),),
        "    if dataset_id:", "should ask Azure for its dataset and end by returning its rows",
    ),
    "a metric in MLflow": (
        (("    print(metrics)\n", "    print(metrics)\n    mlflow.log_metric('rows', len(X))\n"),),
        "mlflow.log_metric", "mlflow comes from a line that only works",
    ),
    "the packages are printed": (
        ((DEPS, DEPS + "    print(cd)\n"),), "print(cd)", "cd comes from a line that only works",
    ),
    "the logger lives on telemetry": (
        (("    logger = logging.getLogger(\"azureml.training.tabular\")\n",
          "    logger = logging.getLogger(INSTRUMENTATION_KEY)\n"),
         ("    from azureml.telemetry import INSTRUMENTATION_KEY, get_telemetry_log_handler\n", ""),
         ("    import sys\n", "    import sys\n    from azureml.telemetry import "
                              "INSTRUMENTATION_KEY, get_telemetry_log_handler\n")),
        "    return logging.LoggerAdapter(", "change what the function does",
    ),
    "handlers in a list": (
        (("    logger.addHandler(sender)\n",
          "    handlers = [sender]\n    for one in handlers:\n        logger.addHandler(one)\n"),),
        "for one in handlers", "handlers comes from a line that only works",
    ),
    "the workspace in main": (
        (("    df = get_training_dataset(", "    print(run.experiment.name)\n    df = "
                                            "get_training_dataset("),),
        "run.experiment.name", "run.experiment only works inside Azure ML",
    ),
    "the run ends itself": (
        ((LAST, LAST + "    run.complete()\n"),),
        "run.complete()", "run.complete only works inside",
    ),
    "the run at the top": (
        ((IMPORTS, "import argparse\nfrom azureml.core import Run\n\nrun = Run.get_context()\n"),
         ("    from azureml.core.run import Run\n    \n    import mlflow\n", "    import mlflow\n"),
         ("    # The run this script is part of\n    run = Run.get_context()\n", "")),
        "run = Run.get_context()\n", "before the command line says where it writes",
    ),
    "main may return before its metrics": (
        (("    print(metrics)\n", "    if not metrics:\n        return\n    print(metrics)\n"),),
        "    if not metrics:", "main() may return here before its end",
    ),
    "training in branches": (
        ((TRAINING, "    if len(X) > 3:\n    " + TRAINING + "    else:\n    " + TRAINING),),
        "def main(", "that isn't in a loop or a branch",
    ),
    "the loader is called twice": (
        (("    X, y, sample_weights = prepare_data(df)\n",
          "    df = get_training_dataset(training_dataset_id)\n"
          "    X, y, sample_weights = prepare_data(df)\n"),),
        "    df = get_training_dataset(training_dataset_id)\n    X, y",
        "calls get_training_dataset() for the second time here",
    ),
    "the id is computed": (
        (("get_training_dataset(training_dataset_id)",
          "get_training_dataset(training_dataset_id[1:])"),),
        "training_dataset_id[1:]", "should hand one of its arguments",
    ),
    "the id is read elsewhere": (
        (("    try:\n        main(",
          "    print(args.training_dataset_id)\n    try:\n        main("),),
        "print(args.training_dataset_id)", "args.training_dataset_id is read here as well",
    ),
    "an option of the same name": (
        (("    args = parser.parse_args()\n",
          "    parser.add_argument('--seed', type=int)\n    args = parser.parse_args()\n"),),
        "'--seed'", "the option --seed is one of the options",
    ),
    "arguments parsed elsewhere": (
        ((PARSER, "    args = parse_args()\n"),
         ("def main(", "def parse_args():\n" + PARSER.replace("args = parser", "return parser")
          + "\n\ndef main(")),
        "if __name__ ==", "should add arguments and parse them once",
    ),
    "two datasets by one name": (
        ((ROWS, "    more = dataset.to_pandas_dataframe()\n" + ROWS),),
        "    return dataset.to_pandas_dataframe()", "does more with the dataset",
    ),
    "the featurizer of the preview": (
        (("def generate_data_transformation_config():\n",
          "def generate_data_transformation_config():\n"
          "    from azureml.automl.runtime.featurization import DataTransformer\n"),),
        "import DataTransformer", "the form of the preview",
    ),
}  # fmt: skip
