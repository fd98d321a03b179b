"""What a model's file is told to be and to name, without loading it."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import joblib
import numpy as np
import pytest
from lightgbm import LGBMClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from codegen_fi.errors import UsageError
from codegen_fi.sources.models import describe, find_model
from codegen_fi.sources.models.names import Names, names_in
from codegen_fi.sources.models.packages import needs_of
from codegen_fi.workflow.fitting_model import fitting_columns

X = np.random.default_rng(0).random((60, 3))
Y = np.where(X[:, 0] > 0.5, "yes", "no")
PACKS = [0, 3, ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3)]


def models():
    forest = make_pipeline(StandardScaler(), RandomForestClassifier(3, random_state=0)).fit(X, Y)
    # Arrays of objects, dates and letters lie in a file of joblib each in another way.
    forest.extra = [
        np.array(["a", None, 3], dtype=object),
        np.array(["2020-01-01"], dtype="M8[D]"),
        np.array(["größe"]),
        np.zeros((0, 4)),
    ]
    return {"forest": forest, "lightgbm": LGBMClassifier(n_estimators=2, verbose=-1).fit(X, Y)}


class Recording(pickle._Unpickler):
    """What loading really asks for."""

    def __init__(self, stream):
        super().__init__(stream)
        self.asked = set()

    def find_class(self, module, name):
        self.asked.add(f"{module}.{name}")
        return super().find_class(module, name)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", ["forest", "lightgbm"])
def test_all_that_loading_asks_for_is_named(tmp_path, name, protocol):
    path = tmp_path / "m"
    path.write_bytes(pickle.dumps(models()[name], protocol=protocol))
    with path.open("rb") as stream:
        recording = Recording(stream)
        recording.load()
    found = names_in(path)
    assert set(found.names) == recording.asked
    assert found.unread == ""
    assert len(found.sklearn) == 1


@pytest.mark.parametrize("pack", PACKS, ids=str)
@pytest.mark.parametrize("name", ["forest", "lightgbm"])
def test_arrays_of_joblib_are_stepped_over(tmp_path, monkeypatch, name, pack):
    path, asked = tmp_path / "m", set()
    joblib.dump(models()[name], path, compress=pack)
    find = joblib.numpy_pickle.NumpyUnpickler.find_class

    def recorded(self, module, attribute):
        asked.add(f"{module}.{attribute}")
        return find(self, module, attribute)

    monkeypatch.setattr(joblib.numpy_pickle.NumpyUnpickler, "find_class", recorded, raising=False)
    joblib.load(path)
    found = names_in(path)
    assert found.unread == ""
    assert asked <= set(found.names)
    assert found.joblib


def test_names_put_together_while_loading_are_announced(tmp_path):
    path = tmp_path / "m"
    # The module's name is what str() of another string gives.
    path.write_bytes(b"\x80\x04cbuiltins\nstr\n\x8c\x02os\x85R\x8c\x06system\x93.")
    found = names_in(path)
    assert found.names == ("builtins.str",)
    assert "put together only while loading" in found.unread


@pytest.mark.parametrize("cut", [5, 40, 300])
def test_a_file_that_is_cut_off_is_never_named_whole(tmp_path, cut):
    whole = pickle.dumps(models()["lightgbm"])
    (tmp_path / "m").write_bytes(whole[:cut])
    assert names_in(tmp_path / "m").unread


def test_what_is_unusual_in_a_model_is_picked_out(tmp_path):
    (tmp_path / "m").write_bytes(b"\x80\x04cposix\nsystem\ncnumpy\nndarray\ncbuiltins\nset\n000.")
    assert describe(find_model(tmp_path / "m")).unusual == ("posix.system",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", r"is empty \(0 bytes\)"),
        (b"id,name\n1,x\n", "is no pickle: it begins with b'id,name"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        (b"PK\x03\x04xxxxxxxx", "is a zip"),
        (b"\x89HDF\r\n", "HDF5"),
        (b"tree\nversion=v4\n", "LightGBM's own text"),
        (b'{"learner": {}}', "is JSON"),
    ],
)
def test_other_files_are_told_as_what_they_are(tmp_path, content, says):
    (tmp_path / "m").write_bytes(content)
    with pytest.raises(UsageError, match=says):
        describe(find_model(tmp_path / "m"))


def mlflow_folder(tmp_path, flavours, *files):
    (tmp_path / "MLmodel").write_text(json.dumps({"flavors": flavours}), encoding="utf-8")
    for name in files:
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def test_a_folder_of_mlflow_tells_its_file_and_its_python(tmp_path):
    folder = mlflow_folder(
        tmp_path,
        {
            "python_function": {"python_version": "3.10.4"},
            "sklearn": {"pickled_model": "model.pkl", "code": None},
        },
        "model.pkl",
        "requirements.txt",
    )
    place = find_model(folder)
    assert (place.path, place.form, place.python) == (folder / "model.pkl", "pickle", "3.10.4")
    assert place.described_in == (folder / "requirements.txt",)


def test_columns_of_a_signature_are_compared_with_the_table(tmp_path):
    inputs = [{"type": "double", "name": name} for name in ("age", "fee", "größe")]
    inputs.append({"type": "string", "name": "comment", "required": False})
    flavours = {"sklearn": {"pickled_model": "model.pkl"}}
    content = {"flavors": flavours, "signature": {"inputs": json.dumps(inputs)}}
    (tmp_path / "MLmodel").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(models()["forest"]))
    model = describe(find_model(tmp_path))
    table = tmp_path / "data.csv"
    assert fitting_columns(model, ["größe", "fee", "age", "y"], table, "y") is model
    with pytest.raises(UsageError, match=r"lacks 2 of the 3 columns of the model's signature: 'fe"):
        fitting_columns(model, ["age", "y"], table, "y")
    with pytest.raises(UsageError, match="--label fee is one of them, so it isn't what the model"):
        fitting_columns(model, ["größe", "fee", "age"], table, "fee")
    mapped = replace(model, names=Names((*model.names.names, "a.DataFrameMapper")))
    (doubt,) = fitting_columns(mapped, ["age", "y"], table, "y").doubts
    assert "'fee', 'größe'" in doubt
    with pytest.raises(UsageError, match="lacks 3 of the 3"):
        fitting_columns(mapped, ["y", "other"], table, "y")
    content["signature"] = {"inputs": '[{"type": "tensor"}]'}
    (tmp_path / "MLmodel").write_text(json.dumps(content), encoding="utf-8")
    assert find_model(tmp_path).columns == ()


@pytest.mark.parametrize(
    ("flavours", "says"),
    [
        ({"pytorch": {}}, "keeps the model as pytorch"),
        ({"sklearn": {"pickled_model": "../../etc/passwd"}}, "lies outside of its folder"),
        ({"sklearn": {"pickled_model": "gone.pkl"}}, "lacks gone.pkl"),
        ({"sklearn": {}}, "doesn't name the model's file"),
        ({"lightgbm": {"data": "m.lgb", "model_class": "lightgbm.basic.Booster"}}, "bare booster"),
        ([], "is damaged"),
    ],
)
def test_a_folder_of_mlflow_that_cannot_be_used_says_why(tmp_path, flavours, says):
    with pytest.raises(UsageError, match=says):
        find_model(mlflow_folder(tmp_path, flavours))


def test_requirements_that_name_more_than_a_release_are_refused(tmp_path):
    path = tmp_path / "requirements.txt"
    for line in ("--find-links ./wheels", "evil @ http://127.0.0.1/e.whl", "./local"):
        path.write_text(f"numpy==1.26.4\n{line}\n", encoding="utf-8")
        with pytest.raises(UsageError, match="names no release of a package"):
            needs_of((), (), (path,), "")


def test_the_release_of_the_official_packages_is_read_from_a_conda_file(tmp_path):
    path = tmp_path / "conda.yaml"
    path.write_text(
        "dependencies:\n- python=3.8.13\n- numpy~=1.18\n- pip:\n"
        "  - azureml-train-automl-runtime==1.44.0\n  - inference-schema\n",
        encoding="utf-8",
    )
    needs = needs_of(("azureml.training.tabular.x",), (), (path,), "")
    assert (needs.python, needs.sdk) == ("3.8", "1.44.0")
    assert needs_of(("azureml.automl.x",), (), (), "").sdk == ""
    assert needs_of(("sklearn.svm.SVC",), ("1.5.2",), (), "").lines == ("scikit-learn==1.5.2",)
