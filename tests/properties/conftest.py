"""Scripts that the official generator made, as texts."""

from collections.abc import Callable
from typing import Any

import pytest
from lanes import LANES


@pytest.fixture(scope="module", params=LANES)
def generated(request: pytest.FixtureRequest, cases_of: Callable[[str], list[Any]]) -> list[str]:
    """Every script of a release for classification and regression that is Python at all."""
    texts = {c.name: c.script.read_bytes().decode("utf-8") for c in cases_of(request.param)}
    # A column with a quote in its name, which the generator doesn't escape.
    texts.pop("cls_label_quote", None)
    return list(texts.values())
