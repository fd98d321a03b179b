"""Draw the table of a run; a picture that fails costs nothing but itself."""

from __future__ import annotations

import logging
from pathlib import Path

from .run_log import RunLog

logger = logging.getLogger("azureml.training.tabular")


def drawn(outputs: Path, top: int, log: RunLog) -> str:
    """Draw the table in a folder and warn of what the pictures can't show.

    Returns
    -------
    str
        What went wrong, for the end of the run; empty when nothing did.
    """
    try:
        from .importance.plot import lacking_fonts, save_plots

        save_plots(outputs, top=top)
        lacking = lacking_fonts(outputs)
    except ImportError as error:
        logger.warning("No plots were drawn: %s. Install matplotlib for them.", error)
        return ""
    except Exception as error:  # noqa: BLE001 - whatever it is, the table is written
        log.note("The plots failed", error)
        return (
            f"The plots could not be drawn: {type(error).__name__}: {error} (the traceback is in "
            f"{outputs / 'run.log'}). The table is there; codegen-fi plot draws it again."
        )
    if lacking:
        logger.warning("%s", lacking)
    return ""
