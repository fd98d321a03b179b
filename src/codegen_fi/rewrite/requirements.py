"""What the rewritten script and the runtime beside it have to have installed.

Lower bounds are the oldest releases the runtime is written for, upper bounds the first release
that announces to remove something the scripts use.
"""

from __future__ import annotations

import sys
from typing import Final

from codegen_fi.parse.script import Script
from codegen_fi.rewrite.stand_ins import RUNTIME, is_official

REQUIRES_PYTHON: Final = ">=3.10"

_RUNTIME: Final = (
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


def requirements_of(script: Script) -> tuple[str, ...]:
    """Return PEP 508 lines: what the runtime imports, and the boosters the script names."""
    lines = [*_RUNTIME]
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
