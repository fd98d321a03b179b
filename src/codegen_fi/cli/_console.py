"""All printing: results on standard output, talk on standard error.

Names from a script or a table may hold anything; they are shown with their control characters
written out, so that they can't steer a terminal.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from codegen_fi.model.plain import to_plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from codegen_fi.run import Results
    from codegen_fi.workflow import Children, Fetched, Shown, Trained, Written

_HEADLINES = (
    "AUC_weighted",
    "accuracy",
    "balanced_accuracy",
    "f1_score_weighted",
    "log_loss",
    "r2_score",
    "root_mean_squared_error",
    "mean_absolute_error",
    "spearman_correlation",
)
_TOP = 10
_LONGEST_LINE = 400
_PIPE_WIDTH = 4_000
_HUNK = re.compile(r"^@@ -(\d+)[^@]* @@ ?(.*)$")
_REASON = re.compile(r"\[([a-z-]+)\] (.*?)(?= \[[a-z-]+\] |$)")


@cache
def out() -> Console:
    """Return the console of results."""
    return _console(stderr=False)


@cache
def err() -> Console:
    """Return the console of talk."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    # Into a file or a pipe each row stays on one line, however long.
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, markup=False)


def clean(text: object) -> str:
    """Write out what isn't printable."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))


def say(text: str, style: str = "") -> None:
    """Print a line of talk."""
    from rich.text import Text

    # As a styled text: a style given to print() would also colour the progress bar.
    err().print(Text(clean(text), style=style))


def warn(text: str) -> None:
    """Print a warning."""
    say(f"warning: {text}", "yellow")


def log_line(line: str) -> None:
    """Print a line of the training's log; on a terminal a very long one is cut, and says so."""
    line = line.replace("\t", "    ")
    rest = len(line) - _LONGEST_LINE
    if rest > 0 and err().is_terminal:
        line = f"{line[:_LONGEST_LINE]} ... ({rest:,} more characters)"
    say(line, "dim")


def print_json(value: Any) -> None:
    """Print a record as JSON."""
    text = json.dumps(to_plain(value), indent=2, ensure_ascii=True, allow_nan=False)
    sys.stdout.write(text + "\n")


def print_script(shown: Shown) -> None:
    """Print what a script says."""
    model, words = shown.model, shown.described
    table = _table(("", {"style": "bold", "no_wrap": True}), ("", {}), head=False)
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
    ]
    if model.pipeline.y_transformer is not None:
        rows.append(("label through", model.pipeline.y_transformer.name))
    if not model.pipeline.featurized:
        rows.append(("columns", "as they are (featurization was off)"))
    if shown.rewritten_by is not None:
        rows.append(("rewritten by", f"codegen-fi {shown.rewritten_by}"))
    for name, value in rows:
        table.add_row(clean(name), clean(value))
    out().print(table)
    if words.groups:
        groups = _table(("columns", {"ratio": 2}), ("transformers", {"ratio": 3}))
        for chain, columns in words.groups:
            groups.add_row(clean(", ".join(columns)), clean(chain))
        out().print(groups)


def print_written(written: Written) -> None:
    """Print what a rewriting changed."""
    counts: dict[tuple[str, str], int] = {}
    for change in written.rewritten.changes:
        counts[change.rule, change.why] = counts.get((change.rule, change.why), 0) + 1
    table = _table(("rule", {"no_wrap": True}), ("edits", {"justify": "right"}), ("why", {}))
    for (rule, why), count in counts.items():
        table.add_row(rule, str(count), clean(why))
    out().print(table)
    print_warnings(written)
    if written.folder is not None:
        out().print(f"Wrote {len(written.files)} files to {clean(written.folder)}")


def print_warnings(written: Written) -> None:
    """Print what the user should know about the script."""
    for warning in written.rewritten.warnings:
        warn((f"line {warning.line}: " if warning.line else "") + warning.message)


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
    table = _table(("", {"style": "bold", "no_wrap": True}), ("", {"overflow": "fold"}), head=False)
    for name, shown in rows:
        if shown is not None:
            table.add_row(name, clean(shown))
    out().print(table)
    sizes = ", ".join(f"{name} ({size:,} bytes)" for name, size in fetched.sizes.items())
    out().print(f"Wrote {clean(sizes)} to {clean(fetched.folder)}", soft_wrap=True)


def print_children(children: Children) -> None:
    """Print the models of an AutoML run."""
    if not children.listed:
        say(f"Run {children.parent.run_id} in {children.where} has no child runs.")
        return
    table = _table(
        ("run", {"overflow": "fold"}),
        ("model", {}),
        (clean(children.metric or "metric"), {"justify": "right"}),
        ("code", {}),
        ("", {}),
    )
    for row in children.listed:
        names = (row.run.properties.get("run_preprocessor"), row.algorithm)
        table.add_row(
            clean(row.run.run_id),
            clean(", ".join(name for name in names if name)),
            "" if row.metric is None else f"{row.metric:.6g}",
            "yes" if row.has_code else "no",
            "best" if row.best else clean((row.run.status or "").lower()),
        )
    table.title = clean(f"Run {children.parent.run_id} in {children.where}")
    out().print(table)


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


def print_trained(trained: Trained) -> None:
    """Print the summary at the end of a training."""
    results = trained.results
    out().print(_metrics_table(results))
    if results.importances:
        out().print(_importance_table(results))
    out().print(f"Trained in {trained.seconds:.0f} s. Wrote:")
    for path in results.files:
        out().print(f"  {clean(path)}", soft_wrap=True)


def _metrics_table(results: Results) -> Table:
    names = [name for name in _HEADLINES if name in results.metrics] or list(results.metrics)[:5]
    table = _table(("metric", {}), ("value", {"justify": "right"}))
    for name in names:
        value = results.metrics[name]
        table.add_row(name, "not defined" if value is None else f"{value:.4g}")
    if len(results.metrics) > len(names):
        table.caption = f"{len(results.metrics) - len(names)} more in metrics.json"
    return table


def _importance_table(results: Results) -> Table:
    shown = results.importances[:_TOP]
    intervals = any(row.ci_low is not None for row in shown)
    columns: list[tuple[str, dict[str, Any]]] = [
        ("", {"justify": "right"}),
        (f"column ({results.method})", {"overflow": "fold"}),
        ("importance", {"justify": "right"}),
        *([("95 % interval", {"justify": "right"})] if intervals else []),
        ("share", {"justify": "right"}),
    ]
    table = _table(*columns)
    if results.scored_on is not None:
        table.title = clean(results.scored_on)
    for row in shown:
        interval = "" if row.ci_low is None else f"{row.ci_low:.4f} .. {row.ci_high:.4f}"
        importance = "" if row.importance is None else f"{row.importance:.4f}"
        share = "" if row.share is None else f"{row.share:.1%}"
        cells = [str(row.rank), clean(row.feature), importance]
        table.add_row(*cells, *([interval] if intervals else []), share)
    if len(results.importances) > _TOP:
        table.caption = f"{len(results.importances) - _TOP} more in feature_importance.csv"
    return table


def _table(*columns: tuple[str, dict[str, Any]], head: bool = True) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD if head else None, show_header=head, pad_edge=False)
    for name, settings in columns:
        table.add_column(name, **settings)
    return table


def print_diff(text: str) -> None:
    """Print a diff: for a person with colours and reasons, into a pipe as it is in the file."""
    if not out().is_terminal:
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    for line in _coloured(text.split("\n")):
        out().print(line, soft_wrap=True)


def _coloured(lines: Sequence[str]) -> Iterable[Text]:
    from rich.text import Text

    styles = {"+": "green", "-": "red", "\\": "dim"}
    in_hunk = False
    for line in lines:
        hunk = _HUNK.match(line)
        if hunk is not None:
            in_hunk = True
            yield Text()
            yield Text(f"script.py line {hunk[1]}", style="bold cyan")
            for rule, why in _REASON.findall(hunk[2]):
                yield Text.assemble(("  " + rule, "bold cyan"), (f"  {clean(why)}", "cyan"))
        else:
            yield Text(clean(line), style=styles.get(line[:1], "") if in_hunk else "dim")
