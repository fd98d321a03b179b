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
