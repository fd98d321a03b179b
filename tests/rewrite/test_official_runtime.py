"""Rewriting for the official packages: they stay, all that needs a workspace goes."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.options import Options
from codegen_fi.parse import Script, parse_script
from codegen_fi.rewrite import rewrite
from codegen_fi.rewrite.targets import OFFICIAL

FORECASTER = Path(__file__).resolve().parents[1] / "fixtures" / "forecasting" / "script.py"
OFFICIALLY = Options(runtime="azureml")


@pytest.fixture
def forecaster() -> Script:
    return parse_script(FORECASTER.read_text(encoding="utf-8"))


def generated_by(script: Script, version: str | None) -> Script:
    return replace(script, model=replace(script.model, generator_version=version))


def imports(text: str) -> set[str]:
    nodes = ast.walk(ast.parse(text))
    return {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def check_official(before: str, result: Rewritten) -> None:
    """What the training itself imports stays; what leads out of this machine is gone."""
    kept, had = imports(result.after), imports(before)
    training = {m for m in had if m.startswith(("azureml.training", "sklearn_pandas"))}
    assert training
    assert training <= kept
    assert not any(m.startswith(("azureml.core", "azureml.telemetry", "mlflow")) for m in kept)
    assert not any(m.startswith("azureml.automl.core.inference") for m in kept)
    assert "import mlflow" not in result.after
    assert "codegen_fi_runtime.tables" in kept
    assert not any(m.startswith("codegen_fi_runtime.automl") for m in kept)


def test_a_forecaster_keeps_its_packages(forecaster: Script) -> None:
    result = rewrite(forecaster, OFFICIALLY)
    check_official(forecaster.text, result)
    assert "dates=['week']" in result.after
    assert "run.explain(model, X_train, y_train, X_valid, y_valid)" in result.after


def test_open_source_packages_cannot_train_it(forecaster: Script) -> None:
    with pytest.raises(ScriptNotUnderstoodError) as caught:
        rewrite(forecaster)
    line = forecaster.functions["calculate_metrics"].statement.line
    assert f"line {line}: this script trains a forecaster" in str(caught.value)
    assert str(caught.value).endswith("--runtime azureml")


def test_other_tasks_keep_theirs_as_well(text: str) -> None:
    result = rewrite(parse_script(text), OFFICIALLY)
    check_official(text, result)


def test_a_rewritten_one_is_left_alone(forecaster: Script) -> None:
    again = rewrite(parse_script(rewrite(forecaster, OFFICIALLY).after), OFFICIALLY)
    assert again.already


@pytest.mark.parametrize(
    ("version", "python", "release"),
    [
        ("1.38.1", "==3.8.*", "1.44.0"),
        ("1.44.0", "==3.8.*", "1.44.0"),
        ("1.47.0", "==3.8.*", "1.56.0"),
        ("1.62.0", "==3.10.*", "1.62.0"),
        (None, "==3.10.*", "1.62.0"),
    ],
)
def test_each_generation_has_its_python_and_its_release(
    forecaster: Script, version: str | None, python: str, release: str
) -> None:
    result = rewrite(generated_by(forecaster, version), OFFICIALLY)
    assert result.requires_python == python
    assert f'# requires-python = "{python}"' in result.after
    assert f"azureml-train-automl-runtime=={release}" in result.requirements
    assert all(f'#     "{line}",' in result.after for line in result.requirements)


def test_every_official_target_has_requirements(forecaster: Script) -> None:
    for target in OFFICIAL:
        assert target.sdk is not None
        version = "{}.{}.0".format(*target.sdk)
        result = rewrite(generated_by(forecaster, version), OFFICIALLY)
        assert result.requires_python == target.requires_python


def test_prophet_is_asked_for_where_it_is_used(forecaster: Script) -> None:
    assert not any("prophet" in line for line in rewrite(forecaster, OFFICIALLY).requirements)
    text = forecaster.text.replace(
        "lightgbm.sklearn import LGBMRegressor", "models import ProphetModel"
    )
    prophet = parse_script(text.replace("LGBMRegressor(", "ProphetModel("))
    assert "prophet==1.1.4" in rewrite(prophet, OFFICIALLY).requirements
