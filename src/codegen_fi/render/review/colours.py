"""Python source as coloured pieces, line by line."""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple


class Stretch(NamedTuple):
    """Characters of one line with a CSS class; `stop` is None at the end of the line."""

    start: int
    stop: int | None
    kind: str


_KINDS: Final = {
    token.NAME: "",
    tokenize.COMMENT: "c",
    token.STRING: "s",
    token.NUMBER: "m",
    # Python 3.12 and newer take an f-string apart.
    **{
        getattr(token, name): "s"
        for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
        if hasattr(token, name)
    },
}
_NAMING: Final = frozenset({"def", "class"})


def coloured(lines: Sequence[str]) -> dict[int, list[Stretch]]:
    """Find what has a colour.

    Parameters
    ----------
    lines
        Without their endings; together they are one source text.

    Returns
    -------
    dict
        Stretches in their order by the number of their line, which counts from 0; none at all
        where Python doesn't read the text.
    """
    found: dict[int, list[Stretch]] = defaultdict(list)
    try:
        for line, stretch in _stretches("\n".join(lines)):
            found[line].append(stretch)
    except (tokenize.TokenError, SyntaxError):
        return {}
    return found


def _stretches(text: str) -> Iterator[tuple[int, Stretch]]:
    """Yield what has a colour, line by line; a string over several lines is one on each."""
    before = ""
    for found in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = _KINDS.get(found.type)
        if kind is None:
            continue
        if found.type == token.NAME:
            kind = "k" if keyword.iskeyword(found.string) else "f" if before in _NAMING else ""
            before = found.string
            if not kind:
                continue
        (first, start), (last, stop) = found.start, found.end
        for line in range(first, last + 1):
            yield (
                line - 1,
                Stretch(start if line == first else 0, stop if line == last else None, kind),
            )
