"""Every name the rewriter imports from the runtime is there."""

import importlib

import pytest

from codegen_fi.rewrite.stand_ins import (
    AUTOML,
    FRONTS,
    LOCAL_RUN,
    RUNTIME,
    STAND_INS,
    TABLES,
    WHY_NONE,
    is_covered,
    is_official,
    names_in,
    official_module,
    portable_module,
)

ROWS = [(module, name) for module, names in STAND_INS.items() for name in sorted(names)]
TABULAR = "azureml.training.tabular"
OLD = "azureml.automl.runtime"
WRAPPERS = f"{OLD}.shared.model_wrappers"


def runtime(module: str) -> object:
    """The runtime's module, under the name it has inside this package."""
    return importlib.import_module("codegen_fi.runtime" + module.removeprefix(RUNTIME))


@pytest.mark.parametrize(("module", "name"), ROWS, ids=[name for _, name in ROWS])
def test_a_stand_in_can_be_imported(module: str, name: str) -> None:
    assert callable(getattr(runtime(f"{AUTOML}.{module}"), name))


@pytest.mark.parametrize(
    ("module", "name"),
    [(LOCAL_RUN, "Run"), (LOCAL_RUN, "add_local_arguments"), (TABLES, "load_table")],
)
def test_what_the_rules_import_can_be_imported(module: str, name: str) -> None:
    assert callable(getattr(runtime(module), name))


def test_no_name_has_both_a_stand_in_and_a_reason_for_none() -> None:
    assert not {name for _, name in ROWS} & set(WHY_NONE)


def test_a_name_stands_in_one_place_only() -> None:
    names = [name for _, name in ROWS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("module", "name", "ours"),
    [
        # As SDK 1.56 to 1.62 write them.
        (f"{TABULAR}.score.scoring", "score_regression", "score.scoring"),
        (f"{TABULAR}.preprocessing", "data_cleaning", "preprocessing"),
        (f"{TABULAR}._diagnostics", "logging_utilities", "_diagnostics"),
        (f"{TABULAR}.models.calibrated_model", "CalibratedModel", "models.calibrated_model"),
        ("sklearn_pandas.dataframe_mapper", "DataFrameMapper", "sklearn_pandas.dataframe_mapper"),
        # As users shorten them.
        (f"{TABULAR}.models", "CalibratedModel", "models.calibrated_model"),
        ("sklearn_pandas", "DataFrameMapper", "sklearn_pandas.dataframe_mapper"),
        (f"{TABULAR}.score", "scoring", "score"),
        # As SDK 1.44 writes them.
        (f"{TABULAR}.preprocessing.binning", "get_dataset_bins", "preprocessing._dataset_binning"),
        (WRAPPERS, "PreFittedSoftVotingClassifier", "models.voting_ensemble"),
        (
            f"{TABULAR}.models.forecasting_pipeline_wrapper",
            "PreFittedSoftVotingRegressor",
            "models.voting_ensemble",
        ),
        # As the published documentation of still earlier ones does.
        (OLD, "data_cleaning", "preprocessing"),
        (f"{OLD}.data_cleaning", "_remove_nan_rows_in_X_y", "preprocessing.data_cleaning"),
        (f"{OLD}.shared.score.scoring", "aggregate_scores", "score.scoring"),
        (f"{OLD}.shared._cv_splits", "_CVSplits", "score._cv_splits"),
        (WRAPPERS, "LightGBMRegressor", "models.boosting_wrappers"),
        (f"{OLD}.shared.problem_info", "ProblemInfo", "models.problem_info"),
        (
            f"{OLD}.featurizer.transformer.text.stringcast_transformer",
            "StringCastTransformer",
            "featurization.text.stringcast_transformer",
        ),
        (
            f"{OLD}.featurizer.transformer",
            "StringCastTransformer",
            "featurization.text.stringcast_transformer",
        ),
        (f"{OLD}.featurization", "CatImputer", "featurization.categorical.cat_imputer"),
        (f"{OLD}.stack_ensemble_base", "Scorer", "models.stack_ensemble"),
        # Names that aren't there, and modules that only look alike.
        (f"{TABULAR}.score.scoring", "score_forecasting", None),
        (f"{TABULAR}.score.scoring", "CatImputer", None),
        (TABULAR, "CatImputer", None),
        (f"{TABULAR}_tools", "CatImputer", None),
        (f"{OLD}.shared", "CalibratedModel", None),
        (f"{OLD}.stats_computation", "RawFeatureStats", None),
        ("sklearn_pandas_extra", "DataFrameMapper", None),
        ("sklearn_pandas.some.where", "DataFrameMapper", None),
        ("azureml.core", "Run", None),
        ("mlflow.sklearn", "log_model", None),
        ("sklearn.pipeline", "Pipeline", None),
        ("codegen_fi_runtime.tables", "load_table", None),
    ],
)
def test_a_name_of_any_generation_finds_its_stand_in(
    module: str, name: str, ours: str | None
) -> None:
    assert portable_module(module, name) == (None if ours is None else f"{AUTOML}.{ours}")


@pytest.mark.parametrize(("module", "name"), ROWS, ids=[name for _, name in ROWS])
def test_every_stand_in_is_reached_by_the_official_path(module: str, name: str) -> None:
    official = official_module(name)
    assert official is not None
    if not module.startswith(("sklearn_pandas", "models.problem_info")):
        assert portable_module(official, name) == f"{AUTOML}.{module}"


def test_the_official_path_of_a_wrapper() -> None:
    assert official_module("LinearSVMWrapper") == WRAPPERS
    assert official_module("SparseScaleZeroOne") == f"{TABULAR}.models.sparse_scale_zero_one"
    assert official_module("Pipeline") is None


@pytest.mark.parametrize("front", FRONTS.values())
def test_every_front_leads_to_stand_ins(front: str) -> None:
    assert not front or any(f"{module}.".startswith(f"{front}.") for module in STAND_INS)


def test_the_names_in_a_module() -> None:
    assert names_in(f"{TABULAR}.preprocessing", "data_cleaning") == {"_remove_nan_rows_in_X_y"}
    assert not names_in(f"{TABULAR}.score.scoring", "score_regression")
    assert not names_in("numpy", "random")


@pytest.mark.parametrize(
    ("module", "official", "covered"),
    [
        (f"{TABULAR}.score.scoring", True, True),
        (TABULAR, True, True),
        (f"{TABULAR}_tools", True, False),
        ("azureml.core", True, False),
        ("azureml", True, False),
        ("azureml_tools", False, False),
        ("mlflow.sklearn", True, False),
        ("mlflowers", False, False),
        ("sklearn_pandas", True, True),
        ("sklearn.pipeline", False, False),
    ],
)
def test_modules_are_told_apart_by_whole_names(module: str, official: bool, covered: bool) -> None:
    assert is_official(module) == official
    assert is_covered(module) == covered
