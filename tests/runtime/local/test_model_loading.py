"""Models from their files, and what is said when one can't be loaded."""

from __future__ import annotations

import hashlib
import pickle

import joblib
import numpy as np
import pytest
from sklearn.linear_model import Ridge
from xgboost import XGBClassifier

from codegen_fi.runtime.errors import DataError
from codegen_fi.runtime.model_loading import ModelError, load_model, versions_apart

X = np.random.default_rng(0).random((40, 2))


def loaded(path, form="pickle", classed=None):
    return load_model(path, form, hashlib.sha256(path.read_bytes()).hexdigest(), classed)


@pytest.fixture
def ridge():
    return Ridge().fit(X, X[:, 0])


@pytest.mark.parametrize("pack", [0, 3, ("gzip", 3), ("bz2", 3), ("lzma", 3), ("xz", 3)], ids=str)
def test_what_joblib_wrote_is_loaded(tmp_path, ridge, pack):
    joblib.dump(ridge, tmp_path / "m", compress=pack)
    assert np.array_equal(loaded(tmp_path / "m").coef_, ridge.coef_)


def test_xgboosts_own_format_is_loaded_without_a_pickle(tmp_path):
    model = XGBClassifier(n_estimators=2).fit(X, X[:, 0] > 0.5)
    model.save_model(tmp_path / "m.json")
    found = loaded(tmp_path / "m.json", "xgboost", "xgboost.sklearn.XGBClassifier")
    assert np.array_equal(found.predict(X), model.predict(X))
    with pytest.raises(ModelError, match=r"os.System is no class of xgboost"):
        loaded(tmp_path / "m.json", "xgboost", "os.System")


def test_another_file_than_the_one_that_was_shown_is_not_loaded(tmp_path, ridge):
    (tmp_path / "m").write_bytes(pickle.dumps(ridge))
    with pytest.raises(DataError, match="was changed after it was shown"):
        load_model(tmp_path / "m", "pickle", "0" * 64)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"cazureml.training.tabular.models\nThing\n.", "Microsoft's packages.*--env managed"),
        (b"csklearn.gone\nThing\n.", "sklearn.gone, which the installed sklearn [\\d.]+ doesn't"),
        (b"csklearn.linear_model\nGone\n.", "sklearn.linear_model.Gone, which the installed sk"),
        (b"ccatboost\nThing\n.", "catboost, which isn't installed.*pip install catboost"),
        (b"c__main__\nThing\n.", "Thing, which was defined in the script or notebook"),
        (b"\x80\x63.", "unsupported pickle protocol"),
        (pickle.dumps(list(range(999)))[:-9], "it ends before the model does|it is damaged"),
    ],
    ids=str,
)
def test_what_is_missing_is_told(tmp_path, content, says):
    (tmp_path / "m").write_bytes(content)
    with pytest.raises(ModelError, match=says):
        loaded(tmp_path / "m")


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ({"a": 1, "b": 2}, "a dict with 2 entries, not a model"),
        ([Ridge()], "a list with 1 entries, .*There is a Ridge in it"),
        (3.5, "a float, which has no predict"),
        (Ridge, "the class Ridge, not a trained model"),
    ],
)
def test_what_is_no_model_is_told_as_what_it_is(tmp_path, held, says):
    (tmp_path / "m").write_bytes(pickle.dumps(held))
    with pytest.raises(DataError, match=says):
        loaded(tmp_path / "m")


def test_a_model_of_another_scikit_learn_is_told_apart(ridge):
    assert versions_apart(ridge) == ""
    ridge._sklearn_version = "0.22.1"
    assert "trained with scikit-learn 0.22.1" in versions_apart(ridge)


@pytest.mark.parametrize("pack", [0, ("gzip", 3)], ids=["plain", "packed"])
def test_a_file_that_is_cut_off_says_so_wherever_it_ends(tmp_path, ridge, pack):
    whole = tmp_path / "whole.joblib"
    joblib.dump(ridge, whole, compress=pack)
    content = whole.read_bytes()
    # The checksum of gzip is behind the model, which is all there without it.
    for end in range(20, len(content) - 12, 7):
        part = tmp_path / "part.joblib"
        part.write_bytes(content[:end])
        with pytest.raises(ModelError, match="it ends before the model does"):
            load_model(part, "pickle", hashlib.sha256(content[:end]).hexdigest(), None)
