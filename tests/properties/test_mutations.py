"""A script that was damaged or edited is rewritten correctly or refused in a proper sentence.

What correct means is in `oracle`; a campaign of hours is `CODEGEN_FI_EXAMPLES=100` away.
"""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutations import MUTATIONS, mutated
from oracle import outcome
from specimens import SCRIPTS, examples

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite

NUMBERS = st.integers(1, 3)
RANDOMS = st.randoms(use_true_random=False)


@examples(150)
@given(st.sampled_from(sorted(SCRIPTS)), NUMBERS, RANDOMS)
def test_our_scripts(name: str, times: int, random: Random) -> None:
    outcome(mutated(SCRIPTS[name], random, times))


@pytest.mark.corpus
@examples(60)
@given(data=st.data(), times=NUMBERS, random=RANDOMS)
def test_generated_scripts(
    generated: list[str], data: st.DataObject, times: int, random: Random
) -> None:
    outcome(mutated(data.draw(st.sampled_from(generated)), random, times))


@pytest.mark.parametrize("place", range(len(MUTATIONS)))
def test_every_mutation_changes_a_script(place: int) -> None:
    text = SCRIPTS["regression_split"]
    assert any(MUTATIONS[place](text, Random(seed)) != text for seed in range(20))


def test_damage_is_refused_and_small_edits_are_not() -> None:
    """The property above would hold for a tool that refuses everything as well."""
    found = [outcome(mutated(SCRIPTS["regression_split"], Random(n), 1)) for n in range(60)]
    assert 15 < sum(result is None for result in found) < 45


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_the_oracle_takes_what_is_not_damaged(name: str) -> None:
    result = outcome(SCRIPTS[name])
    assert result is not None
    assert result.changes


FOUND = {
    "an import is relative": (
        "    from azureml.telemetry import",
        "    from .azureml.telemetry import",
        "a relative import only works inside a package",
    ),
    "the rows are starred": (
        "model = train_model(X_train,",
        "model = train_model(*X_train,",
        "should be given the rows and the target",
    ),
    "a return isn't in a function": (
        "automl_run_id = 'AutoML_regression_0'",
        "automl_run_id = 'AutoML_regression_0'\nreturn",
        "'return' outside function",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_the_mutations_found_is_refused(name: str) -> None:
    old, new, message = FOUND[name]
    text = SCRIPTS["regression_split"]
    assert old in text
    with pytest.raises(ScriptNotUnderstoodError, match=message):
        rewrite(parse_script(text.replace(old, new, 1)))


def test_a_run_taken_behind_the_training_is_refused() -> None:
    taken = "    run = Run.get_context()\n"
    before, _, behind = SCRIPTS["regression_split"].rpartition(taken)
    head, training, tail = behind.rpartition("    model = train_model(")
    line, _, rest = tail.partition("\n")
    text = f"{before}{head}{training}{line}\n{taken}{rest}"
    with pytest.raises(ScriptNotUnderstoodError, match="behind the training"):
        rewrite(parse_script(text))
