"""The first thing on the page: the verdict in a few sentences, and the facts it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codegen_fi.render.review.by_hand import BY_HAND
from codegen_fi.render.review.picture import Picture
from codegen_fi.render.review.results import ResultsView
from codegen_fi.render.review.sides import Section


@dataclass(frozen=True)
class Summary:
    """The verdict, and the facts it rests on."""

    verdict: str
    facts: tuple[tuple[str, str], ...]


def summary_of(
    content: Mapping[str, Any],
    script: Mapping[str, Any],
    sections: Sequence[Section],
    picture: Picture,
    warnings: int,
    results: ResultsView | None,
) -> Summary:
    """Say what the page is about.

    Parameters
    ----------
    content
        The manifest.
    script
        The model as it is trained now.
    warnings
        How many there are to read.
    """
    sentences = (
        f"{picture.headline}, {script['task']} of {script['label']!r}: {_changed(sections)}",
        _edited(sections),
        _warned(warnings),
        "It has not been trained here yet." if results is None else results.verdict,
    )
    facts = (
        ("Origin", origin_in_words(content["origin"])),
        ("SDK version", script["generator_version"] or "not said by the script"),
        ("AutoML run", script["automl_run_id"] or "not said by the script"),
        ("Task", script["task"]),
        ("Label", script["label"]),
        ("Sample weights", script["weight_column"] or "none"),
        ("Validation", picture.validation),
        ("Rows", results.rows if results else "known after training"),
        ("Columns", _columns(picture, results)),
        ("Runtime", str(content["options"].get("runtime", "portable"))),
    )
    return Summary(" ".join(sentence for sentence in sentences if sentence), facts)


def _changed(sections: Sequence[Section]) -> str:
    hunks = [section for section in sections if set(section.rules) - {BY_HAND}]
    rules = {rule for section in hunks for rule in section.rules} - {BY_HAND}
    old = sum(len(stretch.old) for section in hunks for stretch in section.stretches)
    new = sum(len(stretch.new) for section in hunks for stretch in section.stretches)
    return (
        f"{_count(len(hunks), 'place')} changed by {_count(len(rules), 'rule')} "
        f"({_count(old, 'line')} out, {new} in), every other line is as it came."
    )


def _edited(sections: Sequence[Section]) -> str:
    edited = sum(BY_HAND in section.rules for section in sections)
    if not edited:
        return ""
    return f"train.py was edited by hand since, in {_count(edited, 'place')}."


def _warned(count: int) -> str:
    if not count:
        return "Nothing to be warned of was found."
    return f"{_count(count, 'warning')} to read below."


def _columns(picture: Picture, results: ResultsView | None) -> str:
    read = f"{picture.columns:,} read by the script" if picture.columns else "all of the data"
    if results is None or not results.features:
        return read
    return f"{read}, {_count(results.features, 'feature')} made of them"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def origin_in_words(origin: Mapping[str, Any]) -> str:
    """Say where a script came from."""
    kind = origin.get("kind")
    if kind == "demo":
        return "the bundled example"
    if kind == "path":
        member = f", {origin['member']} in it" if origin.get("member") else ""
        return f"{origin.get('path', 'a file')}{member}"
    if kind in {"azureml", "mlflow"} and origin.get("run_id"):
        return _run(origin)
    kept = {k: v for k, v in origin.items() if isinstance(v, str | int | float) and v != ""}
    return ", ".join(f"{key}: {value}" for key, value in kept.items()) or "not known"


def _run(origin: Mapping[str, Any]) -> str:
    parts = [f"run {origin['run_id']}"]
    if origin.get("experiment"):
        parts.append(f"experiment {origin['experiment']}")
    workspace = origin.get("workspace")
    if workspace:
        parts.append(f"workspace {workspace['workspace_name']}")
    elif origin.get("tracking_uri"):
        parts.append(f"MLflow at {origin['tracking_uri']}")
    if origin.get("chosen"):
        parts.append(str(origin["chosen"]))
    if origin.get("edited"):
        parts.append("edited after it was downloaded")
    return ", ".join(parts)
