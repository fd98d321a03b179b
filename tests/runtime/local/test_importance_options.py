"""Options of a training run that say how importances are computed."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from codegen_fi.runtime.run_options import RunOptions, add_local_arguments


def parsed(*arguments: str) -> Any:
    parser = argparse.ArgumentParser()
    add_local_arguments(parser)
    return RunOptions.of(parser.parse_args(["--training-data", "x.csv", *arguments]))


@pytest.mark.parametrize("written", [["auto", "shap"], ["auto,shap"], ["auto, shap"]], ids=" ".join)
def test_methods_have_blanks_or_commas_between_them(written: list[str]) -> None:
    assert parsed("--importance", *written).importance == ("auto", "shap")


def test_repeats_are_a_number_or_auto() -> None:
    assert parsed("--repeats", "7").repeats == 7
    assert parsed("--repeats", "auto").repeats == "auto"


def test_groups_are_collected() -> None:
    options = parsed("--group", "size=length,width", "--group", 'odd="a, b", c')
    assert options.group == (("size", ("length", "width")), ("odd", ("a, b", "c")))
    assert parsed("--group", "auto").group == "auto"
    assert parsed().group is None


def test_processes_are_as_many_as_there_are_processors_unless_said() -> None:
    assert (parsed().jobs, parsed("--jobs", "3").jobs) == (-1, 3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--importance", "auto,shapp"], "Unknown importance 'shapp'; known: auto, native"),
        (["--importance", "none", "shap"], "'none' means no importances"),
        (["--repeats", "0"], "0 is not 1 or more"),
        (["--repeats", "often"], "invalid repeats value: 'often'"),
        (["--group", "size"], "'size' is neither 'auto' nor NAME=COLUMN,COLUMN"),
        (["--group", "size="], "'size=' is neither"),
        (["--group", "=a,b"], "'=a,b' is neither"),
        (["--group", "size=a,,b"], "'size=a,,b' is neither"),
        (["--group", "auto", "--group", "size=a,b"], "'auto' can't stand beside another group"),
        (["--group", "size=a,b", "--group", "auto"], "'auto' can't stand beside another group"),
        (["--jobs", "0"], "0 is not 1 or more"),
    ],
)
def test_values_that_cannot_be_meant_are_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parsed(*arguments)
    assert message in capsys.readouterr().err
