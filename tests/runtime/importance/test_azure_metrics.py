"""The names AutoML gives its metrics, as scorers."""

import argparse

import pytest
from sklearn.metrics import get_scorer

from codegen_fi.runtime.importance.scoring import AZURE_NAMES, scorer_for
from codegen_fi.runtime.run_options import RunOptions, add_local_arguments


@pytest.mark.parametrize("metric", AZURE_NAMES)
def test_each_name_leads_to_a_scorer_of_scikit_learn(metric):
    name, scorer = scorer_for(metric, "classification")
    assert name == AZURE_NAMES[metric]
    assert repr(scorer) == repr(get_scorer(name))


def test_the_spelling_of_the_service_is_taken():
    assert scorer_for("AUC_weighted", "classification")[0] == "roc_auc_ovr_weighted"


def parsed(metric, *arguments):
    parser = argparse.ArgumentParser()
    add_local_arguments(parser, scoring=metric)
    return RunOptions.of(parser.parse_args(["--training-data", "x.csv", *arguments]))


def test_the_metric_of_the_run_is_the_default():
    assert parsed("norm_macro_recall").scoring == "norm_macro_recall"


def test_the_user_has_the_last_word():
    assert parsed("norm_macro_recall", "--scoring", "accuracy").scoring == "accuracy"


def test_a_metric_without_a_scorer_leaves_the_default_of_the_task():
    assert parsed("spearman_correlation").scoring is None
