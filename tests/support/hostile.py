"""The example with names and values that try to be code, markup or commands to a terminal."""

from __future__ import annotations

import io
import re

import pandas as pd

from codegen_fi.demo import script_bytes
from codegen_fi.demo.data import data_bytes

# What no program here sends to a terminal by itself: blinking text, a window title, a bell.
BLINK = "\x1b[5;35;41m"
TITLE = "\x1b]0;owned\x07"
NAMES = {
    "monthly fee": "<script>fail(1)</script>",
    "größe": '" onload="fail(2)" x="',
    "tenure": "{{7*7}}",
    "contract": "</style></td><b>bold",
    "client's region": f"{BLINK}loud{TITLE}",
    "paperless": "two\r\nlines\n@@progress {}",
    "postcode": "nul\x00bell\x07del\x7fcsi\x9b31m",
    "joined": "\u202egnp.exe\u2066",
    "last message": r"$\frac{1}{0}$ \(x_2\) \[y\]",
    "noise_1": "文字 🙂 \ufeff",
    "noise_2": "\u2028`code` *b* | [x](javascript:fail(3))",
    "currency": "unused\x1b[2J",
    "churned": f"<img src=x onerror=fail(4)>{BLINK}",
    "AutoML_demo_7": f"run{TITLE}</script>\n\u202e",
}
LABEL = NAMES["churned"]
CLASSES = {"yes": f"<b>yes</b>{BLINK}", "no": "no\u202e $a$ {{1}}\n"}
VALUES = {"monthly": f"</td><script>fail(5)</script>{BLINK}", "one year": "a\x00b\x9b2J"}

_OWN = re.compile(r"\x1b\[(?:\?25[hl]|[0-9]*[A-HJK]|(?!5;35;41m)[0-9;]*m)")


def script() -> str:
    """Return the example's script with these names, as the generator writes them."""
    text = script_bytes().decode("utf-8")
    for plain, hostile in NAMES.items():
        if plain != "currency":  # which the script doesn't read
            assert repr(plain) in text, plain
            text = text.replace(repr(plain), repr(hostile))
    return text


def table(rows: int, seed: int = 7) -> pd.DataFrame:
    """Return the example's data with these names and values."""
    frame = pd.read_csv(io.BytesIO(data_bytes(rows, seed)))
    frame["contract"] = frame["contract"].replace(VALUES)
    frame["churned"] = frame["churned"].replace(CLASSES)
    return frame.rename(columns=NAMES)


def acting(shown: str) -> list[str]:
    """Find what would act on a terminal, besides colours and the moves that redraw a line."""
    left = _OWN.sub("", shown)
    return sorted({c for c in left if not c.isprintable() and c not in "\r\n\t"})
