"""Several trained folders on one page, with a plot of their importances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codegen_fi import __version__
from codegen_fi.render.plot_of_dots import dots_of
from codegen_fi.render.review.page import filled


def comparison_page(compared: Mapping[str, Any], top: int) -> bytes:
    """Return the page.

    Parameters
    ----------
    compared
        The comparison as plain values.
    top
        Columns in the plot; the table holds all of them.

    Returns
    -------
    bytes
        UTF-8; the same for the same input.
    """
    return filled(
        "review/compare.html.j2",
        compared=compared,
        plot=dots_of(compared["names"], compared["columns"], top) if compared["method"] else None,
        top=top,
        version=__version__,
    )
