"""Which environment a model gets that was trained elsewhere."""

from __future__ import annotations

import pytest

from codegen_fi.rewrite.model_environment import environment_for
from codegen_fi.sources.models.packages import Needs


@pytest.mark.parametrize(
    ("needs", "python", "line"),
    [
        (Needs((), sdk="1.38.1"), "==3.8.*", "azureml-train-automl-runtime==1.44.0"),
        (Needs((), sdk="1.50.0"), "==3.8.*", "azureml-train-automl-runtime==1.56.0"),
        (Needs((), sdk="1.70.0"), "==3.10.*", "azureml-train-automl-runtime==1.62.0"),
        (
            Needs(("scikit-learn==1.1.3",), sdk=""),
            "==3.8.*",
            "azureml-train-automl-runtime==1.56.0",
        ),
        (Needs(("scikit-learn",), sdk=""), "==3.10.*", "azureml-train-automl-runtime==1.62.0"),
        (Needs(("scikit-learn==0.24.2",)), "==3.8.*", "scikit-learn==0.24.2"),
        (Needs(("scikit-learn==1.2.2",)), "==3.10.*", "scikit-learn==1.2.2"),
        (Needs(("scikit-learn==1.7.0",)), ">=3.10", "scikit-learn==1.7.0"),
        (Needs(("numpy==1.26.4",), python="3.11.4"), "==3.11.*", "numpy==1.26.4"),
    ],
)
def test_packages_and_python_are_those_that_wrote_the_model(needs, python, line):
    lines, wanted = environment_for(needs, {"sklearn": 3})
    assert wanted == python
    assert line in lines
    names = [text.partition("=")[0].partition(">")[0].partition("<")[0] for text in lines]
    assert len(names) == len(set(names))


def test_boosters_that_the_model_names_are_installed():
    lines, _ = environment_for(Needs(("scikit-learn==1.5.2",)), {"lightgbm": 2, "xgboost": 1})
    assert "lightgbm" in lines
    assert any(line.startswith("xgboost") for line in lines)
    pinned, _ = environment_for(Needs(("lightgbm==4.1.0",)), {"lightgbm": 2})
    assert [line for line in pinned if line.startswith("lightgbm")] == ["lightgbm==4.1.0"]


def test_what_explaining_needs_is_there_beside_the_models_own():
    lines, _ = environment_for(Needs(("pandas==2.2.0", "scikit-learn==1.5.2")), {})
    assert {"matplotlib", "pyarrow", "joblib", "pandas==2.2.0"} <= set(lines)
