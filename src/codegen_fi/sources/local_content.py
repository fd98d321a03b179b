"""Tell a script from what is often saved in its place: a sign-in page, a notebook, an archive."""

from __future__ import annotations

import re
from typing import Final

from codegen_fi.errors import ScriptNotUnderstoodError, SourceError

BIGGEST: Final = 50 * 2**20
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype|html|\?xml)\b", re.IGNORECASE | re.DOTALL
)
_NOTEBOOK: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\{\s*\"(?:cells|metadata|nbformat(?:_minor)?)\""
)
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def check_script(name: str, content: bytes) -> None:
    """Refuse what can't be a script, whatever it is called.

    Raises
    ------
    SourceError
        It is a web page, a notebook, a binary file or too large.
    ScriptNotUnderstoodError
        It is empty.
    """
    if not content.strip():
        raise ScriptNotUnderstoodError(
            f"{name}: the file is empty, as a download that broke off leaves it. "
            "Download the script again."
        )
    for is_one, what in _OTHERS:
        if is_one(content):
            raise SourceError(f"{name} is {what}")


def too_big(name: str, size: int) -> SourceError:
    """Return what to raise for a file larger than any generated one."""
    return SourceError(
        f"{name} has {size:,} bytes, more than any generated file "
        f"(at most {BIGGEST // 2**20} MB are read). Look at what it holds."
    )


def printable(text: str) -> str:
    """Write out what isn't printable in a name that came from outside."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def is_page(content: bytes) -> bool:
    """Tell whether a file begins as a web page does."""
    return _PAGE.match(content) is not None


def _is_notebook(content: bytes) -> bool:
    return _NOTEBOOK.match(content) is not None


def _is_binary(content: bytes) -> bool:
    # UTF-16 is text, only not the text that Python reads; the message for that is another.
    return b"\0" in content and not content.startswith(UTF16)


_OTHERS: Final = (
    (
        is_page,
        "a web page, not a script: a sign-in page was saved in its place. "
        "Sign in with a browser and download script.py again.",
    ),
    (
        _is_notebook,
        "a notebook, not a script. Give the script.py that lies beside it in the run's "
        "outputs/generated_code.",
    ),
    (
        _is_binary,
        "a binary file, not a script. Give the script.py of the run's outputs/generated_code.",
    ),
)
