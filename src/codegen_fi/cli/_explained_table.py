"""Print the summary at the end of an explanation."""

from __future__ import annotations

from typing import Any

from codegen_fi.cli import _console
from codegen_fi.cli._importance_table import print_importances
from codegen_fi.workflow.explaining import Explained


def print_explained(explained: Explained) -> None:
    """Print the importances and the files."""
    results = explained.results
    print_importances(results)
    _console.out().print(f"Explained in {explained.seconds:.0f} s. Wrote:")
    for path in results.files:
        _console.out().print(f"  {_console.clean(path)}", soft_wrap=True)


def record(explained: Explained) -> dict[str, Any]:
    """Return the outcome as plain values."""
    model, results = explained.model, explained.results
    return {
        "folder": str(explained.folder),
        "model": {
            "from": model.where,
            "size": model.size,
            "sha256": model.sha256,
            "format": model.kind,
            "names": list(model.names.names),
        },
        "method": results.method,
        "scored_on": results.scored_on,
        "baseline": results.baseline,
        "importances": list(results.importances),
        "groups": list(results.groups),
        "together": list(results.together),
        "files": [str(path) for path in results.files],
    }
