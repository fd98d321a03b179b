"""The steps of a training, told in its log for whoever shows how far it is."""

from __future__ import annotations

import logging
from typing import Any

from .printable import printable

LOGGER = "azureml.training.tabular"
_STEP = "step"

logger = logging.getLogger(LOGGER)


def tell_fitting(name: str, learner: Any, place: int, total: int) -> None:
    """Log that a learner of an ensemble is about to be fitted.

    Parameters
    ----------
    name : str
        That of the learner in its ensemble.
    learner : estimator
        A pipeline is called by its last step.
    place, total : int
        The how manieth of how many fits it is, from 1 on.
    """
    while getattr(learner, "steps", None):
        learner = learner.steps[-1][1]
    text = f"{printable(name)}, {type(learner).__name__}"
    step = {_STEP: (place - 1, total, text)}
    logger.info("Fitting %d of %d: %s", place, total, text, extra=step)


def step_of(record: logging.LogRecord) -> tuple[int, int, str] | None:
    """Return how many of how many steps are done and what the next one is, where a line tells."""
    return getattr(record, _STEP, None)
