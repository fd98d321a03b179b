"""The training as a notebook: it imports ``train.py``, so that there is one pipeline, not two."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from codegen_fi import __version__
from codegen_fi.model.script import TrainingScript
from codegen_fi.render.describe import Description
from codegen_fi.render.notebook_text import tell
from codegen_fi.render.templates import fill

# One template per cell, in this order; its name is the cell's id. A cell without text is left out.
_CELLS = (
    "title.md",
    "parameters.py",
    "setup.py",
    "load.md",
    "load.py",
    "label.py",
    "pipeline.md",
    "pipeline.py",
    "split.md",
    "split.py",
    "train.md",
    "train.py",
    "metrics.md",
    "metrics.py",
    "confusion.py",
    "importances.md",
    "importances.py",
    "plot.py",
    "predict.md",
    "predict.py",
    "change.md",
    "settings.py",
    "compare.md",
    "change.py",
)
# Rules that change which rows or weights the cells use.
_REFIT: Final = "refit-on-all-rows"
_WEIGH: Final = "weigh-training-rows"
_TAGS = {"parameters.py": ["parameters"]}
# Where the parts of the metrics are that the cells use.
_STAND_INS = "codegen_fi_runtime.automl"
_OFFICIAL = "azureml.training.tabular"
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
    *,
    official: bool = False,
    rules: Collection[str] = (),
    weighed: bool = False,
) -> bytes:
    """Return ``train.ipynb`` (nbformat 4.5, no outputs), the same bytes for the same script.

    ``official`` is True for a script that keeps the official packages; ``rules`` are the ids of
    the rules that changed it; ``weighed`` is True when it scores its importances with the sample
    weights of the rows.
    """
    # Costs more than all the rest of the package; `show` and `diff` do without.
    import nbformat

    values = {
        "version": __version__,
        "script": script,
        "described": described,
        "told": tell(script, described),
        "training_data": training_data or "training.csv",
        "validation_data": validation_data or "validation.csv",
        "scoring": scoring,
        "default_scoring": "accuracy" if script.task == "classification" else "r2",
        "refit": _REFIT in rules,
        "weigh": _WEIGH in rules,
        "weights": _weights(refit=_REFIT in rules) if weighed else "",
        "packages": _OFFICIAL if official else _STAND_INS,
    }
    filled = ((name, fill(f"notebook/{name}.j2", **values).strip("\n")) for name in _CELLS)
    cells = [_cell(name, source) for name, source in filled if source]
    book = nbformat.from_dict(  # type: ignore[no-untyped-call]
        {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    )
    nbformat.validate(book)
    text: str = nbformat.writes(book, version=4)  # type: ignore[no-untyped-call]
    return (text + "\n").encode("utf-8", "backslashreplace")


def _weights(*, refit: bool) -> str:
    """Return what the cells call the weights of the rows that importances are scored on."""
    return "sample_weights" if refit else "weights_valid"


def _cell(name: str, source: str) -> dict[str, Any]:
    """Return a cell; nbformat's own functions would validate each, and all of them again."""
    metadata = {"tags": _TAGS[name]} if name in _TAGS else {}
    cell = {"id": name.replace(".", "-"), "metadata": metadata, "source": source}
    if name.endswith(".py"):
        return {**cell, "cell_type": "code", "execution_count": None, "outputs": []}
    return {**cell, "cell_type": "markdown"}
