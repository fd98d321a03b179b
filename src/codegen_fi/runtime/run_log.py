"""Keep what is logged in memory until there is a folder to write it to.

A run whose data are refused must leave nothing behind, and yet the log should tell the run from
its beginning.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from .printable import printable, printable_lines
from .run_outputs import replacing

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_WARNINGS = "py.warnings"
_LOGGERS = ("azureml.training.tabular", _WARNINGS)
_SAID = {
    "rows": "Not all rows",
    "sample weights": "Without sample weights",
    "groups": "No groups",
    "further repeats": "No further repeats",
}


def _without_controls(record: logging.LogRecord) -> bool:
    """Keep names in a line from acting on the terminal that shows it; no line is left out."""
    # A warning shows its place and its line of code in lines of their own.
    clean = printable_lines if record.name == _WARNINGS else printable
    record.msg, record.args = clean(record.getMessage()), ()
    if record.exc_info and not record.exc_text:
        record.exc_text = printable_lines(logging.Formatter().formatException(record.exc_info))
    return True


def warn_of(left_out: Iterable[tuple[str, str]]) -> None:
    """Warn of what an explanation left out, as far as somebody asked for it or expects it."""
    for what, why in left_out:
        if what in _SAID:
            logging.getLogger(_LOGGERS[0]).warning("%s: %s", _SAID[what], why)


class RunLog(logging.Handler):
    """A handler that collects lines first and appends them to a file later."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter(_FORMAT))
        self._lines: list[str] = []
        self._file: Path | None = None

    def attach(self) -> None:
        """Listen to the script's logger and to the warnings."""
        for name in _LOGGERS:
            logger = logging.getLogger(name)
            for old in [h for h in logger.handlers if isinstance(h, RunLog)]:
                logger.removeHandler(old)
            logger.addHandler(self)
            logger.addFilter(_without_controls)
            if not logger.isEnabledFor(logging.INFO):
                logger.setLevel(logging.INFO)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep or append one record."""
        try:
            line = self.format(record)
            if self._file is None:
                self._lines.append(line)
            else:
                with self._file.open("a", encoding="utf-8") as stream:
                    stream.write(line + "\n")
        except Exception:  # noqa: BLE001 - logging must not break a training
            self.handleError(record)

    def note(self, message: str, error: BaseException | None = None) -> None:
        """Keep a line that the terminal doesn't get, or gets another way."""
        trace = None if error is None else (type(error), error, error.__traceback__)
        record = {"name": "run", "levelname": "ERROR", "msg": message, "exc_info": trace}
        made = logging.makeLogRecord(record)
        _without_controls(made)
        self.emit(made)

    def write_to(self, folder: Path) -> None:
        """Start ``run.log`` in a folder with the lines collected so far."""
        path = folder / "run.log"
        with replacing(path) as temporary:
            temporary.write_text("".join(f"{line}\n" for line in self._lines), encoding="utf-8")
        self._lines.clear()
        self._file = path
