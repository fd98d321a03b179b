"""The pipeline as stages from left to right: columns, features, models, prediction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

SHOWN_NAMES: Final = 12


@dataclass(frozen=True)
class Part:
    """One object of the pipeline, with the arguments the script gives it."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True)
class Group:
    """Columns that share a chain of transformers."""

    columns: tuple[str, ...]
    chain: tuple[Part, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The first names."""
        return self.columns[:SHOWN_NAMES]

    @property
    def folded(self) -> tuple[str, ...]:
        """The other names."""
        return self.columns[SHOWN_NAMES:]


@dataclass(frozen=True)
class Model:
    """A learner with what stands before it; the weight in an ensemble."""

    name: str
    parts: tuple[Part, ...]
    weight: float | None = None

    @property
    def title(self) -> str:
        """The estimators in a row."""
        return " + ".join(part.name for part in self.parts)


@dataclass(frozen=True)
class Picture:
    """All stages; empty ones are left out of the page.

    Attributes
    ----------
    headline
        The model in words.
    groups
        Empty when the columns go to the model as they are.
    members
        One for a single model.
    joined_by
        The class that joins the members; None for a single model.
    """

    headline: str
    validation: str
    columns: int
    groups: tuple[Group, ...]
    members: tuple[Model, ...]
    joined_by: Part | None
    meta_learner: Part | None
    y_transformer: Part | None

    @property
    def heaviest(self) -> float:
        """The largest weight of a member, against which the others are drawn."""
        return max((m.weight for m in self.members if m.weight is not None), default=1.0)


def picture_of(script: Mapping[str, Any]) -> Picture:
    """Draw the stages of a script that is given as the plain values of the manifest."""
    pipeline = script["pipeline"]
    ensemble = pipeline["ensemble"]
    members = _members(pipeline, ensemble)
    groups = _groups(pipeline)
    return Picture(
        headline=_headline(ensemble, members),
        validation=_validation(script["validation"]),
        columns=len({name for group in groups for name in group.columns}),
        groups=groups,
        members=members,
        joined_by=_part(ensemble["component"]) if ensemble else None,
        meta_learner=_part(ensemble["meta_learner"])
        if ensemble and ensemble["meta_learner"]
        else None,
        y_transformer=_part(pipeline["y_transformer"]) if pipeline["y_transformer"] else None,
    )


def _groups(pipeline: Mapping[str, Any]) -> tuple[Group, ...]:
    series = pipeline["time_series"]
    if series:
        names = (series["time_column"], *series["series_columns"], *series["features"])
        chain = tuple(part for _, step in series["steps"] for part in _leaves(step))
        return (Group(tuple(dict.fromkeys(names)), chain),)
    return tuple(
        Group(
            tuple(dict.fromkeys(name for entry in mapper["columns"] for name in entry)),
            tuple(_part(step) for step in mapper["transformers"]),
        )
        for mapper in pipeline["mappers"]
    )


def _members(pipeline: Mapping[str, Any], ensemble: Mapping[str, Any] | None) -> tuple[Model, ...]:
    if ensemble is None:
        learner = pipeline["learner"]
        return (_model("model", learner, None),) if learner else ()
    return tuple(_model(m["name"], m["learner"], m["weight"]) for m in ensemble["members"])


def _model(name: str, learner: Mapping[str, Any], weight: float | None) -> Model:
    steps = [learner["preprocessor"]] if learner["preprocessor"] else []
    return Model(
        name, tuple(p for step in [*steps, learner["algorithm"]] for p in _leaves(step)), weight
    )


def _leaves(component: Mapping[str, Any]) -> list[Part]:
    steps = component["steps"]
    return [part for _, step in steps for part in _leaves(step)] if steps else [_part(component)]


def _part(component: Mapping[str, Any]) -> Part:
    arguments = tuple((name, _code(value)) for name, value in component["arguments"].items())
    return Part(component["name"], arguments, component["line"])


def _code(value: Any) -> str:
    is_code = isinstance(value, Mapping) and set(value) == {"code"}
    return str(value["code"]) if is_code else repr(value)


def _headline(ensemble: Mapping[str, Any] | None, members: Sequence[Model]) -> str:
    if ensemble:
        kind = str(ensemble["kind"]).capitalize()
        return f"{kind} ensemble of {len(members)} model{'s' * (len(members) != 1)}"
    return members[0].title if members else "No model"


def _validation(validation: Mapping[str, Any]) -> str:
    kind = validation["kind"]
    if kind == "split":
        return f"{validation['ratio'] or 0:.0%} of the rows held out"
    if kind == "dataset":
        return "a second table"
    folds = validation["folds"]
    return "cross-validation" + (f" with {folds} folds" if folds else "")
