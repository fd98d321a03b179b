"""Values of a training run's options as they stand on a command line."""

from __future__ import annotations

import argparse
import csv
import os
from pathlib import Path
from typing import Any


def with_group(before: Any, text: str) -> str | tuple[tuple[str, tuple[str, ...]], ...]:
    """Add a group of columns as it stands on the command line.

    Parameters
    ----------
    before
        The groups so far.
    text
        ``auto``, or a name, an equals sign and columns between commas; a column with a comma in
        its name stands in double quotes.

    Raises
    ------
    ValueError
        The text is neither, or ``auto`` stands beside another group.
    """
    if text == "auto" and before is None:
        return text
    if "auto" in (text, before):
        raise ValueError("'auto' can't stand beside another group")
    name, equals, columns = text.partition("=")
    found = next(csv.reader([columns], skipinitialspace=True), [])
    if not equals or not name or not all(found) or not found:
        raise ValueError(f"{text!r} is neither 'auto' nor NAME=COLUMN,COLUMN")
    return (*(before or ()), (name, tuple(found)))


def writable(text: str) -> Path:
    """Refuse a folder that can't be written before the work, not behind it."""
    folder = Path(text)
    there = next((p for p in (folder, *folder.absolute().parents) if p.exists()), folder)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise argparse.ArgumentTypeError(f"{there} is not a folder that can be written")
    return folder


def scorable(metric: str | None) -> str | None:
    """Return a metric of AutoML if importances can be scored by it."""
    if metric is None:
        return None
    from .importance.scoring import AZURE_NAMES

    return metric if metric.lower() in AZURE_NAMES else None


def scorer(text: str) -> str:
    """Refuse a name that is no scorer before the training, not behind it."""
    from .importance.scoring import CLASSIFICATION, scorer_for

    try:
        # The task only chooses a default, which a name doesn't need.
        scorer_for(text, CLASSIFICATION)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def positive(text: str) -> int:
    """Read a whole number of 1 or more."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number


def repeats(text: str) -> int | str:
    """Read a number of shuffles, or ``auto``."""
    return text if text == "auto" else positive(text)


def rows(text: str) -> int | str:
    """Read a number of rows, ``all`` or ``auto``."""
    return text if text in {"all", "auto"} else positive(text)


def seed(text: str) -> int:
    """Read a seed as numpy takes it."""
    number = int(text)
    if not 0 <= number < 2**32:
        raise argparse.ArgumentTypeError(f"{number} is not between 0 and 4294967295")
    return number
