"""The reader against what the generator was told."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from lanes import LANES

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.plain import to_plain
from codegen_fi.model.script import TrainingScript
from codegen_fi.parse import parse_script

pytestmark = pytest.mark.corpus

# The SDK's wrapper classes, which scripts hold unwrapped.
UNWRAPPED = {
    "LightGBMClassifier": {"LGBMClassifier"},
    "LightGBMRegressor": {"LGBMRegressor"},
    "XGBoostClassifier": {"XGBClassifier"},
    "XGBoostRegressor": {"XGBRegressor"},
    "StandardScalerWrapper": {"StandardScaler"},
    "TruncatedSVDWrapper": {"TruncatedSVD"},
    "SparseNormalizer": {"Normalizer"},
    "LinearSVMWrapper": {"CalibratedModel"},
    "SVCWrapper": {"SVC"},
    "NBWrapper": {"BernoulliNB", "MultinomialNB", "Pipeline"},
    "SGDClassifierWrapper": {"SGDClassifier", "CalibratedModel"},
}
DEFAULT_RATIO = 0.25
# Its generator doesn't write the split that sets test rows aside.
WITHOUT_TEST_SPLIT = "1.44."
# This generator writes the same script with test data set aside and without.
WITHOUT_TEST_SPLIT = "1.44."


def names(model: TrainingScript) -> list[list[str]]:
    return [
        [part.name for part in (learner.preprocessor, learner.algorithm) if part is not None]
        for learner in model.pipeline.learners()
    ]


def check_data(model: TrainingScript, facts: dict[str, Any]) -> None:
    assert model.generator_version == facts["generator"].split()[-1]
    assert model.task == facts["task"]
    assert model.label == facts["label"]
    assert model.weight_column == facts["weight"]
    inputs = {f"{d.role}_dataset_{d.kind}": d.value for d in model.datasets}
    assert inputs == facts["inputs"]


def check_validation(model: TrainingScript, facts: dict[str, Any]) -> None:
    settings, found = facts["settings"], model.validation
    folds, size = settings["n_cross_validations"], settings["validation_size"]
    if len(facts["inputs"]) > 1:
        assert (found.kind, found.ratio, found.folds) == ("dataset", None, None)
    elif folds:
        assert (found.kind, found.ratio, found.folds) == ("cross_validation", size, folds)
    else:
        assert (found.kind, found.ratio, found.folds) == ("split", size or DEFAULT_RATIO, None)
    splits = not facts["generator"].split()[-1].startswith(WITHOUT_TEST_SPLIT)
    assert found.test_ratio == (settings.get("test_size") if splits else None)


def check_pipeline(model: TrainingScript, facts: dict[str, Any]) -> None:
    members = facts["ensemble"]["members"] if facts["ensemble"] else [facts["steps"]]
    found = names(model)
    assert len(found) == len(members)
    for ours, theirs in zip(found, members, strict=True):
        assert len(ours) == len(theirs)
        for name, official in zip(ours, theirs, strict=True):
            assert name in UNWRAPPED.get(official, {official})
    kind = {"voting": "voting", "stack": "stacking"}
    wanted = kind[facts["ensemble"]["kind"]] if facts["ensemble"] else None
    assert (model.pipeline.ensemble.kind if model.pipeline.ensemble else None) == wanted


def check_columns(model: TrainingScript, facts: dict[str, Any]) -> None:
    columns = model.pipeline.columns()
    if not model.pipeline.featurized:
        assert columns == ()
        return
    assert set(columns) <= set(facts["raw_columns"])
    assert set(facts["informative"]) <= set(columns)
    assert model.label not in columns
    dates = model.pipeline.columns_through("DateTimeFeaturesTransformer")
    assert list(dates) == facts["parse_dates"]
    dropped = {
        name
        for name, purpose in facts["column_purposes"].items()
        if purpose in {"Ignore", "Hashes"}
    }
    assert not dropped & set(columns)


def check_target(model: TrainingScript, facts: dict[str, Any]) -> None:
    dtype = facts["dtypes"][facts["label"]]
    found = model.pipeline.y_transformer.name if model.pipeline.y_transformer else None
    if facts["task"] == "classification":
        assert found == (None if dtype == "int64" else "LabelEncoder")
    else:
        assert found == ("TargetTypeTransformer" if dtype == "int64" else None)


@pytest.mark.parametrize("release", LANES)
def test_every_script_says_what_the_generator_was_told(
    release: str, cases_of: Callable[[str], list[Any]]
) -> None:
    cases = cases_of(release)
    read, refused = 0, []
    for case in cases:
        text = case.script.read_bytes().decode("utf-8")
        try:
            model = parse_script(text).model
        except ScriptNotUnderstoodError as error:
            refused.append((case.name, str(error)))
            continue
        try:
            check_data(model, case.facts)
            check_validation(model, case.facts)
            check_pipeline(model, case.facts)
            check_columns(model, case.facts)
            check_target(model, case.facts)
            plain = to_plain(model)
            assert json.loads(json.dumps(plain, allow_nan=False)) == plain
        except (AssertionError, KeyError) as error:
            raise AssertionError(f"{case.name}: {error!r}") from error
        read += 1
    assert [name for name, _ in refused] == ["cls_label_quote"]
    assert "the name of the label has a quote in it" in refused[0][1]
    assert read == len(cases) - 1


def test_voting_weights_are_positive_and_sum_to_one(cases: list[Any]) -> None:
    found = 0
    for case in cases:
        if not (case.facts["ensemble"] and case.facts["ensemble"]["kind"] == "voting"):
            continue
        ensemble = parse_script(case.script.read_text(encoding="utf-8")).model.pipeline.ensemble
        assert ensemble is not None
        weights = [m.weight for m in ensemble.members]
        assert all(w is not None and w > 0 for w in weights), case.name
        assert sum(w or 0.0 for w in weights) == pytest.approx(1.0), case.name
        found += 1
    assert found > 0
