"""Print what a script says."""

from __future__ import annotations

from codegen_fi.cli import _console
from codegen_fi.workflow import Shown


def print_script(shown: Shown) -> None:
    """Print what a script says."""
    model, words = shown.model, shown.described
    table = _console.new_table(("", {"style": "bold", "no_wrap": True}), ("", {}), head=False)
    rows: list[tuple[str, object]] = [
        ("script", shown.name),
        ("generator", model.generator_version or "not named"),
        ("task", model.task),
        ("label", model.label),
        ("weights", model.weight_column or "none"),
        *((f"{d.role} data", f"{d.kind} {d.value or 'not named'}") for d in model.datasets),
        ("model", words.model),
        *(("", member) for member in words.members),
        ("validation", words.validation),
        *words.rows,
    ]
    if model.pipeline.y_transformer is not None:
        rows.append(("label through", model.pipeline.y_transformer.name))
    if not model.pipeline.featurized:
        rows.append(("columns", "as they are (featurization was off)"))
    if shown.rewritten_by is not None:
        rows.append(("rewritten by", f"codegen-fi {shown.rewritten_by}"))
    for name, value in rows:
        table.add_row(_console.clean(name), _console.clean(value))
    _console.out().print(table)
    if words.groups:
        groups = _console.new_table(("columns", {"ratio": 2}), ("transformers", {"ratio": 3}))
        for chain, columns in words.groups:
            groups.add_row(_console.clean(", ".join(columns)), _console.clean(chain))
        _console.out().print(groups)
