"""A scoring is known, or refused, before a training; a common one without a library that trains."""

import subprocess
import sys

import pytest
from sklearn.metrics import get_scorer_names

from codegen_fi.errors import UsageError
from codegen_fi.workflow import TrainOptions, fitting_data

HEAVY = ("sklearn", "pandas", "scipy")
PROGRAM = """
import sys
from codegen_fi.workflow import TrainOptions, fitting_data
fitting_data.refuse_unknown_scoring(TrainOptions(scoring=sys.argv[1]))
print(*[name for name in sys.argv[2:] if name in sys.modules])
"""


@pytest.mark.parametrize(("scoring", "imported"), [("r2", ()), ("AUC_weighted", HEAVY)])
def test_a_common_scoring_needs_no_library(scoring: str, imported: tuple[str, ...]) -> None:
    command = [sys.executable, "-c", PROGRAM, scoring, *HEAVY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert tuple(done.stdout.split()) == imported


def test_scikit_learn_knows_the_common_ones() -> None:
    assert set(get_scorer_names()) > fitting_data._COMMON_SCORINGS
    assert "r2" in fitting_data._COMMON_SCORINGS


def test_the_others_are_asked_about() -> None:
    fitting_data.refuse_unknown_scoring(TrainOptions(scoring="jaccard_macro"))
    with pytest.raises(UsageError, match=r"--scoring: .*accuracy"):
        fitting_data.refuse_unknown_scoring(TrainOptions(scoring="acuracy"))
    # One that takes no weights is refused where there are some, common or not.
    fitting_data.refuse_unknown_scoring(TrainOptions(scoring="r2"), "weight")
