"""End the download loop of azureml-core early: it tries a file that is gone for 279 seconds."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Final

_LOGGER: Final = "azureml._file_utils.file_utils"
# The waits between its tries are 2, 4, 16 and 256 seconds.
_MOST: Final = 3


class _Impatient(logging.Handler):
    """Raises what failed again when the loop notes its last allowed failure."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._failures = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a note of a retry, which is written while its exception is handled."""
        if not str(record.msg).startswith("retry has happened"):
            return
        self._failures += 1
        if self._failures >= _MOST:
            # There is no setting for it, and the loop calls this from its own handler.
            raise  # noqa: PLE0704


@contextlib.contextmanager
def few_retries() -> Iterator[None]:
    """Let a download in the ``with`` block fail for good with its third failure."""
    logger = logging.getLogger(_LOGGER)
    level, handler = logger.level, _Impatient()
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
