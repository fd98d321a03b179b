"""The repairs that change the model: what they write, what they refuse, and what is trained."""

import importlib.util
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import is_regressor

from codegen_fi.errors import ScriptNotUnderstoodError, UsageError
from codegen_fi.model.changes import Rewritten
from codegen_fi.model.options import Options
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite, weights

RUNTIME = Path(weights.__file__).parents[1] / "runtime"
ALL_ROWS, WEIGHTS = "refit-on-all-rows", "sample-weights"

_TABLES = Path(__file__).parents[1] / "fixtures" / "tables.py"
_SPEC = importlib.util.spec_from_file_location("tables", _TABLES)
TABLES: Any = importlib.util.module_from_spec(_SPEC)  # type: ignore[arg-type]
_SPEC.loader.exec_module(TABLES)  # type: ignore[union-attr]

FITTED_BY_HAND = """
import pickle, sys
import numpy as np, pandas as pd
import train

table = pd.read_csv(sys.argv[1], parse_dates=eval(sys.argv[2]))
X, y, w = train.prepare_data(table)
made = train.train_model(X, y, w)
pipeline = train.build_model_pipeline()
*before, (_, estimator) = pipeline.steps
features = X
for _, step in before:
    features = step.fit_transform(features, y)
weighted = estimator.fit(features, y, sample_weight=w).predict(features)
plain = train.build_model_pipeline().fit(X, y).predict(X)
pickle.dump((made.predict(X), weighted, plain), open("predictions.pkl", "wb"))
"""

SCORED_BY_SCIKIT_LEARN = """
import json, pickle, sys
import pandas as pd
from sklearn.inspection import permutation_importance
import train

table = pd.read_csv(sys.argv[1], parse_dates=eval(sys.argv[2]))
_, (X, y, w) = train.split_dataset(*train.prepare_data(table), 0.25, should_stratify=False)
model = pickle.load(open("outputs/model.pkl", "rb"))
found = {}
for name, weights in (("weighted", w), ("alike", None)):
    scored = permutation_importance(
        model, X, y, scoring="r2", n_repeats=5, random_state=0, sample_weight=weights)
    found[name] = dict(zip(X.columns, scored.importances_mean))
json.dump(found, open("scored.json", "w"))
"""


def fixed(text: str, *fixes: str, **options: str) -> Rewritten:
    return rewrite(parse_script(text), Options(fixes=frozenset(fixes), **options))  # type: ignore[arg-type]


def weighted(text: str) -> str:
    """The same script with a column of sample weights."""
    old = "X = dataframe.drop([label_column_name], axis=1)\n    sample_weights = None\n"
    assert old in text
    return text.replace(
        old,
        "weight_column_name = 'w'\n"
        "    X = dataframe.drop([label_column_name, weight_column_name], axis=1)\n"
        "    sample_weights = dataframe[weight_column_name].values\n",
    )


def with_weights(path: Path) -> Path:
    table = pd.read_csv(path)
    table["w"] = np.random.default_rng(5).uniform(0.1, 5, len(table)).round(3)
    table.to_csv(path, index=False)
    return path


def emitted(folder: Path, text: str, *fixes: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "train.py").write_text(fixed(text, *fixes).after, encoding="utf-8")
    (folder / "codegen_fi_runtime").symlink_to(RUNTIME, target_is_directory=True)
    return folder


def python(folder: Path, *arguments: object) -> None:
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def trained(folder: Path, table: Path, *options: str) -> dict[str, float | None]:
    given = options or ("--importance", "native")
    python(folder, "train.py", "--training-data", table, *given, "--no-plot")
    metrics = json.loads((folder / "outputs" / "metrics.json").read_text(encoding="utf-8"))
    return metrics["metrics"]  # type: ignore[no-any-return]


def messages(result: Rewritten) -> str:
    return " ".join(w.message for w in result.warnings)


def added_and_removed(plain: Rewritten, other: Rewritten) -> tuple[list[str], list[str]]:
    old, new = plain.after.splitlines(), other.after.splitlines()
    gone = [line.strip() for line in old if line not in new]
    return [line.strip() for line in new if line not in old], gone


def test_weights_reach_the_estimator_and_the_metrics_of_the_held_out_rows(
    scripts: dict[str, str],
) -> None:
    text = weighted(scripts["regression_split"])
    added, gone = added_and_removed(fixed(text), fixed(text, WEIGHTS))
    assert added == [
        "model = model_pipeline.fit(X, y, model__sample_weight=sample_weights)",
        "metrics = calculate_metrics(model, X, y, sample_weights_valid, "
        "X_test=X_valid, y_test=y_valid)",
    ]
    assert len(gone) == 2


def test_the_model_equals_the_same_pipeline_fitted_with_weights_by_hand(
    scripts: dict[str, str], tmp_path: Path
) -> None:
    table = with_weights(TABLES.houses(tmp_path / "houses.csv"))
    folder = emitted(tmp_path / "made", weighted(scripts["regression_split"]), WEIGHTS)
    (folder / "by_hand.py").write_text(FITTED_BY_HAND, encoding="utf-8")
    python(folder, "by_hand.py", table, ["built on"])
    made, by_hand, plain = pickle.loads((folder / "predictions.pkl").read_bytes())
    np.testing.assert_allclose(made, by_hand, rtol=1e-12)
    assert np.abs(made - plain).max() > 1


def test_metrics_have_values_with_the_weights_of_their_rows(
    scripts: dict[str, str], tmp_path: Path
) -> None:
    table = with_weights(TABLES.houses(tmp_path / "houses.csv"))
    text = weighted(scripts["regression_split"])
    before = trained(emitted(tmp_path / "plain", text), table)
    after = trained(emitted(tmp_path / "fixed", text, WEIGHTS), table)
    assert before["r2_score"] is None
    assert after["r2_score"] is not None
    assert 0.5 < after["r2_score"] < 1


def explained(folder: Path) -> tuple[dict[str, float], dict[str, Any]]:
    """The permutation importances of the raw columns, and the header."""
    content = json.loads((folder / "outputs" / "feature_importance.json").read_text("utf-8"))
    rows = [row for row in content["rows"] if row["space"] == "raw"]
    return {row["feature"]: row["importance"] for row in rows}, content


def test_importances_are_scored_with_the_weights_of_the_held_out_rows(
    scripts: dict[str, str], tmp_path: Path
) -> None:
    table = with_weights(TABLES.houses(tmp_path / "houses.csv"))
    text = weighted(scripts["regression_split"])
    result = fixed(text)
    change = next(c for c in result.changes if c.rule == "explain-after-training")
    assert "Rows count as much as their sample weights say." in change.why
    folder = emitted(tmp_path / "made", text)
    trained(folder, table, "--importance", "permutation", "--scoring", "r2")
    (folder / "scored.py").write_text(SCORED_BY_SCIKIT_LEARN, encoding="utf-8")
    python(folder, "scored.py", table, ["built on"])
    expected = json.loads((folder / "scored.json").read_text(encoding="utf-8"))
    importances, header = explained(folder)
    assert importances == expected["weighted"]
    assert importances != expected["alike"]
    assert header["weighted"] is True
    said = ("--importance", "permutation", "--scoring", "spearman_correlation")
    trained(folder, table, *said)
    importances, header = explained(folder)
    assert header["weighted"] is False
    reason = "spearman_correlation takes none, so all rows count alike"
    assert ["sample weights", reason] in header["skipped"]
    assert reason in (folder / "outputs" / "run.log").read_text(encoding="utf-8")
    assert any(importances.values())


def test_weights_that_nothing_tells_are_warned_of(scripts: dict[str, str]) -> None:
    text = weighted(scripts["regression_split"])
    text = text.replace("sample_weights_valid) = split", "*held_out) = split")
    result = fixed(text)
    assert "run.explain(model, X_train, y_train, X_valid, y_valid)\n" in result.after
    assert "nothing in main() tells the sample weights of X_valid" in messages(result)
    for script, weighed in ((text, False), (weighted(scripts["regression_split"]), True)):
        emission = Emission(script.encode(), parse_script(script).model, fixed(script), {})
        book = json.loads(render_files(emission)["train.ipynb"])
        cells = {cell["id"]: "".join(cell["source"]) for cell in book["cells"]}
        for cell in ("importances-py", "change-py"):
            assert ("sample_weight=weights_valid" in cells[cell]) == weighed


def test_the_kept_model_learns_from_all_rows_and_is_explained_on_them(
    scripts: dict[str, str], tmp_path: Path
) -> None:
    text = weighted(scripts["classification_folds"])
    result = fixed(text, ALL_ROWS, WEIGHTS)
    assert "    model = train_model(X, y, sample_weights)\n" in result.after
    assert "    run.explain(model, X, y, sample_weight=sample_weights)\n" in result.after
    assert "    run.save_model(model)\n" in result.after
    folder = emitted(tmp_path / "made", text, ALL_ROWS, WEIGHTS)
    table = with_weights(TABLES.flowers(tmp_path / "flowers.csv"))
    trained(folder, table)
    check = (
        "import pickle, sys, numpy as np, pandas as pd, train\n"
        "X, y, w = train.prepare_data(pd.read_csv(sys.argv[1]))\n"
        "kept = pickle.load(open('outputs/model.pkl', 'rb')).predict_proba(X)\n"
        "np.testing.assert_allclose(kept, train.train_model(X, y, w).predict_proba(X))\n"
        "assert np.abs(kept - train.train_model(X[:240], y[:240], w[:240]).predict_proba(X)).max() "
        "> 1e-3\n"
    )
    (folder / "check.py").write_text(check, encoding="utf-8")
    python(folder, "check.py", table)
    header = json.loads((folder / "outputs" / "feature_importance.json").read_text("utf-8"))
    assert "train" in json.dumps(header).lower()


def test_the_notebook_gives_the_numbers_of_the_script(
    scripts: dict[str, str], tmp_path: Path
) -> None:
    made = {"classification_folds": {ALL_ROWS, WEIGHTS}, "regression_split": {WEIGHTS}}
    tables = {"classification_folds": TABLES.flowers, "regression_split": TABLES.houses}
    for name, fixes in made.items():
        text, table = weighted(scripts[name]), with_weights(tables[name](tmp_path / f"{name}.csv"))
        folder = emitted(tmp_path / f"{name} script", text, *fixes)
        by_script = trained(folder, table, "--importance", "permutation")
        script = parse_script(text)
        result = rewrite(script, Options(fixes=frozenset(fixes)))
        emission = Emission(text.encode(), script.model, result, {}, training_data=str(table))
        cells = json.loads(render_files(emission)["train.ipynb"])["cells"]
        code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
        folder = emitted(tmp_path / f"{name} notebook", text, *fixes)
        code = code.replace("IMPORTANCE = ['auto']", "IMPORTANCE = ['permutation']")
        (folder / "cells.py").write_text(code, encoding="utf-8")
        python(folder, "cells.py")
        outputs = [folder / "outputs", tmp_path / f"{name} script" / "outputs"]
        metrics, of_script = (json.loads((o / "metrics.json").read_text("utf-8")) for o in outputs)
        assert metrics["metrics"] == of_script["metrics"] == by_script
        assert by_script.get("r2_score", by_script.get("AUC_weighted")) is not None
        first, second = ((o / "feature_importance.csv").read_text("utf-8") for o in outputs)
        assert first == second


def test_what_is_mended_is_no_longer_warned_of_but_explained(scripts: dict[str, str]) -> None:
    text = weighted(scripts["classification_folds"])
    before = messages(fixed(text))
    assert "never used" in before
    assert f"--fix {WEIGHTS} mends it" in before
    assert "last fold" in before
    assert f"--fix {ALL_ROWS} mends it" in before
    after = messages(fixed(text, ALL_ROWS, WEIGHTS))
    assert "never used" not in after
    assert "last fold" not in after
    assert "trained with the sample weights of column 'w'" in after
    assert "trained on all rows after the cross-validation" in after


def test_metrics_without_values_are_warned_of_only_where_weights_reach_them(
    scripts: dict[str, str],
) -> None:
    assert "no value (NaN)" in messages(fixed(weighted(scripts["regression_split"])))
    assert "no value (NaN)" not in messages(fixed(weighted(scripts["classification_folds"])))
    assert "no value (NaN)" not in messages(fixed(scripts["regression_split"]))


@pytest.mark.parametrize(
    ("script", "fix", "words"),
    [
        ("regression_split", WEIGHTS, "this script has no sample weights. Leave out --fix"),
        ("regression_split", ALL_ROWS, "holds rows out once and explains the model on them"),
        ("regression_validation", ALL_ROWS, "trains on all rows of its training table already"),
    ],
)
def test_a_repair_that_does_not_apply_is_a_usage_error(
    script: str, fix: str, words: str, scripts: dict[str, str]
) -> None:
    with pytest.raises(UsageError) as refused:
        fixed(scripts[script], fix)
    assert words in str(refused.value)
    assert f"--fix {fix}" in str(refused.value)


def test_an_estimator_that_takes_no_weights_is_named(scripts: dict[str, str]) -> None:
    text = weighted(scripts["regression_split"]).replace("LGBMRegressor", "KNeighborsRegressor")
    line = text.count("\n", 0, text.index("= KNeighborsRegressor(")) + 1
    with pytest.raises(UsageError) as refused:
        fixed(text, WEIGHTS)
    assert f"line {line}: KNeighborsRegressor can't be fitted with weights" in str(refused.value)
    assert f"--fix {WEIGHTS} mends it" not in messages(fixed(text))


def test_a_final_model_on_all_rows_already_is_left_and_said(scripts: dict[str, str]) -> None:
    text = scripts["classification_folds"].replace(
        "    model = train_model(X_train, y_train, sample_weights_train)",
        "    model = train_model(X, y, sample_weights)",
    )
    assert "last fold" not in messages(fixed(text))
    with pytest.raises(UsageError, match="the final model is trained on X already"):
        fixed(text, ALL_ROWS)


def test_weights_that_nothing_names_are_refused(scripts: dict[str, str]) -> None:
    text = weighted(scripts["regression_split"])
    text = text.replace("y_test=y_valid)", "y_test=y_valid + 0)")
    with pytest.raises(ScriptNotUnderstoodError, match="nothing here tells the weights"):
        fixed(text, WEIGHTS)


def estimator(name: str) -> Any:
    import lightgbm
    import sklearn.ensemble
    import sklearn.linear_model
    import sklearn.naive_bayes
    import sklearn.svm
    import sklearn.tree
    import xgboost

    from codegen_fi.runtime.automl.models import multinomial_logistic_regression

    modules = (
        sklearn.ensemble, sklearn.linear_model, sklearn.naive_bayes, sklearn.svm, sklearn.tree,
        lightgbm, xgboost, multinomial_logistic_regression,
    )  # fmt: skip
    return next(getattr(m, name) for m in modules if hasattr(m, name))()


SETTINGS: dict[str, dict[str, Any]] = {
    "BernoulliNB": {"binarize": 0.5},
    "ElasticNet": {"alpha": 0.01},
    "LGBMClassifier": {"verbose": -1, "min_child_samples": 2},
    "LGBMRegressor": {"verbose": -1, "min_child_samples": 2},
    "Lasso": {"alpha": 0.01},
    "LogisticRegressionCV": {
        "l1_ratios": (0,),
        "use_legacy_attributes": False,
        "scoring": "neg_log_loss",
    },
    "NuSVC": {"nu": 0.2},
}
# Grown to the last row, a tree has no use for weights.
SHALLOW = {"max_depth": 2}


@pytest.mark.parametrize("name", sorted(weights.WEIGHED))
def test_every_estimator_that_is_said_to_take_weights_is_changed_by_them(name: str) -> None:
    draw = np.random.default_rng(0)
    X = draw.uniform(0, 1, (80, 4))
    signal = X[:, 0] + 0.5 * draw.normal(size=80)
    w = np.where(np.arange(80) < 40, 0.01, 10.0)
    answers = []
    for given in ({}, {"sample_weight": w}):
        model = estimator(name)
        known = model.get_params()
        wanted = {"random_state": 0} | SHALLOW | SETTINGS.get(name, {})
        model.set_params(**{k: v for k, v in wanted.items() if k in known})
        y = signal if is_regressor(model) else (signal > np.median(signal)).astype(int)
        model.fit(X, y, **given)
        ask = next(
            m for m in ("decision_function", "predict_proba", "predict") if hasattr(model, m)
        )
        answers.append(getattr(model, ask)(X))
    assert np.abs(answers[0] - answers[1]).max() > 1e-6
