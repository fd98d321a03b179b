"""What the emitted notebook shows: tables, progress and pictures, whatever the names in them."""

from __future__ import annotations

from .data import new_rows, overview, target
from .diagram import diagram
from .importances import compared, importances
from .pictures import pictures
from .progress import progress
from .results import compared_metrics, confusion, forecast, metrics, predictions
from .settings import changed, settings
from .start import start

__all__ = [
    "changed",
    "compared",
    "compared_metrics",
    "confusion",
    "diagram",
    "forecast",
    "importances",
    "metrics",
    "new_rows",
    "overview",
    "pictures",
    "predictions",
    "progress",
    "settings",
    "start",
    "target",
]
