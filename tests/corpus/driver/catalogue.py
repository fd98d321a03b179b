"""All cases, and which of them a release of the SDK can make."""

# In this order: the cases stand in the register as they are imported.
import driver.tabular_cases  # isort: skip
import driver.other_cases  # isort: skip  # noqa: F401
from driver.register import CASES

TABULAR = ("classification", "regression")


def left_out(release, extras=()):
    """Name the cases that a release can't make, each with the reason.

    ``release`` is the SDK's, as "1.56"; ``extras`` the optional packages its environment holds.
    """
    reasons = {name: reason_against(spec, release, extras) for name, spec in CASES.items()}
    return {name: reason for name, reason in reasons.items() if reason}


def reason_against(spec, release, extras):
    if spec.get("needs") not in (None, *extras):
        return "needs " + spec["needs"]
    first, reason = spec.get("since", ("0", None))
    return reason if number(release) < number(first) else None


def number(release):
    return tuple(int(part) for part in release.split("."))


def cases_of(release, extras=()):
    """Name the cases that a release can make, tabular ones first."""
    without = left_out(release, extras)
    return [name for name in CASES if name not in without]


def tabular_cases(release, extras=()):
    """Name the classification and regression cases with a model that a release can make."""
    return [name for name in cases_of(release, extras) if is_tabular(CASES[name])]


def is_tabular(spec):
    return spec["task"] in TABULAR and spec["steps"] != "featurizer"
