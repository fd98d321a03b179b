"""A readable name and the raw columns of everything a chain puts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sklearn.base import OneToOneFeatureMixin

from ..featurization.text._token_names import token_names


class Output(NamedTuple):
    """One engineered column.

    Attributes
    ----------
    name : str
        Readable; not yet unique.
    raw : tuple of str
        The raw columns it is computed from.
    """

    name: str
    raw: tuple[str, ...]


def chain_outputs(steps: Sequence[Any], columns: Sequence[Any], width: int) -> list[Output]:
    """Follow the names of the columns through the fitted steps of a chain.

    Parameters
    ----------
    steps : sequence
        Fitted transformers.
    columns : sequence
        Raw columns.
    width : int
        Columns the chain puts out.

    Returns
    -------
    list of Output, (width,)
        Numbered after the raw columns where a step doesn't name what it puts out.
    """
    everything = tuple(str(column) for column in columns)
    outputs = [Output(column, (column,)) for column in everything]
    for step in steps:
        outputs = _after(step, outputs, everything)
    if len(outputs) == width:
        return outputs
    label = ", ".join(everything)
    numbered = [label] if width == 1 else [f"{label}_{place}" for place in range(width)]
    return [Output(name, everything) for name in numbered]


def _after(step: Any, inputs: list[Output], everything: tuple[str, ...]) -> list[Output]:
    # A step behind a vectorizer that mixes its inputs would be named after every single word.
    mixed = getattr(step, "mixes_inputs", False)
    names = _step_names(step, list(everything) if mixed else [output.name for output in inputs])
    places = range(len(inputs)) if isinstance(step, OneToOneFeatureMixin) else ()
    places = getattr(step, "input_places_", places)
    if len(places) == len(names):
        sources = [inputs[place] for place in places]
        return [Output(name, each.raw) for name, each in zip(names, sources, strict=True)]
    raw = {output.name: output.raw for output in inputs}
    return [Output(name, raw.get(name, everything)) for name in names]


def _step_names(step: Any, names: list[str]) -> list[str]:
    label = ", ".join(names)
    if hasattr(step, "vocabulary_") and hasattr(step, "analyzer"):
        return [str(name) for name in token_names(step, names)]
    if hasattr(step, "cluster_centers_"):
        clusters = range(len(step.cluster_centers_))
        return [f"{label} (distance to cluster {cluster})" for cluster in clusters]
    if not hasattr(step, "get_feature_names_out"):
        return []
    try:
        given = [str(name) for name in step.get_feature_names_out(names)]
    except ValueError:
        return []
    return [name if _says_where_from(name, names) else f"{label}: {name}" for name in given]


def _says_where_from(name: str, names: list[str]) -> bool:
    return any(source in name for source in names)


def unique_names(names: Sequence[str]) -> list[str]:
    """Give the second and later bearers of a name a number, so that no column is lost.

    Parameters
    ----------
    names : sequence of str

    Returns
    -------
    list of str, (len(names),)
        ``zip``, ``zip (2)`` ...; a number already taken by another column is passed over.
    """
    taken, seen, unique = set(names), Counter[str](), []
    if len(taken) == len(names):
        return list(names)
    for name in names:
        seen[name] += 1
        chosen = name
        while seen[name] > 1 and chosen in taken:
            chosen = f"{name} ({seen[name]})"
            seen[name] += chosen in taken
        taken.add(chosen)
        unique.append(chosen)
    return unique
