"""The saved pictures, in the order they are saved in, as large as they were drawn."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from ..run_outputs import RESULTS
from .page import show_picture

if TYPE_CHECKING:
    from ..local_run import LocalRun

_SCREEN_DPI = 96
_WIDTH_AT = slice(16, 20)
_SAID = {
    "feature_importance": "Bars: the importance of each column, by method, as in the table",
    "feature_importance_members": "Map: the share of each column in each member of the ensemble",
    "feature_importance_classes": "Bars: the contributions of each column to each class",
    "feature_importance_coefficients": "Bars: the signed coefficients of the columns",
}


def pictures(run: LocalRun) -> None:
    """Show the pictures of the importances that a run has drawn.

    Parameters
    ----------
    run : LocalRun
    """
    from ..importance.plot import DPI

    for path in (run.outputs / name for name in RESULTS if name.endswith(".png")):
        if path.exists():
            content = path.read_bytes()
            (width,) = struct.unpack(">I", content[_WIDTH_AT])
            said = _SAID.get(path.stem, path.stem)
            show_picture(content, round(width * _SCREEN_DPI / DPI), said)
