"""Options of one word or several, as people write them."""

from pathlib import Path

import click
import pytest

from codegen_fi.cli.explain import command as explain
from codegen_fi.cli.plot import command as plot
from codegen_fi.cli.train import command as train

_EXPLAIN = ("--data", "d.csv", "--label", "y", "--out", "why")


@pytest.mark.parametrize(
    "written",
    [
        ["--importance", "auto", "shap"],
        ["--importance", "auto,shap"],
        ["--importance", "auto, shap"],
        ["--importance=auto", "shap"],
        ["--importance", "auto", "--importance", "shap"],
        ["--importance", "auto", "--seed", "3", "--importance=shap"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("last", [True, False], ids=["model first", "model last"])
def test_methods_may_follow_each_other_or_have_commas(written, last):
    line = ["m.pkl", *written] if last else [*written, "m.pkl"]
    params = explain.make_context("explain", [*_EXPLAIN, *line]).params
    assert params["importance"] == ("auto", "shap")
    assert params["model"] == "m.pkl"


def test_a_path_behind_the_option_stays_a_path():
    given = ["--data", "d.csv", "--importance", "native", "./shap"]
    params = train.make_context("train", given).params
    assert (params["importance"], params["folder"]) == (("native",), Path("shap"))


def test_nothing_behind_two_dashes_is_a_method():
    params = plot.make_context("plot", ["--method", "native", "--", "shap"]).params
    assert (params["methods"], params["folder"]) == (("native",), Path("shap"))


def test_without_the_option_its_default_holds():
    assert explain.make_context("explain", [*_EXPLAIN, "m.pkl"]).params["importance"] == ("auto",)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (["--importance", "auto", "shapp"], "argument (shapp). --importance takes auto, native"),
        (["--importance", "auto,shapp"], "'shapp' is not one of 'auto'"),
        (["--importance", "auto,"], "'' is not one of 'auto'"),
        (["m2.pkl"], "Got unexpected extra argument (m2.pkl)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_no_method_is_told_with_those_there_are(written, says):
    with pytest.raises(click.UsageError) as caught:
        explain.make_context("explain", [*_EXPLAIN, "m.pkl", *written])
    assert says in caught.value.format_message()
    assert ("takes" in caught.value.format_message()) == (written[-1] == "shapp")
