"""``review.html``: one file without anything from outside, whose content is there without scripts.

It is made of what stands in the folder (the two scripts, the manifest, the results), so that a
training can write it anew.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from codegen_fi.model.changes import Block, Change
from codegen_fi.model.hidden import without_secrets
from codegen_fi.render.diff import difference
from codegen_fi.render.review.picture import Picture, picture_of
from codegen_fi.render.review.results import ResultsView
from codegen_fi.render.review.sides import Section, sections_of
from codegen_fi.render.templates import fill_html, text_of

NAME: Final = "review.html"
# A string with the name it is given to, or a comment.
_TEXTS: Final = re.compile(r"""(?:['"]?[\w-]+['"]?\s*[=:]\s*)?(['"])(?:(?!\1).)*\1|#.*""")


@dataclass(frozen=True)
class RuleCount:
    """A rule with the hunks it had a part in."""

    rule: str
    changes: int
    hunks: tuple[int, ...]
    why: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """The verdict, and the facts it rests on."""

    verdict: str
    facts: tuple[tuple[str, str], ...]


def review_page(
    content: Mapping[str, Any], before: str, after: str, results: ResultsView | None = None
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

    Returns
    -------
    bytes
        UTF-8; the same for the same input.
    """
    changes = [Change(**change) for change in content["changes"]]
    blocks = [Block(**{**b, "rules": tuple(b["rules"])}) for b in content.get("blocks", ())]
    found = difference(before, after, changes, blocks)
    sections = sections_of(replace(found, old=_public(found.old), new=_public(found.new)))
    script = content["script"]
    picture = picture_of(script)
    style, behaviour = text_of("review/style.css"), text_of("review/behaviour.js")
    page = fill_html(
        "review/page.html.j2",
        content=content,
        script=script,
        summary=_summary(content, sections, picture, results),
        picture=picture,
        sections=sections,
        rules=_rules(changes, sections),
        warnings=sorted(content["warnings"], key=lambda w: w["line"] or 0),
        behaviours=_behaviours(changes),
        results=results,
        files=sorted((n, h) for n, h in content["files"].items() if n != NAME),
        reproduce=_options(content["options"]),
        validates=any(d["role"] == "validation" for d in script["datasets"]),
        style=style,
        behaviour=behaviour,
        style_hash=policy_hash(style),
        behaviour_hash=policy_hash(behaviour),
    )
    return page.encode("utf-8", "backslashreplace")


def _options(options: Mapping[str, Any]) -> str:
    """Return the options of the rewriting as they are typed."""
    words = []
    if options.get("runtime", "portable") != "portable":
        words.append(f"--runtime {options['runtime']}")
    words += [f"--fix {name}" for name in options.get("fixes") or ()]
    for name in ("rules", "skip"):
        if options.get(name):
            words.append(f"--{name} {','.join(options[name])}")
    return "".join(f" {word}" for word in words)


def _public(lines: Sequence[str]) -> Sequence[str]:
    """Hide what opens a door: the page is handed on, unlike the script."""
    text = "".join(lines)
    if without_secrets(text) == text:
        return lines
    # Line by line, so that both scripts keep lining up.
    return [_public_line(line) for line in lines]


def _public_line(line: str) -> str:
    """Hide in texts and comments only: a variable called signature is no secret."""
    if "://" in line:
        return without_secrets(line)
    return _TEXTS.sub(lambda found: without_secrets(found[0]), line)


def policy_hash(text: str) -> str:
    """Return what the page's security policy calls an inline text it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _summary(
    content: Mapping[str, Any],
    sections: Sequence[Section],
    picture: Picture,
    results: ResultsView | None,
) -> Summary:
    script = content["script"]
    hunks = [section for section in sections if section.number]
    rules = {rule for section in hunks for rule in section.rules}
    lines = [line for section in hunks for stretch in section.stretches for line in stretch.old]
    added = [line for section in hunks for stretch in section.stretches for line in stretch.new]
    verdict = (
        f"{picture.headline}, {script['task']} of {script['label']!r}: {len(hunks)} places changed "
        f"by {len(rules)} rules ({len(lines)} lines out, {len(added)} in), every other line as "
        f"Azure AutoML wrote it. {_warned(len(content['warnings']))} {_trained(results)}"
    )
    facts = (
        ("Origin", _origin(content["origin"])),
        ("SDK version", script["generator_version"] or "not said by the script"),
        ("AutoML run", script["automl_run_id"] or "not said by the script"),
        ("Task", script["task"]),
        ("Label", script["label"]),
        ("Sample weights", script["weight_column"] or "none"),
        ("Validation", picture.validation),
        ("Rows", results.rows if results else "known after training"),
        ("Raw columns", f"{picture.columns} read by the script"),
        ("Model", picture.headline),
        ("Runtime", str(content["options"].get("runtime", "portable"))),
    )
    return Summary(verdict, facts)


def _warned(count: int) -> str:
    if not count:
        return "Nothing to be warned of was found."
    return f"{count} warning{'s' * (count != 1)} to read below."


def _trained(results: ResultsView | None) -> str:
    return "It has not been trained here yet." if results is None else results.verdict


def _origin(origin: Mapping[str, Any]) -> str:
    kept = {k: v for k, v in origin.items() if isinstance(v, str | int | float) and v != ""}
    return ", ".join(f"{key}: {value}" for key, value in kept.items()) or "not known"


def _rules(changes: Sequence[Change], sections: Sequence[Section]) -> list[RuleCount]:
    counts = Counter(change.rule for change in changes)
    return [
        RuleCount(
            rule,
            count,
            tuple(s.number for s in sections if rule in s.rules),
            tuple(dict.fromkeys(change.why for change in changes if change.rule == rule)),
        )
        for rule, count in counts.items()
    ]


def _behaviours(changes: Sequence[Change]) -> list[tuple[int, str]]:
    """List what is different afterwards, with its original line."""
    return list(dict.fromkeys((c.first_line, c.behaviour) for c in changes if c.behaviour))
