"""Begin a run in a notebook."""

from __future__ import annotations

import logging
from typing import Any

from ..local_run import LocalRun, Run
from ..run_log import RunLog

_LOGGER = "azureml.training.tabular"


def start(**options: Any) -> LocalRun:
    """Start a run whose steps go into its log file; only warnings go on the page.

    Parameters
    ----------
    **options
        Those of `RunOptions`.

    Returns
    -------
    LocalRun
    """
    run = Run.start(**options)
    for handler in logging.getLogger(_LOGGER).handlers:
        if not isinstance(handler, RunLog):
            handler.setLevel(logging.WARNING)
    return run
