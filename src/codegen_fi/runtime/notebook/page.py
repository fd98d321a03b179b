"""The outputs of a cell, through IPython, which is there wherever a notebook runs."""

from __future__ import annotations

import base64
from typing import Any


def can_replace() -> bool:
    """Tell whether an output can be replaced, as in a notebook, or is printed, as in a terminal."""
    from IPython.core.getipython import get_ipython

    return hasattr(get_ipython(), "kernel")


def show_picture(content: bytes, width: int, said: str) -> None:
    """Show a PNG so many pixels wide, with words for who doesn't see it."""
    from IPython.display import display

    data = {"image/png": base64.b64encode(content).decode("ascii"), "text/plain": said}
    about = {"image/png": {"width": width, "alt": said}}
    display(data, metadata=about, raw=True)  # type: ignore[no-untyped-call]


class Output:
    """One output of a cell, replaced by each that follows."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._last = ""

    def show(self, text: str, markup: str) -> None:
        """Show a text, for a notebook as HTML; nothing happens where it is there already."""
        from IPython.display import display

        if text == self._last:
            return
        self._last = text
        content = {"text/plain": text, "text/html": markup}
        if self._handle is None or not can_replace():
            self._handle = display(content, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(content, raw=True)
