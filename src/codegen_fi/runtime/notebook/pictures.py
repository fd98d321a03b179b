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
            show_picture(content, round(width * _SCREEN_DPI / DPI))
