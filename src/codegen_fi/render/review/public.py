"""Lines of a script without what opens a door: the page is handed on, unlike the script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from codegen_fi.model.hidden import may_hold_secrets, without_secrets

# A string with the name it is given to, or a comment.
_TEXTS: Final = re.compile(r"""(?:['"]?[\w-]+['"]?\s*[=:]\s*)?(['"])(?:(?!\1).)*\1|#.*""")


def public_lines(*texts: Sequence[str]) -> list[Sequence[str]]:
    """Hide secrets line by line, so that both scripts keep lining up.

    Parameters
    ----------
    *texts
        Scripts as lines; a line that several have is looked at once.
    """
    shown = {
        line: public_line(line) if may_hold_secrets(line) else line
        for line in {line for text in texts for line in text}
    }
    return [[shown[line] for line in text] for text in texts]


def public_line(line: str) -> str:
    """Hide in texts and comments only: a variable called signature is no secret."""
    if "://" in line:
        return without_secrets(line)
    return _TEXTS.sub(lambda found: without_secrets(found[0]), line)
