"""``explain`` on models that exist: what it says, what it refuses, what it writes."""

from __future__ import annotations

import csv
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

from codegen_fi.render.runtime_files import runtime_files
from codegen_fi.runtime.importance import explain

_ROWS = 150
_QUICK = ("--repeats", "2", "--no-plot", "--yes")
_OUTPUTS = ["feature_importance.csv", "feature_importance.json", "run.log"]
_RECORD = "codegen-fi-explained.json"
# Trained beside a copy of the runtime, as by train.py, of what generated pipelines are made of.
_STAND_INS = """
import pickle, sys
import pandas as pd
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import LabelEncoder, StandardScaler
from codegen_fi_runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations)
from codegen_fi_runtime.automl.models.stack_ensemble import StackEnsembleRegressor
from codegen_fi_runtime.automl.models.voting_ensemble import PreFittedSoftVotingClassifier
from codegen_fi_runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper

data = pd.read_csv("data.csv")
X, y, size = data[["a", "b", "c"]], data["label"], data["size"]

def mapper():
    return DataFrameMapper(features=[([name], [SimpleImputer()]) for name in X], input_df=True)

def member(model, target):
    return Pipeline([("scaler", StandardScaler()), ("model", model)])

rows = mapper().fit(X).transform(X)
codes = LabelEncoder().fit_transform(y)
members = [("0", member(LGBMClassifier(n_estimators=5, verbose=-1), y).fit(rows, codes)),
           ("1", member(LogisticRegression(), y).fit(rows, codes))]
voting = PreFittedSoftVotingClassifier(
    estimators=members, weights=[0.7, 0.3], classification_labels=[0, 1])
models = {"voting": (Pipeline([("featurization", mapper()), ("ensemble", voting)]), codes)}
models["ytransformed"] = (PipelineWithYTransformations(
    Pipeline([("featurization", mapper()), ("ensemble", voting)]),
    "LabelEncoder", LabelEncoder()), y)
learners = [("0", member(LGBMRegressor(n_estimators=5, verbose=-1), size)),
            ("1", member(Ridge(), size))]
stack = StackEnsembleRegressor(
    base_learners=learners, meta_learner=Ridge(), training_cv_folds=3)
models["stacking"] = (Pipeline([("featurization", mapper()), ("stack", stack)]), size)
for name, (model, target) in models.items():
    with open(f"{name}.pkl", "wb") as stream:
        pickle.dump(model.fit(X, target), stream)
"""


def _data():
    random = np.random.default_rng(7)
    frame = pd.DataFrame(random.random((_ROWS, 3)), columns=["a", "b", "c"])
    frame["label"] = np.where(frame["a"] > 0.5, "yes", "no")
    frame["code"] = (frame["label"] == "yes").astype(int)
    return frame.assign(size=3 * frame["a"] + frame["b"])


@pytest.fixture
def data(tmp_path):
    frame = _data()
    frame.to_csv(tmp_path / "data.csv", index=False)
    return frame


def _features(frame):
    return frame[["a", "b", "c"]]


def _saved(path, model, label, frame):
    with path.open("wb") as stream:
        pickle.dump(model.fit(_features(frame), frame[label]), stream)
    return path


def _importances(folder, method="permutation"):
    with (folder / "feature_importance.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["feature"]: float(row["importance"])
            for row in csv.DictReader(stream)
            if (row["method"], row["space"], row["model"]) == (method, "raw", "model")
        }


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("model", "label"),
    [
        (make_pipeline(SimpleImputer(), StandardScaler(), GaussianNB()), "label"),
        (LGBMRegressor(n_estimators=5, verbose=-1), "size"),
        (XGBClassifier(n_estimators=5), "code"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_pickle_is_explained(cli, tmp_path, data, model, label):
    _saved(tmp_path / "model.pkl", model, label, data)
    done = cli(
        "explain", "model.pkl", "--data", "data.csv", "--label", label, "--out", "why", *_QUICK
    )
    assert done.returncode == 0, done.stderr
    assert _names(tmp_path / "why") == sorted([_RECORD, *_OUTPUTS])
    found = _importances(tmp_path / "why")
    assert max(found, key=found.get) == "a"
    assert "150 given rows" in done.stdout
    header = json.loads((tmp_path / "why" / "feature_importance.json").read_text(encoding="utf-8"))
    assert header["split"] == "given"
    log = (tmp_path / "why" / "run.log").read_text(encoding="utf-8")
    assert "Wrote the results to why" in log


def test_what_joblib_wrote_is_explained_and_named_before(cli, tmp_path, data):
    model = make_pipeline(StandardScaler(), Ridge()).fit(_features(data), data["size"])
    joblib.dump(model, tmp_path / "model.joblib", compress=("xz", 3))
    done = cli(*_command("model.joblib", "size"), *_QUICK)
    assert done.returncode == 0, done.stderr
    assert "format  joblib, packed with xz, with scikit-learn" in done.stderr
    assert "sklearn (" in done.stderr
    warned = [line for line in done.stderr.splitlines() if line.startswith("warning")]
    assert warned == ["warning: data.csv: label, code left out, which the model doesn't take"]


def test_scoring_rows_of_their_own_are_the_validation_rows(cli, tmp_path, data):
    _saved(tmp_path / "model.pkl", Ridge(), "size", data)
    data[:40].to_csv(tmp_path / "valid.csv", index=False)
    done = cli(
        *("explain", "model.pkl", "--data", "data.csv", "--validation-data", "valid.csv"),
        *("--label", "size", "--out", "why", "--scoring", "neg_mean_absolute_error", *_QUICK),
    )
    assert done.returncode == 0, done.stderr
    assert "neg_mean_absolute_error on 40 validation rows" in done.stdout


@pytest.fixture(scope="module")
def stand_ins(tmp_path_factory):
    """Models whose classes are the runtime's, beside which it lies."""
    folder = tmp_path_factory.mktemp("stand-ins")
    for name, content in runtime_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    _data().to_csv(folder / "data.csv", index=False)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _STAND_INS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize(
    ("name", "label", "beside"),
    [
        ("voting", "code", True),
        ("voting", "code", False),
        ("ytransformed", "label", True),
        ("stacking", "size", True),
    ],
)
def test_models_of_the_stand_ins_are_explained(cli, tmp_path, stand_ins, name, label, beside):
    folder = stand_ins
    if not beside:
        folder = tmp_path / "alone"
        folder.mkdir()
        shutil.copy(stand_ins / f"{name}.pkl", folder)
    done = cli(
        *("explain", folder / f"{name}.pkl", "--data", stand_ins / "data.csv"),
        *("--label", label, "--out", "why", *_QUICK),
    )
    assert done.returncode == 0, done.stderr
    assert "codegen_fi_runtime (" in done.stderr
    for method in ("permutation", "native"):
        found = _importances(tmp_path / "why", method)
        assert max(found, key=found.get) == "a"
    # The label's columns are in the table as well; the mappers don't read them.
    assert found.get("size", 0.0) == 0.0


def test_a_folder_that_was_trained_in_is_explained(cli, tmp_path, demo):
    _, folder = demo
    done = cli(
        *("explain", folder, "--data", folder / "data.csv", "--label", "churned", "--out", "why"),
        *("--importance", "permutation", "--max-rows", "80", *_QUICK),
    )
    assert done.returncode == 0, done.stderr
    assert str(folder / "outputs" / "model.pkl") in done.stderr
    assert len(_importances(tmp_path / "why")) > 5


class Trap:
    """A pickle of it writes a file when it is loaded."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.write_text, (self.path, "sprung"))


def _trap(folder):
    with (folder / "trap.pkl").open("wb") as stream:
        pickle.dump(Trap(folder / "sprung.txt"), stream)
    return ("explain", "trap.pkl", "--data", "data.csv", "--label", "label", "--out", "why")


def test_nothing_of_a_malicious_pickle_runs_before_it_is_agreed_to(cli, tmp_path, data):
    command = _trap(tmp_path)
    done = cli(*command)
    assert done.returncode == 2
    assert not (tmp_path / "sprung.txt").exists()
    assert "names what ordinary models don't: pathlib" in done.stderr
    assert "Path.write_text" in done.stderr
    assert "--yes" in done.stderr
    assert not (tmp_path / "why").exists()


def test_a_malicious_pickle_runs_in_another_process_only(cli, tmp_path, data):
    code = (
        "import os, pathlib, pickle, sys\n"
        "class Trap:\n"
        "    def __reduce__(self):\n"
        '        return (exec, ("import os, pathlib; '
        "pathlib.Path('pid.txt').write_text(str(os.getpid()))\",))\n"
        "pathlib.Path('trap.pkl').write_bytes(pickle.dumps(Trap()))\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    started = subprocess.Popen(
        [sys.executable, "-m", "codegen_fi", *_command("trap.pkl"), "--yes"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _, said = started.communicate(timeout=120)
    assert started.returncode == 2
    assert int((tmp_path / "pid.txt").read_text(encoding="ascii")) != started.pid
    assert "builtins.exec" in said
    assert "has no predict" in said
    assert not (tmp_path / "why").exists()


def _command(name, label="label"):
    return ("explain", name, "--data", "data.csv", "--label", label, "--out", "why")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", ("is empty (0 bytes)",)),
        (b"id,name\n1,x\n", ("is no pickle", "id,name")),
        (pickle.dumps({"fitted": GaussianNB()}), ("a dict", "GaussianNB", "save that alone")),
    ],
    ids=["empty", "text", "dict"],
)
def test_a_file_that_is_no_model_is_told_as_what_it_is(cli, tmp_path, data, content, says):
    (tmp_path / "model.pkl").write_bytes(content)
    done = cli(*_command("model.pkl"), "--yes")
    assert done.returncode == 2, done.stderr
    for words in says:
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "why").exists()


def test_a_file_that_is_cut_off_says_so(cli, tmp_path, data):
    path = _saved(tmp_path / "model.pkl", LGBMRegressor(n_estimators=5, verbose=-1), "size", data)
    path.write_bytes(path.read_bytes()[:-200])
    done = cli(*_command("model.pkl", "size"), "--yes")
    assert done.returncode == 1, done.stderr
    assert "the names may not be all" in done.stderr
    assert "ends before the model does" in done.stderr


def test_a_model_that_cannot_be_loaded_says_what_is_missing(cli, tmp_path, data):
    (tmp_path / "model.pkl").write_bytes(b"cmine.estimators\nThing\n.")
    done = cli(*_command("model.pkl"), "--yes")
    assert done.returncode == 1, done.stderr
    assert "needs the module mine" in done.stderr
    assert "put the file beside the model" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "why").exists()


def test_modules_beside_the_model_are_found(cli, tmp_path, data):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "shop.py").write_text(
        "from sklearn.linear_model import Ridge\nclass ShopRidge(Ridge):\n    pass\n",
        encoding="utf-8",
    )
    code = (
        "import pickle, pandas as pd, shop\nd = pd.read_csv('../data.csv')\n"
        "pickle.dump(shop.ShopRidge().fit(d[['a', 'b', 'c']], d['size']), open('m.pkl', 'wb'))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "models", check=True)
    done = cli(*_command("models/m.pkl", "size"), *_QUICK)
    assert done.returncode == 0, done.stderr
    assert "shop.ShopRidge" in done.stderr


_SLOW = """
import time
from sklearn.linear_model import Ridge

class Slow(Ridge):
    def predict(self, X):
        time.sleep(0.05)
        with open("asked", "a") as file:
            file.write("x")
        return super().predict(X)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs the signals of a POSIX system")
def test_an_interrupted_explanation_keeps_what_was_done(tmp_path, data):
    (tmp_path / "slow.py").write_text(_SLOW, encoding="utf-8")
    code = (
        "import pickle, pandas as pd, slow\nd = pd.read_csv('data.csv')\n"
        "pickle.dump(slow.Slow().fit(d[['a', 'b', 'c']], d['size']), open('model.pkl', 'wb'))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)

    options = ("--yes", "--repeats", "2000", "--jobs", "1")
    asked = tmp_path / "asked"
    with subprocess.Popen(
        [sys.executable, "-m", "codegen_fi", *_command("model.pkl", "size"), *options],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        # Only shuffling asks so often.
        while not (asked.exists() and asked.stat().st_size > 20):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(30) == 130
    assert "What was done before goes to why" in rest
    assert _importances(tmp_path / "why", "native").keys() == {"a", "b", "c"}
    table = (tmp_path / "why" / "feature_importance.csv").read_text(encoding="utf-8")
    assert "failed: it was ended before it was done" in table


def test_data_that_do_not_fit_the_model_are_refused(cli, tmp_path, data):
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    data.drop(columns="b").to_csv(tmp_path / "data.csv", index=False)
    done = cli(*_command("model.pkl"), *_QUICK)
    assert done.returncode == 2, done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert "lacks 1 of the 3 columns the model reads: 'b'" in errors[0]
    assert not (tmp_path / "why").exists()


def test_a_model_without_names_takes_the_columns_in_order(cli, tmp_path, data):
    model = GaussianNB().fit(_features(data).to_numpy(), data["label"])
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(model))
    data.drop(columns=["code", "size"]).to_csv(tmp_path / "data.csv", index=False)
    done = cli(*_command("model.pkl"), *_QUICK)
    assert done.returncode == 0, done.stderr
    assert next(iter(_importances(tmp_path / "why"))) == "a"
    log = (tmp_path / "why" / "run.log").read_text(encoding="utf-8")
    assert "taken in order" in log
    assert "X has feature names" not in log


def test_rows_without_a_label_and_columns_of_no_use_are_told(cli, tmp_path, data):
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    data.loc[:9, "label"] = np.nan
    data.loc[10:14, "label"] = "perhaps"
    data.to_csv(tmp_path / "data.csv", index=False)
    done = cli(*_command("model.pkl"), *_QUICK)
    assert done.returncode == 0, done.stderr
    log = (tmp_path / "why" / "run.log").read_text(encoding="utf-8")
    for said in (
        "left out 10 of 150 rows without a label",
        "5 of 140 rows have labels the model has never seen: 'perhaps'",
        "code, size left out, which the model doesn't take",
    ):
        assert said in log
        assert said in done.stderr
    assert "140 given rows" in done.stdout


def test_a_folder_is_replaced_only_when_forced_and_never_with_edits(cli, tmp_path, data):
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    command = (*_command("model.pkl"), *_QUICK)
    assert cli(*command).returncode == 0
    (tmp_path / "why" / "notes.txt").write_text("mine", encoding="utf-8")
    again = cli(*command)
    assert again.returncode == 2
    assert "why exists already" in again.stderr
    assert "About to load" not in again.stderr
    assert cli(*command, "--force").returncode == 0
    assert (tmp_path / "why" / "notes.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "why" / "feature_importance.csv").write_text("edited", encoding="utf-8")
    edited = cli(*command, "--force")
    assert edited.returncode == 2
    assert "feature_importance.csv" in edited.stderr
    assert (tmp_path / "why" / "feature_importance.csv").read_text(encoding="utf-8") == "edited"


def test_groups_and_repeats_until_decided_are_taken(cli, tmp_path, data):
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    more = ("--group", "both=a,b", "--group", "rest=b,c", "--jobs", "1", "--repeats", "auto")
    done = cli(*_command("model.pkl"), "--no-plot", "--yes", *more)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "why" / "feature_importance.csv").read_text(encoding="utf-8")
    assert "permutation,group,model,both,a + b," in text
    assert "permutation,group,model,rest,b + c," in text
    wrong = cli(*_command("model.pkl"), "--repeats", "none", "--yes", "--force")
    assert wrong.returncode == 2
    assert "'none' is neither a number from 1 on nor auto" in wrong.stderr


def test_json_is_for_programs(cli, tmp_path, data):
    path = _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    done = cli(*_command("model.pkl"), *_QUICK, "--format", "json")
    told = json.loads(done.stdout)
    assert told["model"]["size"] == path.stat().st_size
    assert "sklearn.naive_bayes.GaussianNB" in told["model"]["names"]
    assert told["importances"][0]["feature"] == "a"
    assert {Path(name).name for name in told["files"]} == set(_OUTPUTS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("gone.pkl",), "gone.pkl does not exist"),
        (("empty",), "holds no model"),
        (("model.pkl", "--importance", "none"), "leaves nothing to explain"),
        (("model.pkl", "--metric", "auc"), "--metric chooses among runs"),
        (("model.pkl", "--env", "/nowhere/python"), "is not a Python that can be started"),
        (("azureml:",), "names no run"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused(cli, tmp_path, data, arguments, says):
    (tmp_path / "empty").mkdir()
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    rest = ("--data", "data.csv", "--label", "label", "--out", "why", "--yes")
    done = cli("explain", *arguments, *rest)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert not (tmp_path / "why").exists()


def test_a_table_that_is_not_there_is_refused_first(cli, tmp_path, data):
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    done = cli("explain", "model.pkl", "--data", "gone.csv", "--label", "label", "--out", "why")
    assert done.returncode == 2
    assert "gone.csv does not exist" in done.stderr
    assert "About to load" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--group", "a,b"), "'a,b' is neither 'auto' nor NAME=COLUMN,COLUMN"),
        (("--group", "auto", "--group", "x=a"), "can't stand beside another group"),
        (("--group", "both=a,height"), "--group both: data.csv has no column 'height'"),
        (("--scoring", "acuracy"), "no scorer named 'acuracy'; did you mean accuracy"),
        (("--label", "lable"), "label"),
        (("--weights", "heft"), "'heft'"),
        (
            ("--weights", "a", "--scoring", "spearman_correlation"),
            "takes no weights. Leave out",
        ),
        (("--max-rows", "most"), "'most' is neither a number from 1 on nor all nor auto"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_the_options_and_the_data_tell_comes_before_the_question(
    cli, tmp_path, data, arguments, says
):
    _saved(tmp_path / "model.pkl", GaussianNB(), "label", data)
    done = cli(*_command("model.pkl"), *arguments)
    assert done.returncode == 2, done.stderr
    assert says in " ".join(done.stderr.split())
    assert "About to load" not in done.stderr
    assert "Traceback" not in done.stderr


def _named(module, name):
    """A pickle that is nothing but the name of a class."""
    parts = (b"\x8c" + bytes([len(part)]) + part.encode() for part in (module, name))
    return b"\x80\x04" + b"".join(parts) + b"\x93."


_FORECASTER = _named("azureml.forecasting_pipeline_wrapper", "ForecastingPipelineWrapper")


@pytest.mark.parametrize(
    ("content", "arguments", "code", "says"),
    [
        (_named("prophet.forecaster", "Prophet"), (), 2, "is a forecaster of prophet"),
        (_FORECASTER, ("--importance", "permutation"), 2, "later ones with --validation-data"),
        (_FORECASTER, (), 1, "module azureml, of Microsoft's packages. Use --env managed"),
        (_named("shop.models", "Ridge"), (), 1, "the module shop, which isn't installed in"),
        (_named("shop.models", "Ridge"), ("--env", "python3"), 1, "the module shop"),
    ],
    ids=["prophet", "unscored", "official", "module", "module elsewhere"],
)
def test_what_the_file_alone_tells_comes_before_the_question(
    cli, tmp_path, data, content, arguments, code, says
):
    (tmp_path / "model.pkl").write_bytes(content)
    (tmp_path / "python3").symlink_to(sys.executable)
    done = cli(*_command("model.pkl"), *(a.replace("python3", "./python3") for a in arguments))
    assert done.returncode == code, done.stderr
    assert says in " ".join(done.stderr.split())
    assert "About to load" not in done.stderr
    assert not (tmp_path / "why").exists()


def test_the_columns_of_a_trained_folder_are_known_before_the_question(cli, tmp_path, demo):
    _, folder = demo
    table = pd.read_csv(folder / "data.csv")
    table.drop(columns=["tenure"]).to_csv(tmp_path / "data.csv", index=False)
    done = cli("explain", folder, "--data", "data.csv", "--label", "churned", "--out", "why")
    assert done.returncode == 2, done.stderr
    assert "columns that the model's script reads: 'tenure'" in done.stderr
    assert "About to load" not in done.stderr


def test_weights_count_rows_and_are_no_column(cli, tmp_path, data):
    model = Ridge().fit(_features(data), data["size"])
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(model))
    data = data.assign(heft=np.where(np.arange(len(data)) < 50, 3.0, 0.0))
    data.to_csv(tmp_path / "data.csv", index=False)
    permuted = ("--importance", "permutation", *_QUICK)
    done = cli(*_command("model.pkl", "size"), "--weights", "heft", *permuted)
    assert done.returncode == 0, done.stderr
    rows = pd.read_csv(tmp_path / "data.csv")
    direct = explain(
        model,
        _features(rows),
        rows["size"],
        methods=["permutation"],
        repeats=2,
        sample_weight=rows["heft"],
    )
    expected = {row.feature: row.importance for row in direct.rows if row.space == "raw"}
    assert _importances(tmp_path / "why") == pytest.approx(expected, rel=1e-12)
    data.assign(heft=-1).to_csv(tmp_path / "data.csv", index=False)
    wrong = cli(*_command("model.pkl", "size"), "--weights", "heft", "--force", *permuted)
    assert wrong.returncode == 2
    assert "150 weights are missing or below 0 in 'heft'" in wrong.stderr
