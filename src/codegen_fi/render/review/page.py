"""``review.html``: one file without anything from outside, whose content is there without scripts.

It is made of what stands in the folder (the two scripts, the manifest, the results), so that a
training can write it anew.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from codegen_fi.model.changes import Block, Change
from codegen_fi.render.diff import difference
from codegen_fi.render.review.by_hand import BY_HAND, edited
from codegen_fi.render.review.picture import picture_of
from codegen_fi.render.review.public import public_lines
from codegen_fi.render.review.results import ResultsView
from codegen_fi.render.review.sides import Section, sections_of
from codegen_fi.render.review.summary import summary_of
from codegen_fi.render.review.warned import warnings_of
from codegen_fi.render.templates import fill_html, text_of

NAME: Final = "review.html"


@dataclass(frozen=True)
class ByHand:
    """A ``train.py`` that was edited after it was written.

    Attributes
    ----------
    written
        The text as the rewriting wrote it.
    script
        What the edited one says, as plain values; None where it isn't understood.
    sha256
        Of the edited file.
    """

    written: str
    script: Mapping[str, Any] | None
    sha256: str


@dataclass(frozen=True)
class RuleCount:
    """A rule with the hunks it had a part in."""

    rule: str
    changes: int
    hunks: tuple[int, ...]
    why: tuple[str, ...]


def review_page(
    content: Mapping[str, Any],
    before: str,
    after: str,
    results: ResultsView | None = None,
    by_hand: ByHand | None = None,
) -> bytes:
    """Return the page.

    Parameters
    ----------
    content
        The manifest as plain values.
    before, after
        ``script.py`` and ``train.py``.
    results
        What a training left; None before there was one.
    by_hand
        Set when `after` isn't as it was written.

    Returns
    -------
    bytes
        UTF-8; the same for the same input.
    """
    changes: Sequence[Change] = [Change(**change) for change in content["changes"]]
    blocks: Sequence[Block] = [
        Block(**{**b, "rules": tuple(b["rules"])}) for b in content.get("blocks", ())
    ]
    undone: tuple[Change, ...] = ()
    if by_hand is not None:
        now = edited(before, by_hand.written, after, changes, blocks)
        changes, blocks, undone = now.changes, now.blocks, now.undone
    found = difference(before, after, changes, blocks)
    warnings = warnings_of(content, found, undone, results)
    old, new = public_lines(found.old, found.new)
    sections = sections_of(replace(found, old=old, new=new), warnings.lines)
    script = (by_hand and by_hand.script) or content["script"]
    picture = picture_of(script)
    return filled(
        "review/page.html.j2",
        content=content,
        script=script,
        summary=summary_of(content, script, sections, picture, warnings.count, results),
        picture=picture,
        sections=sections,
        rules=_rules(changes, sections),
        warnings=warnings.groups,
        results=results,
        by_hand=by_hand,
        files=sorted((n, h) for n, h in content["files"].items() if n != NAME),
        options=_options(content["options"]),
        command=_command(content["options"]),
        validates=any(d["role"] == "validation" for d in script["datasets"]),
    )


def filled(template: str, **values: Any) -> bytes:
    """Fill a page's template, with the style and the script that its security policy allows."""
    style, behaviour = text_of("review/style.css"), text_of("review/behaviour.js")
    page = fill_html(
        template,
        **values,
        style=style,
        behaviour=behaviour,
        style_hash=policy_hash(style),
        behaviour_hash=policy_hash(behaviour),
    )
    return page.encode("utf-8", "backslashreplace")


def _command(options: Mapping[str, Any]) -> str:
    """Return the options of the rewriting as they are typed."""
    words = []
    if options.get("runtime", "portable") != "portable":
        words.append(f"--runtime {options['runtime']}")
    words += [f"--fix {name}" for name in options.get("fixes") or ()]
    for name in ("rules", "skip"):
        if options.get(name):
            words.append(f"--{name} {','.join(options[name])}")
    return "".join(f" {word}" for word in words)


def _options(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the options of the rewriting in words, those that weren't given as well."""
    rules = options.get("rules")
    return [
        ("Runtime", str(options.get("runtime", "portable"))),
        ("Rules", "all that are on by default" if rules is None else ", ".join(rules)),
        ("Left out", ", ".join(options.get("skip") or ()) or "none"),
        ("Repairs", ", ".join(options.get("fixes") or ()) or "none"),
    ]


def policy_hash(text: str) -> str:
    """Return what the page's security policy calls an inline text it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _rules(changes: Sequence[Change], sections: Sequence[Section]) -> list[RuleCount]:
    counts = Counter(change.rule for change in changes if change.rule != BY_HAND)
    counts.update(change.rule for change in changes if change.rule == BY_HAND)
    return [
        RuleCount(
            rule,
            count,
            tuple(s.number for s in sections if rule in s.rules),
            tuple(dict.fromkeys(change.why for change in changes if change.rule == rule)),
        )
        for rule, count in counts.items()
    ]
