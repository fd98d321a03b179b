"""What a rewritten script meets where it runs: which Python, which releases of which libraries.

The portable runtime meets a range, each official one exactly the releases its SDK pins.  Rules
that adapt a script to the libraries ask here, so that another target is another record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from codegen_fi.parse.script import Script

Releases: TypeAlias = tuple[str, str]
Version: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a rewritten script runs.

    Attributes
    ----------
    name
        For messages and the manifest, ``portable`` or ``azureml 1.56``.
    requires_python
        PEP 440 specifier of the interpreters it runs on.
    libraries
        Import name -> oldest and newest release it may meet, both included.
    sdk
        The generation of the official packages; None without them.
    """

    name: str
    requires_python: str
    libraries: Mapping[str, Releases]
    sdk: Version | None = None


PORTABLE: Final = Target(
    "portable",
    ">=3.10",
    {"sklearn": ("1.5", "1.9"), "lightgbm": ("4.3", "4.99"), "xgboost": ("3.0", "3.99")},
)

# One record per generation whose packages install together today, oldest first.
OFFICIAL: Final[tuple[Target, ...]] = (
    Target(
        "azureml 1.44",
        "==3.8.*",
        {
            "sklearn": ("0.22.2", "0.22.2"),
            "lightgbm": ("3.2.1", "3.2.1"),
            "xgboost": ("1.3.3", "1.3.3"),
        },
        sdk=(1, 44),
    ),
    Target(
        "azureml 1.56",
        "==3.8.*",
        {
            "sklearn": ("1.1.3", "1.1.3"),
            "lightgbm": ("3.2.1", "3.2.1"),
            "xgboost": ("1.5.2", "1.5.2"),
        },
        sdk=(1, 56),
    ),
    Target(
        "azureml 1.62",
        "==3.10.*",
        {
            "sklearn": ("1.5.2", "1.5.2"),
            "lightgbm": ("4.6.0", "4.6.0"),
            "xgboost": ("1.5.2", "1.5.2"),
        },
        sdk=(1, 62),
    ),
)

_VERSION = re.compile(r"(\d+)\.(\d+)")


def target_of(script: Script) -> Target:
    """Return what a script is rewritten for.

    The official runtime of a script is the oldest generation that isn't older than the script's
    SDK, the newest for a script that doesn't name its SDK.
    """
    if script.options.runtime == "portable":
        return PORTABLE
    wanted = _generation(script)
    if wanted is None:
        return OFFICIAL[-1]
    return next((t for t in OFFICIAL if t.sdk is not None and t.sdk >= wanted), OFFICIAL[-1])


def _generation(script: Script) -> Version | None:
    found = _VERSION.match(script.model.generator_version or "")
    return (int(found[1]), int(found[2])) if found else None
