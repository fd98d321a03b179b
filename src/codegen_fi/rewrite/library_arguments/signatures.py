"""What each release of a library takes, as it told when it was asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from codegen_fi.rewrite.targets import Target

Standing: TypeAlias = Literal["taken", "handed on", "newer", "refused", "ignored"]
# Import name -> what the library calls itself.
LIBRARIES: Final = {"sklearn": "scikit-learn", "lightgbm": "LightGBM", "xgboost": "XGBoost"}
PACKAGES: Final = tuple(LIBRARIES)


@cache
def signatures() -> Mapping[str, Any]:
    """Return the data; read when a script first needs them."""
    text = Path(__file__).with_name("signatures.json").read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data


def standing(target: Target, package: str, name: str, argument: str) -> Standing:
    """Tell how the newest release of a target meets an argument.

    Parameters
    ----------
    target
        Where the script runs.
    package, name
        Library and class.
    argument
        Name of the argument.

    Returns
    -------
    ``taken`` also for a class that isn't in the data; ``newer`` for an argument that only later
    releases take, ``refused`` for one that is a TypeError, ``ignored`` for one that a booster
    only mentions in its log.
    """
    record = signatures()[package]
    arguments = record["classes"].get(name)
    if arguments is None:
        return "taken"
    place = _newest(record["releases"], target.libraries[package][1])
    runs = arguments.get(argument, ())
    if any(first <= place <= last for first, last, _ in runs):
        return "taken"
    if package != "sklearn":
        first, last = record["names"].get(argument, (1, 0))
        return "handed on" if first <= place <= last else "ignored"
    return "newer" if runs and runs[0][0] > place else "refused"


def needs(target: Target, package: str, name: str, argument: str) -> str | None:
    """Return the release an argument came with, when older ones of the target don't take it.

    None also for an argument that no release of the target takes, and for a class that isn't in
    the data.
    """
    record = signatures()[package]
    arguments = record["classes"].get(name)
    if arguments is None:
        return None
    releases = record["releases"]
    oldest = _oldest(releases, target.libraries[package][0])
    newest = _newest(releases, target.libraries[package][1])
    runs = [(first, last) for first, last, _ in arguments.get(argument, ())]
    if argument in record["names"]:
        runs.append(tuple(record["names"][argument]))
    if any(first <= oldest <= last for first, last in runs):
        return None
    later = [first for first, _ in runs if oldest < first <= newest]
    return _shown(releases[min(later)]) if later else None


def gone_since(package: str, argument: str) -> str | None:
    """Return the release of a booster that first ignores a parameter, None if all do."""
    record = signatures()[package]
    lasts = [last for runs in record["classes"].values() for _, last, _ in runs.get(argument, ())]
    if argument in record["names"]:
        lasts.append(record["names"][argument][1])
    return _shown(record["releases"][max(lasts) + 1]) if lasts else None


def default_of(package: str, name: str, argument: str) -> str | None:
    """Return the first default of an argument as source text."""
    runs = signatures()[package]["classes"][name][argument]
    default: str | None = runs[0][2]
    return default


def _newest(releases: list[str], bound: str) -> int:
    """Return the place of the newest release that isn't above a bound."""
    fitting = [i for i, release in enumerate(releases) if minor(release) <= minor(bound)]
    return fitting[-1]


def _oldest(releases: list[str], bound: str) -> int:
    """Return the place of the oldest release that isn't below a bound."""
    return next(i for i, release in enumerate(releases) if minor(release) >= minor(bound))


def _shown(release: str) -> str:
    return ".".join(map(str, minor(release)))


@cache
def minor(release: str) -> tuple[int, int]:
    """Return the two numbers that count."""
    first, second = release.split(".")[:2]
    return int(first), int(second)
