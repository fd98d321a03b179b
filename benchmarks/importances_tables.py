"""The tables of figures: one row per case, put between marks of the page of benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from importances_cases import Case

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
TOP = 5

SPEED, RANKINGS, COSTS, JOBS = "speed", "rankings", "costs", "jobs"
HEADS = {
    SPEED: "table and model | rows x columns | repeats | ours, s | scikit-learn, s | ratio "
    "| largest difference | rankings | matrix, MB | ours adds, MB "
    "| scikit-learn adds, MB | our whole process, MB",
    RANKINGS: "table and model | columns | our `shap` | package shap | mimic "
    "| mimic's model says the same",
    COSTS: "table and model | rows explained | our `shap`, s | package shap, s | mimic, s "
    "| our `shap` adds, MB | package shap adds, MB | mimic adds, MB",
    JOBS: "table and model | repeats | one process, s | two, s | two to one "
    "| one process, MB | two, MB in all",
}
OTHERS = ("our shap", "shap", "mimic")


def speed_row(case: Case, fit: Any, mine: Any, sklearns: Any) -> str:
    """Lay out ours and scikit-learn's, whose time is scaled up if it shuffled some columns only."""
    shape = f"{fit['rows']:,} x {fit['columns']:,} | {case.repeats}"
    if mine is None or sklearns is None:
        return f"{shape} | failed ||||||||"
    seen = sklearns["importances"]
    # It scores the rows once as they are, then once per shuffle.
    scorings = [1 + case.repeats * count for count in (fit["columns"], len(seen))]
    seconds = sklearns["seconds"] * scorings[0] / scorings[1]
    about = "~" if scorings[0] > scorings[1] else ""
    worst = max(abs(mine["importances"][column] - value) for column, value in seen.items())
    ranks = agreement(mine["importances"], sklearns)
    return (
        f"{shape} | {mine['seconds']:.2f} | {about}{seconds:.1f} "
        f"| {about}{seconds / mine['seconds']:.1f} | {worst:.1g} | {ranks} "
        f"| {fit['matrix']:,.1f} | {mine['above']:,.0f} | {sklearns['above']:,.0f} "
        f"| {mine['peak']:,.0f}"
    )


def rankings_row(case: Case, fit: Any, mine: Any, found: Mapping[str, Any]) -> str:
    """Lay out how well the others' rankings agree with ours."""
    del case
    cells = [
        "" if mine is None else agreement(mine["importances"], found.get(way)) for way in OTHERS
    ]
    mimic = found.get("mimic")
    same = "" if not mimic else f"{100 * mimic['agree']:.3g} %"
    return f"{fit['columns']:,} | {' | '.join(cells)} | {same}"


def costs_row(case: Case, fit: Any, found: Mapping[str, Any]) -> str:
    """Lay out what the contributions and the model of the model cost."""
    results = [found.get(way) for way in OTHERS]
    seconds = ["" if not result else f"{result['seconds']:.1f}" for result in results]
    added = ["" if not result else f"{result['above']:,.0f}" for result in results]
    rows = min(case.explained, fit["rows"])
    return f"{rows:,} | {' | '.join(seconds)} | {' | '.join(added)}"


def jobs_row(case: Case, one: Any, two: Any) -> str:
    """Lay out the time on the clock with one process and with two."""
    if one is None or two is None:
        return f"{case.repeats} | failed ||||"
    return (
        f"{case.repeats} | {one['wall']:.1f} | {two['wall']:.1f} | {two['wall'] / one['wall']:.2f} "
        f"| {one['tree']:,.0f} | {two['tree']:,.0f}"
    )


def agreement(ours: dict[str, float], result: Any) -> str:
    """Correlate two rankings of the columns both have, and count the first ones they share."""
    if not result:
        return ""
    theirs = result["importances"]
    common = [name for name in ours if name in theirs]
    mine, other = ([found[name] for name in common] for found in (ours, theirs))
    orders = (np.argsort(-np.asarray(values), kind="stable") for values in (mine, other))
    firsts = [set(order[:TOP].tolist()) for order in orders]
    return f"{spearman(mine, other):.2f}, {len(firsts[0] & firsts[1])} of {len(firsts[0])}"


def spearman(first: list[float], second: list[float]) -> float:
    """Correlate ranks; equal numbers share theirs, and where all are equal so are the rankings."""
    from scipy.stats import spearmanr

    if first == second:
        return 1.0
    return float(spearmanr(first, second).statistic)


def versions_line(versions: Mapping[str, Mapping[str, str]]) -> str:
    """Name the packages of both environments."""
    import os

    texts = [
        f"{where}: {', '.join(f'{name} {version}' for name, version in packages.items())}."
        for where, packages in versions.items()
    ]
    return " ".join([*texts, f"{os.cpu_count()} processors."])


def write(kind: str, rows: Mapping[str, str], names: list[str], note: str) -> None:
    """Put rows into a table of the page; those of cases that did not run stay."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- importances {kind}: begin -->", f"<!-- importances {kind}: end -->"
    before, found, rest = text.partition(begin)
    body, _, after = rest.partition(end)
    if not found:
        raise ValueError(f"{PAGE} has no line {begin}")
    known = {}
    for line in body.splitlines():
        name, _, cells = line.removeprefix("| ").removesuffix(" |").partition(" | ")
        known[name] = cells
    known.update(rows)
    table = [f"| {name} | {known[name]} |" for name in names if name in known]
    inside = "\n".join([begin, head(kind), *table, "", note, end])
    PAGE.write_text(f"{before}{inside}{after}", encoding="utf-8")


def head(kind: str) -> str:
    """Give the first two lines of a table."""
    return f"| {HEADS[kind]} |\n|{'---|' * (HEADS[kind].count('|') + 1)}"
