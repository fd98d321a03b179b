"""The training as a notebook: it imports ``train.py``, so that there is one pipeline, not two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen_fi import __version__
from codegen_fi.model.script import TrainingScript
from codegen_fi.render.describe import Description
from codegen_fi.render.templates import fill

if TYPE_CHECKING:
    from nbformat import NotebookNode

# One template per cell, in this order; its name is the cell's id.
_CELLS = (
    "title.md",
    "parameters.py",
    "setup.py",
    "load.md",
    "load.py",
    "columns.py",
    "pipeline.md",
    "pipeline.py",
    "split.md",
    "split.py",
    "train.md",
    "train.py",
    "metrics.md",
    "metrics.py",
    "importances.md",
    "importances.py",
    "plot.py",
    "predict.md",
    "predict.py",
)
_TAGS = {"parameters.py": ["parameters"]}
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(
    script: TrainingScript,
    described: Description,
    training_data: str | None = None,
    validation_data: str | None = None,
    scoring: str | None = None,
) -> bytes:
    """Return ``train.ipynb`` (nbformat 4.5, no outputs), the same bytes for the same script."""
    # Costs more than all the rest of the package; `show` and `diff` do without.
    import nbformat

    values = {
        "version": __version__,
        "script": script,
        "described": described,
        "training_data": training_data or "training.csv",
        "validation_data": validation_data or "validation.csv",
        "scoring": scoring,
    }
    book = nbformat.v4.new_notebook(metadata=_METADATA)  # type: ignore[no-untyped-call]
    book.cells = [_cell(name, fill(f"notebook/{name}.j2", **values)) for name in _CELLS]
    nbformat.validate(book)
    text: str = nbformat.writes(book, version=4)  # type: ignore[no-untyped-call]
    return (text + "\n").encode("utf-8", "backslashreplace")


def _cell(name: str, source: str) -> NotebookNode:
    from nbformat import v4

    make = v4.new_code_cell if name.endswith(".py") else v4.new_markdown_cell
    metadata = {"tags": _TAGS[name]} if name in _TAGS else {}
    cell: NotebookNode = make(  # type: ignore[no-untyped-call]
        source.strip("\n"), id=name.replace(".", "-"), metadata=metadata
    )
    return cell
