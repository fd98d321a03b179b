"""Print runs: what was downloaded of one, and the models of an AutoML run."""

from __future__ import annotations

from typing import Any

from codegen_fi.cli import _console
from codegen_fi.workflow import Children, Fetched


def print_fetched(fetched: Fetched) -> None:
    """Print what was downloaded, and of which run."""
    origin, run = fetched.origin, fetched.run
    value = run.get("metric_value")
    name = run.get("primary_metric")
    by = f"{name or 'score'} {value:.6g}" if value is not None else name
    data = [f"{d['role']} data: {d['name'] or d['value']}" for d in run.get("data", ())]
    rows = (
        ("run", origin.get("run_id")),
        ("chosen", origin.get("chosen")),
        ("model", run.get("algorithm")),
        ("task", run.get("task")),
        ("label", run.get("label")),
        ("metric", by),
        ("environment", run.get("environment")),
        *(("", line) for line in data),
    )
    table = _console.new_table(
        ("", {"style": "bold", "no_wrap": True}), ("", {"overflow": "fold"}), head=False
    )
    for name, shown in rows:
        if shown is not None:
            table.add_row(name, _console.clean(shown))
    _console.out().print(table)
    sizes = ", ".join(f"{name} ({size:,} bytes)" for name, size in fetched.sizes.items())
    _console.out().print(
        f"Wrote {_console.clean(sizes)} to {_console.clean(fetched.folder)}", soft_wrap=True
    )


def print_children(children: Children) -> None:
    """Print the models of an AutoML run."""
    if not children.listed:
        _console.say(f"Run {children.parent.run_id} in {children.where} has no child runs.")
        return
    table = _console.new_table(
        ("run", {"overflow": "fold"}),
        ("model", {}),
        (_console.clean(children.metric or "metric"), {"justify": "right"}),
        ("code", {}),
        ("", {}),
    )
    for row in children.listed:
        names = (row.run.properties.get("run_preprocessor"), row.algorithm)
        table.add_row(
            _console.clean(row.run.run_id),
            _console.clean(", ".join(name for name in names if name)),
            "" if row.metric is None else f"{row.metric:.6g}",
            "yes" if row.has_code else "no",
            "best" if row.best else _console.clean((row.run.status or "").lower()),
        )
    table.title = _console.clean(f"Run {children.parent.run_id} in {children.where}")
    _console.out().print(table)


def children_record(children: Children) -> dict[str, Any]:
    """Return the models of an AutoML run for programs."""
    return {
        "where": children.where,
        "run_id": children.parent.run_id,
        "primary_metric": children.metric,
        "children": [
            {
                "run_id": row.run.run_id,
                "status": row.run.status,
                "algorithm": row.algorithm,
                "preprocessor": row.run.properties.get("run_preprocessor"),
                "metric": row.metric,
                "has_code": row.has_code,
                "best": row.best,
            }
            for row in children.listed
        ],
    }
