"""What the reader refuses: the sentence, the line, what to do."""

from pathlib import Path

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.parse import parse_script
from codegen_fi.parse.refusals import refuse_downloads

OWN = Path(__file__).resolve().parents[1] / "cases" / "scripts"
VOTING = (OWN / "voting.py").read_text(encoding="utf-8")
STACKING = (OWN / "stacking.py").read_text(encoding="utf-8")


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def without(text: str, function: str) -> str:
    """The script with a function renamed, calls included, so that only the definition is gone."""
    return changed(text, (f"def {function}(", f"def other_{function}("))


# name -> (script, text that the line of the message holds or None, parts of the message)
REFUSALS: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
    "empty": ("", None, ("the file is empty", "Download the script again")),
    "blank": ("\n  \n", None, ("the file is empty",)),
    "not Python": ("hello there\n", "hello there", ("isn't valid Python", "downloaded whole")),
    "cut off": (VOTING[:2000], None, ("isn't valid Python",)),
    "null byte": ("a = 1\0\n", None, ("null byte",)),
    "bare carriage return": ("a = 1\nb = 2\rc = 3\n", "b = 2", ("a carriage return",)),
    "another program": (
        "print('hello')\n",
        None,
        ("isn't a training script that AutoML generated", "train_model()", "generated_code"),
    ),
    "a remark alone": ("# later\n", None, ("isn't a training script that AutoML generated",)),
    "a table": ("age,label\n1,0\n", None, ("isn't a training script that AutoML generated",)),
    "an error of a service": (
        '{"error": {"code": "AuthorizationFailure"}}',
        None,
        ("this is JSON, not a script",),
    ),
    "a notebook": (
        '{"nbformat": 4, "metadata": {}, "cells": []}',
        None,
        ("this is a notebook", "lies beside it"),
    ),
    "a conda file": (
        "# What the run used.\n# It is made anew.\n\nname: env\ndependencies:\n- python=3.8\n",
        None,
        ("this is a conda file", "script.py of the run's outputs/generated_code"),
    ),
    "a diff": (
        "--- a/script.py\n+++ b/train.py\n@@ -1 +1 @@\n-a\n+b\n",
        None,
        ("this is a diff",),
    ),
    "a scoring script": (
        "def init():\n    pass\n\n\ndef run(raw_data):\n    return raw_data\n",
        "def run(raw_data)",
        ("this is a scoring script (init and run)",),
    ),
    "a submission": (
        "import os\n\nfrom azureml.train.automl import AutoMLConfig\n\nAutoMLConfig()\n",
        "from azureml.train.automl",
        ("submits a run",),
    ),
    "a driver of images": (
        "import sys\n\nSETTINGS = {'task_type': 'image-object-detection'}\n",
        "SETTINGS =",
        ("a run on images or texts", "Choose a run on a table"),
    ),
    "a driver of texts": (
        "import sys\n\n\ndef go():\n    from azureml.automl.dnn.nlp import a\n    a.go()\n",
        "def go():",
        ("a run on images or texts",),
    ),
    "a driver of anything else": (
        "import sys\n\nSETTINGS = {'enable_code_generation': True}\n",
        "SETTINGS =",
        ("this is the driver of a run",),
    ),
    "a deep forecaster": (
        changed(
            VOTING,
            (
                "def train_model(",
                "def generate_network():\n"
                "    from azureml.contrib.automl.dnn.forecasting import wrapper\n"
                "    return wrapper.ForecastTCNWrapper()\n\n\n"
                "def train_model(",
            ),
        ),
        "def generate_network()",
        ("trains a deep forecaster (TCN)", "Choose another child"),
    ),
    "broken off between two functions": (
        VOTING[: VOTING.index("def train_model(")],
        VOTING[: VOTING.index("def train_model(")].rstrip().rpartition("\n")[2],
        ("the script ends here, before main()", "Download the script again"),
    ),
    "broken off within a line": (
        VOTING[: VOTING.index("label_column_name = ") + 25],
        "label_column_name = ",
        ("isn't valid Python", "quote in it"),
    ),
    "broken off within a call": (
        VOTING[: VOTING.index("weights=[0.75") + 12],
        None,
        ("isn't valid Python", "seems to break off before its end"),
    ),
    "broken off within a word": (
        VOTING[: VOTING.index("def build_model_pipeline(")] + "from sklearn.pipeline impo\n",
        "from sklearn.pipeline impo\n",
        ("isn't valid Python", "seems to break off before its end"),
    ),
    "a return outside a function": (
        VOTING + "\nreturn 1\n\nx = 1\n",
        "return 1\n\nx",
        ("isn't valid Python ('return' outside function)", "return 1. Check"),
    ),
    "a parameter named twice": (
        changed(VOTING, ("def prepare_data(", "def prepare_data(dataframe, ")),
        "def prepare_data(",
        ("isn't valid Python (duplicate ",),
    ),
    "an endless sum": (
        VOTING + "\nx = " + "1 + " * 50_000 + "1\n",
        None,
        ("nested too deeply",),
    ),
    "an endless chain of attributes": (
        VOTING + "\nx = a" + ".b" * 20_000 + "\n",
        None,
        ("nested too deeply",),
    ),
    "a chain of attributes that only libcst's parser can't end": (
        VOTING + "\nx = a" + ".b" * 6_000 + "\n",
        None,
        ("nested too deeply",),
    ),
    "a merge conflict": (
        changed(VOTING, ("def train_model(", "<<<<<<< mine\ndef train_model(")),
        "<<<<<<< mine",
        ("the mark of a merge conflict",),
    ),
    "a command of a notebook": (
        "%pip install pandas\n" + VOTING,
        "%pip",
        ("a command of a notebook", "take the line out"),
    ),
    "a console": (">>> import numpy\n>>> x = 1\n", ">>> import", ("copied out of a console",)),
    "quotes of an editor": (
        changed(VOTING, ('label_column_name = "churned"', "label_column_name = ‘churned’")),
        "label_column_name = ‘churned’",
        ("has changed the quotes",),
    ),
    "another indent": (
        changed(VOTING, ("    label_column_name", "  \tlabel_column_name")),
        "  \tlabel_column_name",
        ("Indent the line as those around it",),
    ),
    "label with a quote": (
        changed(VOTING, ('label_column_name = "churned"', "label_column_name = 'it's'")),
        "label_column_name = 'it's'",
        ("the name of the label has a quote in it", "Escape it on this line"),
    ),
    "weight column with a quote": (
        changed(VOTING, ('column_name = "case weight"', "column_name = 'case's'")),
        "class_weights_column_name = 'case's'",
        ("the name of the sample weight column has a quote in it",),
    ),
    "label that is no text": (
        changed(VOTING, ('label_column_name = "churned"', "label_column_name = LABEL")),
        "def prepare_data(",
        ("label_column_name = '...'",),
    ),
    "no prepare_data": (without(VOTING, "prepare_data"), None, ("prepare_data() should hold",)),
    "featurizes only": (
        changed(VOTING, ("def train_model(", "def fit_featurizer("))
        + "\n\ndef build_featurizer_pipeline():\n    pass\n",
        "def build_featurizer_pipeline(",
        ("only featurizes the data", "one of the run's children"),
    ),
    "a forecaster with another featurizer": (
        changed(VOTING, ('("featurization", generate_data', '("tst", generate_data')),
        "    feature_union = FeatureUnion(",
        ("should build a TimeSeriesTransformer",),
    ),
    "no scoring": (without(VOTING, "calculate_metrics"), None, ("nothing tells whether",)),
    "other scoring": (
        changed(VOTING, ("import score_classification", "import score_something as s")),
        "def calculate_metrics(",
        ("doesn't use score_classification or score_regression",),
    ),
    "no loader": (
        without(VOTING, "get_training_dataset"),
        None,
        ("there is no function get_training_dataset()",),
    ),
    "function defined twice": (
        VOTING + "\n\ndef prepare_data(dataframe):\n    pass\n",
        "def prepare_data(dataframe):\n    pass",
        ("prepare_data() is defined twice (first on line 55)",),
    ),
    "function without a return": (
        changed(STACKING, ("    return KNeighborsRegressor", "    model = KNeighborsRegressor")),
        "def generate_algorithm_config_1(",
        ("should build one object and return it", "Restore the generated form"),
    ),
    "function on one line": (
        changed(
            STACKING,
            (
                "def generate_algorithm_config_1():\n",
                "def generate_algorithm_config_1(): return 1\n\ndef other():\n",
            ),
        ),
        "def generate_algorithm_config_1(",
        ("should build one object and return it",),
    ),
    "a call of a call": (
        changed(STACKING, ("return KNeighborsRegressor(n_neighbors=3)", "return make()(3)")),
        "return make()(3)",
        ("expected a class to be called", "make()(3)"),
    ),
    "pipeline without steps": (
        changed(STACKING, ("Pipeline(steps=[('stackensemble'", "Pipeline(*[('stackensemble'")),
        "def build_model_pipeline(",
        ("should build Pipeline(steps=[...])",),
    ),
    "weights that don't match": (
        changed(VOTING, ("weights=[0.75, 0.25]", "weights=[0.75]")),
        "weights=[0.75]",
        ("2 ensemble members but 1 numeric weights",),
    ),
    "weights that are no numbers": (
        changed(VOTING, ("weights=[0.75, 0.25]", "weights=[0.75, w]")),
        "weights=[0.75, w]",
        ("2 ensemble members but 1 numeric weights",),
    ),
    "ensemble without members": (
        changed(STACKING, ("base_learners=[", "base_learners=[], others=[")),
        "def generate_algorithm_config():",
        ("an ensemble without members",),
    ),
    "member of three steps": (
        changed(
            STACKING,
            ("('model', generate_algorithm_config_1())", "*[('a', f()), ('b', g()), ('c', h())]"),
        ),
        "pipeline_1 = Pipeline",
        ("at most a preprocessor and a model",),
    ),
    "no meta-learner": (
        without(STACKING, "generate_algorithm_config_meta"),
        None,
        ("there is no function generate_algorithm_config_meta()",),
    ),
    "featurizer that returns a variable": (
        changed(VOTING, ("return feature_union", "return unknown")),
        "def generate_data_transformation_config(",
        ("should return a FeatureUnion or a mapper",),
    ),
    "mapper without a name": (
        changed(VOTING, ('("mapper_7", get_mapper_7(column_group_7))', "get_mapper_7(1)")),
        "get_mapper_7(1)",
        ("expected ('name', mapper)",),
    ),
    "mapper of elsewhere": (
        changed(VOTING, ("get_mapper_7(column_group_7)", "their_mapper(column_group_7)")),
        "their_mapper(column_group_7)",
        ("expected a call of a mapper function of this script",),
    ),
    "columns that are no literal": (
        changed(VOTING, ('column_group_7 = [["age"]', "column_group_7 = [[AGE]")),
        "column_group_7 = [[AGE]",
        ("expected a list of column names",),
    ),
    "columns that are numbers": (
        changed(VOTING, ('column_group_7 = [["age"]', "column_group_7 = [[1]")),
        "column_group_7 = [[1]",
        ("expected a list of column names",),
    ),
    "columns that no literal can hold": (
        changed(VOTING, ('column_group_7 = [["age"]', "column_group_7 = [{[]: 1}")),
        "column_group_7 = [{[]: 1}",
        ("expected a list of column names",),
    ),
    "no columns at all": (
        changed(VOTING, ('get_mapper_7([["age"], ["country\'s"]])', "get_mapper_7([])")),
        "get_mapper_7([])",
        ("expected a list of column names",),
    ),
    "mapper without gen_features": (
        changed(VOTING, ("definition = gen_features(", "definition = other_features(")),
        "def get_mapper_7(",
        ("gen_features(classes=[...])",),
    ),
    "transformer in another form": (
        changed(VOTING, ("            ImputationMarker,\n", "            make(3),\n")),
        "            make(3),",
        ("names a transformer in a form this tool doesn't know", "make(3)"),
    ),
}

REQUIRED = [
    "build_model_pipeline",
    "generate_algorithm_config",
    "generate_data_transformation_config",
    "generate_preprocessor_config_0",
    "main",
    "train_model",
]


def refused(text: str) -> str:
    with pytest.raises(ScriptNotUnderstoodError) as error:
        parse_script(text, "mine.py")
    assert error.value.exit_code == 3
    return str(error.value)


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_names_what_it_found_and_where(name: str) -> None:
    text, where, parts = REFUSALS[name]
    message = refused(text)
    for part in parts:
        assert part in message
    if where is None:
        assert message.startswith("mine.py")
    else:
        line = text.count("\n", 0, text.rindex(where)) + 1
        assert message.startswith(f"mine.py, line {line}: ")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_ends_as_a_sentence(name: str) -> None:
    assert refused(REFUSALS[name][0])[-1] in ".?)"


@pytest.mark.parametrize("function", REQUIRED)
def test_a_function_that_is_missing_is_named(function: str) -> None:
    message = refused(without(VOTING, function))
    assert message.startswith(f"mine.py: there is no function {function}(), which every script")
    assert "Put it back" in message


def test_the_scripts_behind_the_refusals_are_understood() -> None:
    assert parse_script(VOTING).model.label == "churned"
    assert parse_script(STACKING).model.label == "days"


@pytest.mark.parametrize(
    "start",
    [
        "name: str = 'x'\n",
        "# dependencies:\n# - none\n",
        '"""\ndependencies:\n  - none\n"""\n',
        "{'a': 1}\n",
        "[1]\n",
    ],
)
def test_what_only_begins_like_another_file_is_read(start: str) -> None:
    assert parse_script(start + VOTING).model.label == "churned"


def test_an_escaped_quote_is_understood() -> None:
    text = changed(VOTING, ('label_column_name = "churned"', r"label_column_name = 'it\'s'"))
    assert parse_script(text).model.label == "it's"


def test_a_rewritten_script_that_no_longer_reads_is_told_apart() -> None:
    mark = "# Rewritten by codegen-fi 0.1; changes.diff tells each change and its rule.\n"
    message = refused(mark + without(VOTING, "train_model"))
    assert message.startswith("mine.py: there is no function train_model()")
    assert message.endswith(
        "(This file was rewritten by codegen-fi 0.1 and edited since; the original script.py lies "
        "beside it.)"
    )


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("WordEmbeddingTransformer", "word embeddings"),
        ("PretrainedTextDNNTransformer", "BERT"),
        ("BiLSTMAttentionTransformer", "BiLSTM"),
    ],
)
def test_what_needs_a_download_names_its_step_its_columns_and_its_line(
    name: str, what: str
) -> None:
    text = changed(VOTING, ("            ImputationMarker,\n", f"            {name},\n"))
    line = text[: text.index(f"            {name},")].count("\n") + 1
    script = parse_script(text, "mine.py")
    with pytest.raises(ScriptNotUnderstoodError) as error:
        refuse_downloads(script.model, "mine.py")
    message = str(error.value)
    assert message.startswith(f"mine.py, line {line}: get_mapper_")
    assert what in message
    assert "turns columns 'age', 'größe', 'weight (kg)' into" in message
    assert "or take this mapper out of generate_data_transformation_config()." in message


def test_of_many_columns_some_are_named() -> None:
    text = changed(
        VOTING,
        ('[["age"], ["größe", "weight (kg)"]]', str([[f"c{n}"] for n in range(9)])),
        ("            ImputationMarker,\n", "            WordEmbeddingTransformer,\n"),
    )
    with pytest.raises(ScriptNotUnderstoodError, match="'c4' and 4 more into word embeddings"):
        refuse_downloads(parse_script(text).model, "mine.py")


def test_other_features_need_no_download() -> None:
    refuse_downloads(parse_script(VOTING).model, "mine.py")
