"""Every name the rewriter imports from the runtime is there."""

import importlib
import inspect

import pytest

from codegen_fi.rewrite.stand_ins import (
    LOCAL_RUN,
    RUNTIME,
    STAND_INS,
    TABLES,
    WHY_NONE,
    is_official,
    portable_module,
)

ROWS = [(module, name) for module, names in STAND_INS.items() for name in sorted(names)]


def runtime(module: str) -> object:
    """The runtime's module, under the name it has inside this package."""
    return importlib.import_module("codegen_fi.runtime" + module.removeprefix(RUNTIME))


@pytest.mark.parametrize(("module", "name"), ROWS, ids=[name for _, name in ROWS])
def test_a_stand_in_can_be_imported(module: str, name: str) -> None:
    ours = portable_module(module)
    assert ours is not None
    found = getattr(runtime(ours), name, None) or runtime(f"{ours}.{name}")
    assert callable(found) or inspect.ismodule(found)


@pytest.mark.parametrize(
    ("module", "name"),
    [(LOCAL_RUN, "Run"), (LOCAL_RUN, "add_local_arguments"), (TABLES, "load_table")],
)
def test_what_the_rules_import_can_be_imported(module: str, name: str) -> None:
    assert callable(getattr(runtime(module), name))


def test_no_name_has_both_a_stand_in_and_a_reason_for_none() -> None:
    assert not {name for _, name in ROWS} & set(WHY_NONE)


@pytest.mark.parametrize(
    ("module", "official", "ours"),
    [
        ("azureml.training.tabular.score.scoring", True, f"{RUNTIME}.automl.score.scoring"),
        ("azureml.training.tabular", True, f"{RUNTIME}.automl"),
        ("azureml.training.tabular_tools", True, None),
        ("azureml.core", True, None),
        ("azureml", True, None),
        ("azureml_tools", False, None),
        ("mlflow.sklearn", True, None),
        ("mlflowers", False, None),
        ("sklearn_pandas", True, f"{RUNTIME}.automl.sklearn_pandas"),
        ("sklearn_pandas.some.where", True, f"{RUNTIME}.automl.sklearn_pandas.some.where"),
        ("sklearn.pipeline", False, None),
        ("codegen_fi_runtime.tables", False, None),
    ],
)  # fmt: skip
def test_modules_are_told_apart_by_whole_names(
    module: str, official: bool, ours: str | None
) -> None:
    assert is_official(module) == official
    assert portable_module(module) == ours
