"""Whole scripts, and what they say."""

import ast
import json
from pathlib import Path

import pytest

from codegen_fi.model.plain import to_plain
from codegen_fi.model.script import DatasetInput, TrainingScript, Validation
from codegen_fi.model.values import Expression
from codegen_fi.parse import Script, parse_script

OWN = Path(__file__).resolve().parents[1] / "cases" / "scripts"
FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "scripts"
ALL = [*sorted(OWN.glob("*.py")), *sorted(FIXTURES.glob("*.py"))]


def read(path: Path) -> Script:
    return parse_script(path.read_text(encoding="utf-8"), path.name)


@pytest.fixture(scope="module")
def voting() -> TrainingScript:
    return read(OWN / "voting.py").model


@pytest.fixture(scope="module")
def stacking() -> TrainingScript:
    return read(OWN / "stacking.py").model


def test_the_head_says_where_the_script_comes_from(
    voting: TrainingScript, stacking: TrainingScript
) -> None:
    assert (voting.generator_version, voting.automl_run_id) == ("1.58.0", "AutoML_vote_3")
    assert (stacking.generator_version, stacking.automl_run_id) == (None, "AutoML_stack_0")


def test_task_label_and_weights(voting: TrainingScript, stacking: TrainingScript) -> None:
    assert (voting.task, voting.label, voting.weight_column) == (
        "classification",
        "churned",
        "case weight",
    )
    assert (stacking.task, stacking.label, stacking.weight_column) == ("regression", "days", None)


def test_datasets_have_their_kind_and_default(
    voting: TrainingScript, stacking: TrainingScript
) -> None:
    assert voting.datasets == (
        DatasetInput("training", "uri", "azureml://data/churn/versions/1", 33),
        DatasetInput("validation", "uri", "azureml://data/churn-valid/versions/1", 44),
    )
    assert stacking.datasets == (DatasetInput("training", "id", "abc", 21),)
    assert voting.has_validation_dataset
    assert not stacking.has_validation_dataset


def test_the_oldest_generation_holds_its_id_and_says_no_version() -> None:
    model = read(OWN / "oldest.py").model
    assert (model.generator_version, model.automl_run_id) == (None, None)
    assert model.datasets == (
        DatasetInput("training", "id", "11111111-0000-4000-8000-000000000000", 18),
    )
    assert (model.task, model.label) == ("classification", "kind")
    assert [m.function for m in model.pipeline.mappers] == [
        "get_mapper_ab1045",
        "get_mapper_c6ba98",
    ]
    assert model.metrics == ("accuracy", "AUC_weighted", "classification_report")


def test_a_share_of_zero_is_no_share() -> None:
    text = (OWN / "stacking.py").read_text(encoding="utf-8")
    assert "frac_valid=0.2" in text
    model = parse_script(text.replace("frac_valid=0.2", "frac_valid=0.0")).model
    assert model.validation == Validation("cross_validation", folds=4, test_ratio=0.1)


@pytest.mark.parametrize(
    ("estimator", "task"),
    [
        ("RandomForestClassifier", "classification"),
        ("LogisticRegression", "classification"),
        ("RandomForestRegressor", "regression"),
        ("LassoLars", "regression"),
    ],
)
def test_without_metrics_the_estimator_tells_the_task(estimator: str, task: str) -> None:
    text = (OWN / "oldest.py").read_text(encoding="utf-8")
    start, stop = text.index("def calculate_metrics("), text.index("def main(")
    text = text[:start] + text[stop:]
    start, stop = text.index("    metrics = calculate_metrics("), text.index("    with open(")
    text = (text[:start] + text[stop:]).replace("RandomForestClassifier", estimator)
    assert parse_script(text).model.task == task


def test_the_three_ways_to_validate(voting: TrainingScript, stacking: TrainingScript) -> None:
    assert voting.validation == Validation("dataset")
    assert stacking.validation == Validation("cross_validation", ratio=0.2, folds=4, test_ratio=0.1)
    split = read(FIXTURES / "regression_split.py").model.validation
    assert split == Validation("split", ratio=0.25)


def test_mappers_share_a_function_and_keep_their_columns(voting: TrainingScript) -> None:
    first, second = voting.pipeline.mappers
    assert (first.name, second.name) == ("mapper_7", "mapper_9")
    assert first.function == second.function == "get_mapper_7"
    assert first.columns == (("age",), ("größe", "weight (kg)"))
    assert second.columns == (("age",), ("country's",))
    assert first.as_frame
    assert [t.name for t in first.transformers] == ["SimpleImputer", "ImputationMarker"]
    assert first.transformers[0].arguments == {
        "missing_values": Expression("numpy.nan"),
        "strategy": "median",
        "verbose": 0,
    }
    assert voting.pipeline.columns() == ("age", "größe", "weight (kg)", "country's")
    assert voting.pipeline.columns_through("ImputationMarker") == voting.pipeline.columns()
    assert voting.pipeline.columns_through("CountVectorizer") == ()


def test_a_lone_mapper_goes_by_its_functions_name() -> None:
    (mapper,) = read(FIXTURES / "regression_one_mapper.py").model.pipeline.mappers
    assert mapper.name == mapper.function == "get_mapper_0"


def test_series_and_frames_are_told_apart() -> None:
    mappers = read(FIXTURES / "regression_split.py").model.pipeline.mappers
    assert [m.as_frame for m in mappers] == [True, False, False]


def test_members_of_a_voting_ensemble_have_weights(voting: TrainingScript) -> None:
    ensemble = voting.pipeline.ensemble
    assert ensemble is not None
    assert ensemble.kind == "voting"
    assert [(m.name, m.weight) for m in ensemble.members] == [("model_0", 0.75), ("model_1", 0.25)]
    first, second = (m.learner for m in ensemble.members)
    assert first.preprocessor is not None
    assert first.preprocessor.name == "StandardScaler"
    assert second.preprocessor is None
    assert ensemble.meta_learner is None
    assert "weights" not in ensemble.component.arguments
    assert voting.pipeline.learner is None
    assert voting.pipeline.learners() == (first, second)


def test_a_nested_pipeline_has_its_steps(voting: TrainingScript) -> None:
    model = voting.pipeline.learners()[1].algorithm
    assert [(name, step.name, step.module) for name, step in model.steps] == [
        ("scale", "SparseScaleZeroOne", None),
        ("bayes", "BernoulliNB", None),
    ]
    assert [leaf.name for leaf in model.leaves()] == ["SparseScaleZeroOne", "BernoulliNB"]


def test_a_stack_has_a_meta_learner_and_no_weights(stacking: TrainingScript) -> None:
    ensemble = stacking.pipeline.ensemble
    assert ensemble is not None
    assert ensemble.kind == "stacking"
    assert [m.weight for m in ensemble.members] == [None, None]
    assert ensemble.meta_learner is not None
    assert ensemble.meta_learner.name == "ElasticNetCV"
    assert not stacking.pipeline.featurized
    assert stacking.pipeline.mappers == ()
    assert stacking.pipeline.columns() == ()


def test_the_target_has_its_transformer(stacking: TrainingScript, voting: TrainingScript) -> None:
    transformer = stacking.pipeline.y_transformer
    assert transformer is not None
    assert (transformer.name, transformer.arguments) == (
        "TargetTypeTransformer",
        {"target_type": "int"},
    )
    assert voting.pipeline.y_transformer is None


def test_every_component_is_listed(voting: TrainingScript, stacking: TrainingScript) -> None:
    assert [c.name for c in voting.pipeline.components()] == [
        *["SimpleImputer", "ImputationMarker"] * 2,
        "StandardScaler",
        "CalibratedModel",
        "SparseScaleZeroOne",
        "BernoulliNB",
        "PreFittedSoftVotingClassifier",
    ]
    assert [c.name for c in stacking.pipeline.components()] == [
        "RobustScaler",
        "XGBRegressor",
        "KNeighborsRegressor",
        "StackEnsembleRegressor",
        "ElasticNetCV",
        "TargetTypeTransformer",
    ]


def test_metrics_keep_their_order(voting: TrainingScript) -> None:
    assert voting.metrics == ("accuracy", "AUC_weighted")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_functions_and_components_stand_where_the_model_says(path: Path) -> None:
    script = read(path)
    lines = script.text.split("\n")
    defined = [n for n in ast.parse(script.text).body if isinstance(n, ast.FunctionDef)]
    assert [(f.name, f.first_line, f.last_line) for f in script.model.functions] == [
        (n.name, n.lineno, n.end_lineno) for n in defined
    ]
    for component in script.model.pipeline.components():
        here = " ".join(lines[component.line - 1 : component.line + 1])
        assert component.name in here, (component.name, component.line)
    for mapper in script.model.pipeline.mappers:
        assert lines[mapper.line - 1].startswith(f"def {mapper.function}(")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_model_is_json(path: Path) -> None:
    plain = to_plain(read(path).model)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["pipeline"]["step_names"]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_line_endings_make_no_difference(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert parse_script(text.replace("\n", "\r\n")).model == parse_script(text).model


def test_reading_executes_nothing(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    text = (OWN / "stacking.py").read_text(encoding="utf-8")
    side_effect = f"open({str(trace)!r}, 'w').close()"
    text = text.replace("automl_run_id =", f"{side_effect}\nautoml_run_id =", 1)
    text = text.replace("n_neighbors=3", f"n_neighbors={side_effect}")
    text = text.replace("'abc'", side_effect)
    model = parse_script(text).model
    assert model.pipeline.learners()[1].algorithm.arguments == {
        "n_neighbors": Expression(side_effect)
    }
    assert model.datasets[0].value is None
    assert not trace.exists()
