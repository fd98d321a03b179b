"""Where facts about a library are documented, and how a row of it is written."""

from __future__ import annotations

from codegen_fi.rewrite.library_arguments.rows import Fits, Row, is_set

_SKLEARN_NOTES = "https://scikit-learn.org/stable/whats_new/v{}.html"


def sklearn_row(
    classes: str,
    argument: str,
    fits: Fits,
    becomes: str,
    since: str,
    why: str,
    behaviour: str | None = None,
    wrap: str | None = None,
    *,
    instead: str | None = None,
    is_new: bool = False,
    beside: str | None = None,
    beside_fits: Fits = is_set,
) -> Row:
    """Return a row about scikit-learn; names of classes and new arguments between blanks."""
    return Row(
        "sklearn",
        frozenset(classes.split()),
        argument,
        fits,
        tuple(becomes.split()),
        f"scikit-learn {since}",
        why,
        _SKLEARN_NOTES.format(since),
        behaviour,
        wrap,
        instead,
        is_new=is_new,
        beside=beside,
        beside_fits=beside_fits,
    )
