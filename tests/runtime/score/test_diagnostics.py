"""A failure with a known reason ends in one sentence, any other in its traceback."""

import logging

import pytest

from codegen_fi.runtime.automl._diagnostics.logging_utilities import log_traceback
from codegen_fi.runtime.errors import DataError, ExplanationError

LOGGER = logging.getLogger("azureml.training.tabular")


def last_lines_of_a_script(error):
    try:
        raise error
    except Exception as failure:
        log_traceback(failure, LOGGER)
        raise


@pytest.mark.parametrize(("error", "code"), [(DataError, 2), (ExplanationError, 1)])
def test_known_failures_end_the_program(capsys, caplog, error, code):
    with pytest.raises(SystemExit) as end:
        last_lines_of_a_script(error("column 'pay' is missing"))
    assert end.value.code == code
    assert end.value.__suppress_context__
    assert capsys.readouterr().err == "error: column 'pay' is missing\n"
    assert caplog.records == []


def test_anything_else_is_logged_and_left_to_the_script(capsys, caplog):
    with caplog.at_level(logging.INFO, LOGGER.name):
        with pytest.raises(ValueError, match="bad"):
            last_lines_of_a_script(ValueError("bad"))
        log_traceback(ValueError("bad"), LOGGER, override_error_msg="worse", is_critical=False)
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("ERROR", "ValueError: bad"),
        ("WARNING", "ValueError: worse"),
    ]
    assert capsys.readouterr().err == ""
