"""Which packages, on which Python, load a model that was trained elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from codegen_fi.rewrite.requirements import BESIDE_OFFICIAL, OFFICIAL_PACKAGES, PORTABLE_PACKAGES
from codegen_fi.rewrite.targets import OFFICIAL, PORTABLE, Target

_ANY_PYTHON: Final = PORTABLE.requires_python
# Releases of scikit-learn by the newest Python that they install on.
_NEWEST_PYTHON: Final[tuple[tuple[tuple[int, int], str], ...]] = (
    ((1, 0), "3.8"),
    ((1, 2), "3.10"),
    ((1, 3), "3.11"),
    ((1, 5), "3.12"),
)


class Needs(Protocol):
    """What is known of a model's packages."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Requirements of packages."""
        ...

    @property
    def python(self) -> str:
        """Version of the Python that wrote it, or nothing."""
        ...

    @property
    def sdk(self) -> str | None:
        """Release of Microsoft's packages, or None without them."""
        ...


def environment_for(needs: Needs, packages: Mapping[str, int]) -> tuple[tuple[str, ...], str]:
    """Return requirements, and the interpreters they are for as a PEP 440 specifier.

    Parameters
    ----------
    needs
        What is known of the model.
    packages
        The packages its file names.
    """
    if needs.sdk is not None:
        target = _generation(needs.sdk) or _generation_of_sklearn(needs.lines) or OFFICIAL[-1]
        official = OFFICIAL_PACKAGES[target.sdk or (1, 62)]
        return tuple(sorted([*official, *BESIDE_OFFICIAL])), target.requires_python
    given = {_name(line): line for line in needs.lines}
    # What explaining needs and the model's own lines don't pin.
    ours = {_name(line): line for line in PORTABLE_PACKAGES}
    wanted = {**ours, **_looser(given, ours)}
    for package, lines in _BOOSTERS.items():
        if package in packages and not any(_name(line) in wanted for line in lines):
            wanted |= {line: line for line in lines}
    return tuple(sorted(set(wanted.values()))), _python(needs, given)


_BOOSTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "lightgbm": ("lightgbm",),
    "xgboost": ("xgboost-cpu; sys_platform != 'darwin'", "xgboost; sys_platform == 'darwin'"),
}


def _looser(given: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """Return the model's lines, and ours without bounds where its own may be older."""
    bare = {name: name for name in ours}
    return {**bare, **given} if given else dict(ours)


def _generation(release: str) -> Target | None:
    found = re.match(r"(\d+)\.(\d+)", release)
    if found is None:
        return None
    wanted = (int(found[1]), int(found[2]))
    return next((t for t in OFFICIAL if t.sdk is not None and t.sdk >= wanted), OFFICIAL[-1])


def _generation_of_sklearn(lines: Sequence[str]) -> Target | None:
    """Return the generation that pins the scikit-learn a model was written with."""
    line = next((line for line in lines if _name(line) == "scikit-learn"), "")
    found = re.search(r"==\s*(\d+\.\d+)", line)
    if found is None:
        return None
    return next((t for t in OFFICIAL if t.libraries["sklearn"][0].startswith(found[1])), None)


def _python(needs: Needs, given: Mapping[str, str]) -> str:
    """Return the Python that wrote the model, else one its scikit-learn installs on."""
    found = re.match(r"3\.\d+", needs.python)
    if found:
        return f"=={found[0]}.*"
    line = re.search(r"==\s*(\d+)\.(\d+)", given.get("scikit-learn", ""))
    if line is None:
        return _ANY_PYTHON
    release = (int(line[1]), int(line[2]))
    newest = next((python for until, python in _NEWEST_PYTHON if release <= until), None)
    return _ANY_PYTHON if newest is None else f"=={newest}.*"


def _name(line: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", line)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else line
