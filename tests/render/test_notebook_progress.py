"""While a cell of the notebook works, its page moves; afterwards one line is left."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

WORK = r"""
import logging, time
from codegen_fi.runtime.notebook import progress
from codegen_fi.runtime.steps import tell_fitting

class Learner:
    steps = [("a", None), ("b", dict())]

logger = logging.getLogger("azureml.training.tabular")
logger.setLevel(logging.INFO)
with progress("Work") as told:
    told(1, 4, "<b>\x1b[31m")
    while "1 of 4" not in told._page._last:
        time.sleep(0.05)
    tell_fitting("model_2", Learner, 3, 5)
    while "2 of 5" not in told._page._last:
        time.sleep(0.05)
"""
FAILS = """
from codegen_fi.runtime.notebook import progress
with progress("Work"):
    raise ValueError("no luck")
"""


class Watched(NotebookClient):
    """Keeps what the page was told while the cells ran."""

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] in {"display_data", "update_display_data"}:
            self.seen.append(msg["content"]["data"])
        return super().process_message(msg, cell, cell_index)


def watched(*sources, **options):
    book = new_notebook(cells=[new_code_cell(source) for source in sources])
    client = Watched(book, timeout=300, kernel_name="python3", **options)
    client.seen = []
    client.execute()
    return book, client.seen


@pytest.fixture(scope="module")
def work():
    return watched(WORK)


def test_the_page_moves_before_the_work_is_over(work):
    _, seen = work
    texts = [data["text/plain"] for data in seen]
    assert texts[0] == "Work …"
    assert any("1 of 4: <b>\\x1b[31m" in text for text in texts[1:-1])
    assert any("2 of 5: model_2, dict" in text for text in texts[1:-1])


def test_a_bar_shows_how_far_it_is_and_names_are_text(work):
    _, seen = work
    drawn = [data["text/html"] for data in seen]
    assert any('<progress max="4" value="1"></progress>' in text for text in drawn)
    assert not any("<b>" in text or "\x1b" in text for text in drawn)


def test_one_line_is_left_with_the_time_it_took(work):
    book, _ = work
    (left,) = book.cells[0].outputs
    assert left.data["text/plain"].startswith("Work took ")
    assert nbformat.validate(book) is None


def test_a_failure_stops_the_clock_and_says_so():
    book, _ = watched(FAILS, allow_errors=True)
    shown, error = book.cells[0].outputs
    assert shown.data["text/plain"].startswith("Work stopped after ")
    assert (error.ename, error.evalue) == ("ValueError", "no luck")
