"""What the rewritten script and the runtime beside it have to have installed.

Lower bounds are the oldest releases the runtime is written for, upper bounds the first release
that announces to remove something the scripts use.
"""

from __future__ import annotations

import ast
from typing import Final

from codegen_fi.parse.script import Script

REQUIRES_PYTHON: Final = ">=3.10"

_RUNTIME: Final = (
    "matplotlib>=3.8",
    "numpy>=1.26",
    "pandas>=2.2",
    "pyarrow>=15",
    "pyyaml>=6.0",
    "scikit-learn>=1.5,<1.10",
    "scipy>=1.11",
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
    packages = {
        module.partition(".")[0]
        for site in script.functions.values()
        for module, _ in site.imports.values()
    } | {module.partition(".")[0] for module, _ in script.source.imports.values()}
    lines = [*_RUNTIME]
    for package, needed in _PACKAGES.items():
        if package in packages:
            lines.extend(needed)
    return tuple(sorted(lines))


def imported_packages(text: str) -> set[str]:
    """Return the top-level packages a script imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
