"""Choose from the table what the pictures show, and find the words for it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..printable import group_label
from .rows import ENGINEERED, GROUP, RAW, WHOLE, Row
from .wording import WORDS, on_rows, said_of_all, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Heading = Mapping[str, Any]

METHODS = ("permutation", "shap", "native")
"""The methods side by side, the one that orders the columns first."""

COEFFICIENT = "coefficient"
_WEIGHT = re.compile(r"(?:^|; )weight ([^;]+?) in its ensemble")
_TELLING_SHARE = 0.005
_GROUPED = "Permutation of groups: all columns of a group are shuffled together, rows as above"


@dataclass(frozen=True)
class Facet:
    """The bars of one method or one class, in the order of the panel's names.

    Attributes
    ----------
    title, axis : str
        What stands above and below the bars.
    rows : tuple of Row or None
        None where the table has no row for a name.
    signed : bool
        Whether bars go to both sides.
    measured : bool
        Whether a bar is as long as the importance instead of the share.
    rest : str
        What was left out; empty when nothing was.
    """

    title: str
    axis: str
    rows: tuple[Row | None, ...]
    signed: bool = False
    measured: bool = True
    rest: str = ""


@dataclass(frozen=True)
class Panel:
    """Facets side by side over the same names.

    Attributes
    ----------
    title : tuple of str
        Paragraphs.
    names : tuple of str
        Whole names, the largest first.
    facets : tuple of Facet
    labels : tuple of str
        What stands for the names; empty when they stand for themselves.
    alike : bool
        Whether the facets are in one unit, so that their bars have one scale.
    """

    title: tuple[str, ...]
    names: tuple[str, ...]
    facets: tuple[Facet, ...]
    labels: tuple[str, ...] = ()
    alike: bool = False


def raw_panels(rows: Sequence[Row], header: Heading, top: int) -> list[Panel]:
    """Build the panels of the main picture: columns, groups of them, what can't be traced.

    Raises
    ------
    ValueError
        When `top` is less than 1.
    """
    if top < 1:
        raise ValueError(f"the number of bars must be at least 1, got {top}")
    whole = [row for row in rows if row.model == WHOLE and not row.class_name]
    panels = []
    for space in (RAW, GROUP):
        found = {m: g for m in METHODS if (g := _ranked(whole, m, space))}
        if found:
            panels.append(_side_by_side(found, header, top, space))
    untraced = (m for m in METHODS if not _ranked(whole, m, RAW))
    features = {m: g for m in untraced if (g := _ranked(whole, m, ENGINEERED))}
    return [*panels, *(_side_by_side({m: g}, header, top, ENGINEERED) for m, g in features.items())]


def class_panel(rows: Sequence[Row], top: int, most: int) -> Panel | None:
    """Build the panel of the importances per class; None without them."""
    shap = [r for r in rows if r.method == "shap" and r.model == WHOLE and r.space == RAW]
    classes = list(dict.fromkeys(row.class_name for row in shap if row.class_name))
    if len(classes) < 2:  # noqa: PLR2004
        return None
    overall = _ranked([row for row in shap if not row.class_name], "shap", RAW)
    names = tuple(row.feature for row in overall[:top])
    facets = []
    for name in classes[:most]:
        of_class = _ranked([row for row in shap if row.class_name == name], "shap", RAW)
        facets.append(_facet(name, "mean |contribution|", of_class, names))
    title = f"SHAP: mean |contribution| to the {unit_of(overall)} of each class{on_rows(overall)}"
    others = len(classes) - most
    more = () if others <= 0 else (f"{others} more classes are in the table.",)
    return Panel((title, *more), names, tuple(facets), alike=True)


def coefficient_panel(rows: Sequence[Row], top: int, most: int) -> Panel | None:
    """Build the panel of signed coefficients; None when the model has none."""
    whole = [row for row in rows if row.method == COEFFICIENT and row.model == WHOLE]
    space = RAW if any(row.space == RAW and row.rank for row in whole) else ENGINEERED
    known = [row for row in whole if row.space == space and row.rank is not None]
    if not known:
        return None
    classes = list(dict.fromkeys(row.class_name for row in known))
    largest: dict[str, float] = {}
    for row in known:
        largest[row.feature] = max(largest.get(row.feature, 0.0), abs(row.importance))
    order = sorted(largest, key=lambda name: -largest[name])
    names = tuple(order[:top])
    facets = [
        _facet(
            name or "coefficient",
            "coefficient",
            [row for row in known if row.class_name == name],
            names,
            signed=True,
        )
        for name in classes[:most]
    ]
    own = all(row.feature == row.raw_feature for row in known)
    what = "columns" if space == RAW or own else "features made from the columns"
    lines = [f"Signed coefficients of the {what}: to the right the output grows with it"]
    note = said_of_all(known)
    if note:
        lines.append(note)
    if len(classes) > most:
        lines.append(f"{len(classes) - most} more classes are in the table.")
    return Panel(tuple(lines), names, tuple(facets), alike=True)


def weight_of(rows: Iterable[Row]) -> str:
    """Find the weight that the rows of a member tell; empty when they don't."""
    found = next((m for row in rows if (m := _WEIGHT.search(row.note))), None)
    return "" if found is None else found[1]


def _ranked(rows: Iterable[Row], method: str, space: str) -> list[Row]:
    found = [r for r in rows if r.method == method and r.space == space and r.rank is not None]
    return sorted(found, key=lambda row: row.rank or 0)


def _side_by_side(found: Mapping[str, list[Row]], header: Heading, top: int, space: str) -> Panel:
    first = _without_ties(list(found.values()))
    names = tuple(row.feature for row in first[:top])
    title, facets = [], []
    for method, group in found.items():
        words, axis = WORDS[method](group, header)
        title.append(words if space != GROUP else _GROUPED)
        measured = method != "native"
        facets.append(_facet(method, axis, group, names, measured=measured))
    if space == ENGINEERED:
        title.append("Of the features made from the columns, which can't be traced back to these.")
    found_ones = {str(group["name"]) for group in header.get("correlated") or ()}
    labels: tuple[str, ...] = ()
    if space == GROUP:
        shown = first[:top]
        labels = tuple(group_label(row.feature, row.raw_feature, found_ones) for row in shown)
    return Panel(tuple(title), names, tuple(facets), labels)


def _without_ties(methods: Sequence[list[Row]]) -> list[Row]:
    """Order rows by the first method, and those it finds alike by the others.

    Where many columns have an importance of 0, the order of the data says nothing.
    """
    first, *others = methods
    ranks = [{row.feature: row.rank for row in method} for method in others]

    def place(row: Row) -> tuple[float, ...]:
        return (-row.importance, *(float(of.get(row.feature) or math.inf) for of in ranks))

    return sorted(first, key=place)


def _facet(
    title: str,
    axis: str,
    group: Sequence[Row],
    names: Sequence[str],
    *,
    signed: bool = False,
    measured: bool = True,
) -> Facet:
    by_name = {row.feature: row for row in group}
    rest = [row for row in group if row.feature not in set(names)]
    return Facet(
        title,
        axis,
        tuple(by_name.get(name) for name in names),
        signed,
        measured,
        _rest(rest),
    )


def _rest(rest: Sequence[Row]) -> str:
    if not rest:
        return ""
    columns = "1 more column" if len(rest) == 1 else f"{len(rest):,} more columns"
    text = f"and {columns}, together {math.fsum(row.share for row in rest):.1%}"
    largest = max(rest, key=lambda row: row.share)
    # Ordered by another method, a large bar may be among them.
    if largest.rank is not None and largest.rank <= _HIDDEN and largest.share > _TELLING_SHARE:
        return f"{text}\nlargest: {largest.feature} {largest.share:.1%}"
    return text


_HIDDEN = 3
