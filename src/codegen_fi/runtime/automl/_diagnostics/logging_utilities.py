"""The last words of a script that failed: one sentence when the reason is known."""

from __future__ import annotations

import logging
import sys
from typing import Any

from ...errors import DataError, ExplanationError
from ...printable import printable

_EXIT_CODES: dict[type[BaseException], int] = {DataError: 2, ExplanationError: 1}


def log_traceback(
    exception: BaseException,
    logger: logging.Logger,
    override_error_msg: str | None = None,
    is_critical: bool = True,
    tb: Any = None,
) -> None:
    """Name the failure; end the program if one sentence says all of it.

    The script raises again after this call, so anything unexpected still ends in a traceback.

    Parameters
    ----------
    exception : BaseException
    logger : Logger
    override_error_msg : str, optional
        Logged instead of the exception's own message.
    is_critical : bool
        Log as an error, else as a warning.
    tb : ignored

    Raises
    ------
    SystemExit
        Code 2 for a DataError, 1 for an ExplanationError.
    """
    message = override_error_msg or str(exception)
    for kind, code in _EXIT_CODES.items():
        if isinstance(exception, kind):
            sys.stderr.write(f"error: {printable(message)}\n")
            raise SystemExit(code) from None
    level = logging.ERROR if is_critical else logging.WARNING
    logger.log(level, "%s: %s", type(exception).__name__, message)
