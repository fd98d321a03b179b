"""What the user is told about arguments that rewriting leaves as they are."""

import pytest

from codegen_fi.model.changes import Warned
from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite

Texts = dict[str, str]
HEAD = "    from sklearn.linear_model import ElasticNet\n"
CALL = "        alpha=0.01,\n"


def warnings(scripts: Texts, old: str, new: str, name: str = "regression_validation") -> list[str]:
    """Return what is said of a script about a change of it, with the text of the line."""
    before = scripts[name]
    assert old in before
    text = before.replace(old, new, 1)
    known = {warned.message for warned in rewrite(parse_script(before)).warnings}
    said = [w for w in rewrite(parse_script(text)).warnings if w.message not in known]
    return [f"{line_of(text, warned)}: {warned.message}" for warned in said]


def line_of(text: str, warned: Warned) -> str:
    assert warned.line is not None
    return text.splitlines()[warned.line - 1].strip().rstrip(",")


def test_an_argument_that_only_newer_releases_take(scripts: Texts) -> None:
    text = scripts["regression_validation"]
    start = text.index("ElasticNet(\n")
    call = text[start : text.index(")", start) + 1]
    other = text.replace(HEAD, HEAD.replace("ElasticNet", "LinearRegression"))
    changed = {"other": other.replace(call, "LinearRegression(fit_intercept=True)")}
    old, new = "fit_intercept=True", "fit_intercept=True, tol=1e-6"
    [said] = warnings(changed, old, new, "other")
    assert said.endswith(
        "tol=1e-6): LinearRegression takes tol from scikit-learn 1.7 on, and the older releases "
        "that requirements.txt allows stop at it: ask for scikit-learn 1.7 or newer there, or "
        "take the argument out."
    )


def test_a_parameter_that_a_booster_ignores(scripts: Texts) -> None:
    old = "        num_leaves=15,\n"
    said = warnings(scripts, old, old + "        strength=2,\n", "regression_split")
    assert said == [
        "strength=2: LGBMRegressor is given strength, which is ignored by LightGBM. Take it out, "
        "or give the parameter that stands for it."
    ]
    assert warnings(scripts, old, old + "        max_bin=99,\n", "regression_split") == []


def test_a_parameter_that_a_booster_took_once(scripts: Texts) -> None:
    old = "gpu_id=-1"
    [said] = warnings(scripts, old, old + ", single_precision_histogram=True", "stacking")
    assert "ignored by XGBoost 3.0: it was a parameter before" in said


def starred(scripts: Texts, inside: str) -> list[str]:
    """Return what is said of a call that unpacks ``params``."""
    text = scripts["regression_validation"].replace(CALL, CALL + "        **params,\n", 1)
    nothing = "    params = {}\n"
    return warnings({"starred": text.replace(HEAD, HEAD + nothing, 1)}, nothing, inside, "starred")


DICTIONARY = "    params = {'selection': 'cyclic', 'normalize': False}\n"


def test_a_key_of_a_dictionary_that_has_a_row(scripts: Texts) -> None:
    assert starred(scripts, DICTIONARY) == [
        "params = {'selection': 'cyclic', 'normalize': False}: ElasticNet is given normalize by a "
        "dictionary, which rewriting leaves alone. scikit-learn 1.2: The argument is gone."
    ]


def test_a_key_that_no_release_takes(scripts: Texts) -> None:
    [said] = starred(
        scripts, "    params = {\n        'positive': True,\n        'strength': 2,\n    }\n"
    )
    assert said.startswith("'strength': 2: ElasticNet is given strength by a dictionary")
    assert "scikit-learn 1.9 has no such argument, so training would stop here" in said


@pytest.mark.parametrize(
    "inside",
    [
        DICTIONARY + "    params.pop('normalize')\n",
        DICTIONARY + "    params = {}\n",
        "    params = {'selection': 'cyclic'}\n",
        "    params = dict(selection='cyclic')\n",
    ],
    ids=["changed", "another", "current", "no display"],
)
def test_nothing_is_said_of_a_dictionary_that_may_be_another(scripts: Texts, inside: str) -> None:
    assert starred(scripts, inside) == []


def test_a_dictionary_of_the_module_and_one_in_the_call(scripts: Texts) -> None:
    text = scripts["regression_validation"]
    start = "def generate_algorithm_config"
    new = CALL + "        **params,\n"
    above = text.replace(start, f"params = {{'normalize': True}}\n\n\n{start}", 1)
    assert len(warnings({"above": above}, CALL, new, "above")) == 1
    assert (
        len(warnings({"below": text}, CALL, CALL + "        **{'normalize': True},\n", "below"))
        == 1
    )
