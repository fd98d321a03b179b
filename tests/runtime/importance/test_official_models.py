"""Official models are read as our stand-ins are: the same rows, in their own environments."""

import sys
from importlib import import_module
from pathlib import Path

import pytest
from audited_models import (
    MODELS,
    drops_of_probabilities,
    raw_rows_of_a_featurizer,
    rows_of,
    scores_of,
)

from codegen_fi.render.runtime_files import runtime_files
from codegen_fi.runtime.importance import explain, scoring

pytestmark = pytest.mark.official

PROBE = Path(__file__).with_name("official_probe.py")
MODULES = Path(import_module("codegen_fi.runtime.automl.models").__path__[0])
FEATURIZERS = {
    "wrap_in_list": "featurization.utilities",
    "StringCastTransformer": "featurization.text.stringcast_transformer",
    "ImputationMarker": "featurization.generic.imputation_marker",
    "DataFrameMapper": "sklearn_pandas.dataframe_mapper",
    "gen_features": "sklearn_pandas.features_generator",
}
SOLVED_TO = {"1.44": 1e-4, "1.56": 1e-4, "1.62": 1e-9}
"""Older scikit-learns end the training of logistic regressions earlier."""

OTHER_ROWS = {("1.44", "round_kernel"): 0.05}
"""scikit-learn 0.22 draws other rows for the probabilities of support vectors."""


def stand_in(name):
    if name in FEATURIZERS:
        return getattr(import_module(f"codegen_fi.runtime.automl.{FEATURIZERS[name]}"), name)
    for path in sorted(MODULES.glob("*.py")):
        module = import_module(f"codegen_fi.runtime.automl.models.{path.stem}")
        found = getattr(module, name, None)
        if getattr(found, "__module__", None) == module.__name__:
            return found
    raise LookupError(name)


@pytest.fixture(scope="module", params=sorted(SOLVED_TO))
def official(request, ask_probe, tmp_path_factory):
    runtime = tmp_path_factory.mktemp("runtime")
    for name, content in runtime_files().items():
        (runtime / name).parent.mkdir(parents=True, exist_ok=True)
        (runtime / name).write_bytes(content)
    return request.param, ask_probe(PROBE, {"runtime": str(runtime)}, request.param)


@pytest.mark.parametrize("name", MODELS)
def test_official_models_have_the_rows_of_our_stand_ins(name, official, monkeypatch):
    release, answers = official
    monkeypatch.setitem(sys.modules, "shap", None)
    ours = {tuple(row[:5]): row[5] for row in rows_of(name, stand_in, explain)}
    theirs = {tuple(row[:5]): row[5] for row in answers[name]}
    assert set(theirs) == set(ours)
    near = OTHER_ROWS.get((release, name), SOLVED_TO[release])
    for key, value in theirs.items():
        assert (value is None) == (ours[key] is None), key
        if value is not None:
            assert value == pytest.approx(ours[key], abs=near), key


def test_the_mappers_of_sklearn_pandas_tell_their_raw_columns(official):
    _, answers = official
    ours = {tuple(row[:5]): row[5] for row in raw_rows_of_a_featurizer(stand_in, explain)}
    theirs = {tuple(row[:5]): row[5] for row in answers["featurizer"]}
    assert set(theirs) == set(ours)
    assert theirs == pytest.approx(ours, abs=1e-6)
    assert theirs["permutation", "raw", "model", "", "hours per week"] > 1


def test_a_scorer_of_scikit_learns_takes_probabilities_that_come_as_a_table(official):
    release, answers = official
    ours = drops_of_probabilities(stand_in, explain)
    assert max(ours.values()) > 0.1
    assert answers["drops"] == pytest.approx(ours, abs=SOLVED_TO[release])


def test_every_name_of_a_metric_scores_alike_on_the_libraries_of_each_release(official):
    _, answers = official
    ours = scores_of(scoring)
    assert len(ours) > 80
    assert answers["scores"] == pytest.approx(ours, rel=1e-9, nan_ok=True)
