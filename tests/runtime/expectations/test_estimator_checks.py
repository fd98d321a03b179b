"""scikit-learn's own checks of an estimator, those that a featurizer's contract allows.

Most featurizers take one column of anything; the checks hand over matrices of floats, and leave out
by themselves what says in its tags that it takes none. What needs no data is asked of every class.
"""

from __future__ import annotations

import warnings

import pytest
import sklearn
from featurizers import build, found
from sklearn.utils import estimator_checks
from sklearn.utils.fixes import parse_version

EVERY = sorted(found())
WITHOUT_DATA = (
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_estimator_tags_renamed",
    "check_get_params_invariance",
    "check_mixin_order",
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_set_params",
    "check_valid_tag_types",
)
MATRICES = [name for name in EVERY if found()[name].takes_matrices]
TEXT_OUT = "puts out text, which the check subtracts as if it were numbers"
NO_SPARSE = "a mapper hands over columns of a frame: no sparse matrix comes here"
EXCUSED = {
    "CrossValidationTargetEncoder": {
        "check_no_attributes_set_in_init": "keeps the arguments of the encoder under one name"
    },
    "ImputationMarker": {"check_estimator_sparse_tag": NO_SPARSE},
    "StringCastTransformer": {
        "check_estimator_sparse_tag": NO_SPARSE,
        "check_estimators_pickle": TEXT_OUT,
        "check_fit_idempotent": TEXT_OUT,
        "check_methods_sample_order_invariance": TEXT_OUT,
        "check_methods_subset_invariance": TEXT_OUT,
        "check_pipeline_consistency": TEXT_OUT,
        "check_transformer_general": TEXT_OUT,
    },
}

pytestmark = pytest.mark.skipif(
    parse_version(sklearn.__version__) < parse_version("1.6"),
    reason="NOT TESTED with the checks of scikit-learn before 1.6: it knows no tags of this kind",
)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    "check", [name for name in WITHOUT_DATA if hasattr(estimator_checks, name)]
)
def test_it_passes_what_needs_no_data(name, check):
    if check in EXCUSED.get(name, {}):
        pytest.skip(EXCUSED[name][check])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        getattr(estimator_checks, check)(name, build(name))


@pytest.mark.parametrize("name", MATRICES)
def test_what_takes_matrices_passes_all_but_the_excused(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = estimator_checks.check_estimator(build(name), on_fail=None)
    failed = {
        each["check_name"]: str(each["exception"])[:200]
        for each in results
        if each["status"] == "failed"
    }
    assert len(results) > 30
    assert {check: why for check, why in failed.items() if check not in EXCUSED.get(name, {})} == {}


@pytest.mark.parametrize("name", [name for name in EVERY if name not in MATRICES])
def test_what_takes_one_column_says_so(name):
    tags = build(name).__sklearn_tags__()
    assert tags.input_tags.one_d_array
    assert not tags.input_tags.two_d_array
    assert tags.input_tags.allow_nan
    assert tags.requires_fit != build(name).__sklearn_is_fitted__()
