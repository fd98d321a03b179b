"""The scripts in the generator's shape, and how many examples a property is tried on.

CODEGEN_FI_EXAMPLES multiplies the number of examples: 1 in CI, 100 for an hour's campaign.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

TESTS = Path(__file__).resolve().parents[1]
SCRIPTS = {
    path.stem: path.read_bytes().decode("utf-8")
    for folder in ("cases/scripts", "fixtures/scripts")
    for path in sorted((TESTS / folder).glob("*.py"))
}
TIMES = int(os.environ.get("CODEGEN_FI_EXAMPLES", "1"))


def examples(number: int) -> settings:
    """Settings for a property whose single example takes a while."""
    return settings(
        max_examples=number * TIMES,
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.function_scoped_fixture,
        ],
    )


def without_lines(value: Any) -> Any:
    """Leave the line numbers out of plain values."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not re.fullmatch(r"(\w+_)?line", k)}
        return {key: without_lines(item) for key, item in kept.items()}
    if isinstance(value, list):
        return [without_lines(item) for item in value]
    return value
