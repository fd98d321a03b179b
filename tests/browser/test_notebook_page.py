"""The executed notebook as a page: names and values that try to be markup are text on it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import hostile
import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from codegen_fi.runtime.importance.labels import visible
from codegen_fi.runtime.printable import printable
from codegen_fi.workflow import rewrite_to_folder

CHANGES = {"pipeline__ensemble__model_0__model__n_estimators": 3}
PARAMETERS = f"\nTRAINING_DATA = 'data.parquet'\nREPEATS = 1\nGROUP = 'auto'\nCHANGES = {CHANGES}"
COLUMNS = [name for plain, name in hostile.NAMES.items() if plain != "AutoML_demo_7"]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The executed notebook and its folder."""
    desk = tmp_path_factory.mktemp("hostile notebook")
    (desk / "script.py").write_text(hostile.script(), encoding="utf-8")
    folder = desk / "model"
    rewrite_to_folder(desk / "script.py", folder)
    hostile.table(240).to_parquet(folder / "data.parquet")
    book = nbformat.read(folder / "train.ipynb", as_version=4)
    next(c for c in book.cells if c.id == "parameters-py").source += PARAMETERS
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(book, timeout=300, kernel_name="python3", resources=where).execute()
    return book, folder


def outputs(book):
    """The texts of all outputs, with the cell and kind of each."""
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            texts = output.get("data", {"stream": output.get("text", "")})
            for kind, text in texts.items():
                if not kind.startswith("image/"):
                    yield cell.id, kind, text


def test_no_output_holds_a_character_that_acts(executed):
    book, _ = executed
    found = list(outputs(book))
    assert {kind for _, kind, _ in found} == {"text/plain", "text/html", "stream"}
    for cell, kind, text in found:
        acting = {c for c in text if not c.isprintable() and c not in "\n\t"}
        assert not acting, f"{cell} {kind}: {acting}"


def test_every_table_names_the_columns_as_they_are_written(executed):
    book, _ = executed
    for cell in ("load-py", "importances-py", "change-py"):
        text = "\n".join(t for c, kind, t in outputs(book) if (c, kind) == (cell, "text/plain"))
        names = COLUMNS if cell == "load-py" else [n for n in COLUMNS if n != hostile.LABEL]
        assert [name for name in names if printable(name) not in text] == []


def test_dollar_signs_are_no_formulas(executed):
    book, _ = executed
    with_dollars = [t for _, kind, t in outputs(book) if kind == "text/html" and "$" in t]
    assert with_dollars
    assert all("mathjax_ignore" in text for text in with_dollars)


def test_the_pictures_name_the_columns_and_nothing_more(executed):
    _, folder = executed
    pictures = sorted((folder / "outputs").glob("*.svg"))
    assert len(pictures) > 1
    for path in pictures:
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        said = "\n".join(root.itertext())
        assert not {c for c in said if not c.isprintable() and c not in "\n\t"}
        names = [visible(name) for name in COLUMNS if name != hostile.LABEL]
        assert [name for name in names if name not in said] == []
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "foreignObject", "image", "a"}


def test_nothing_of_it_runs_in_a_browser(executed, browser, tmp_path):
    book, _ = executed
    page_text, _ = HTMLExporter().from_notebook_node(book)
    (tmp_path / "executed.html").write_text(page_text, encoding="utf-8")
    said = []
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "executed.html").as_uri())
    shown = page.inner_text("body")
    # Whatever ran would miss the function that it calls.
    assert [text for text in said if "fail" in text] == []
    assert page.locator("img[src='x'], [onload], td b, th b").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    for name in COLUMNS:
        assert printable(name) in shown
    assert page.locator(".sk-top-container").count() > 0
    context.close()
