"""What the rewritten script and the runtime beside it have to have installed.

For the portable runtime lower bounds are the oldest releases it is written for, upper bounds the
first release that announces to remove something the scripts use.  For the official packages it is
the release of the generation, and the bounds that its own metadata lacks: with these alone an
installer finds today the releases that the generation's scripts were made and trained with.
"""

from __future__ import annotations

import sys
from typing import Final

from codegen_fi.parse.script import Script
from codegen_fi.rewrite.stand_ins import RUNTIME, is_official
from codegen_fi.rewrite.targets import Version, target_of

PORTABLE_PACKAGES: Final = (
    "joblib>=1.3",
    "matplotlib>=3.8",
    "numpy>=1.26",
    "pandas>=2.2",
    "pyarrow>=15",
    "pyyaml>=6.0",
    "scikit-learn>=1.5,<1.10",
    "scipy>=1.11",
)
_IMPORTED_AS: Final = frozenset(
    {"joblib", "matplotlib", "numpy", "pandas", "pyarrow", "scipy", "sklearn", "yaml"}
)
_PACKAGES: Final = {
    "lightgbm": ("lightgbm>=4.3,<5",),
    "xgboost": (
        "xgboost-cpu>=3.0,<4; sys_platform != 'darwin'",
        "xgboost>=3.0,<4; sys_platform == 'darwin'",
    ),
}
# What the runtime beside the script needs and the official packages may not bring.
BESIDE_OFFICIAL: Final = ("matplotlib>=3.1", "pyarrow>=6", "pyyaml>=5.4")
# pkg_resources, of setuptools, is imported and missing from newer ones; XGBoost is no requirement
# of theirs at all; the names that azure-identity of 1.56 imports are gone from cryptography 38.
OFFICIAL_PACKAGES: Final[dict[Version, tuple[str, ...]]] = {
    (1, 44): ("azureml-train-automl-runtime==1.44.0", "setuptools<66", "xgboost<1.4"),
    (1, 56): (
        "azureml-train-automl-runtime==1.56.0",
        "cryptography<38",
        "setuptools<70",
        "xgboost<1.6",
    ),
    (1, 62): ("azureml-train-automl-runtime==1.62.0", "setuptools<81", "xgboost<1.6"),
}
_PROPHET: Final = ("cmdstanpy<1.2", "holidays==0.29", "prophet==1.1.4")


def requirements_of(script: Script) -> tuple[str, ...]:
    """Return PEP 508 lines: what the runtime imports, and the boosters the script names."""
    sdk = target_of(script).sdk
    return _portable(script) if sdk is None else _official(script, sdk)


def _official(script: Script, sdk: Version) -> tuple[str, ...]:
    names = (component.name for component in script.model.pipeline.components())
    optional = _PROPHET if any(name.startswith("Prophet") for name in names) else ()
    return tuple(sorted([*OFFICIAL_PACKAGES[sdk], *BESIDE_OFFICIAL, *optional]))


def _portable(script: Script) -> tuple[str, ...]:
    lines = [*PORTABLE_PACKAGES]
    for package, needed in _PACKAGES.items():
        if package in script.source.packages:
            lines.extend(needed)
    return tuple(sorted(lines))


def unknown_packages(script: Script) -> dict[str, int]:
    """Return the packages that a user's edit imports and no requirement line stands for."""
    known = {*sys.stdlib_module_names, *_PACKAGES, *_IMPORTED_AS, RUNTIME}
    return {
        package: line
        for package, line in script.source.packages.items()
        if package not in known and not is_official(package)
    }
