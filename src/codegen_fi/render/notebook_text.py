"""What the notebook says of a script, as Markdown: names escaped, long lists counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codegen_fi.model.pipeline import Ensemble, Learner, Pipeline
from codegen_fi.model.script import TrainingScript
from codegen_fi.render.describe import Description
from codegen_fi.render.templates import cell_markdown

_MOST_NAMES: Final = 12
_FIRST_NAMES: Final = 8
_LONGEST: Final = 60
_MIXED = {
    "voting": "the weighted mean of its members, each fitted on the same rows",
    "stacking": "a meta-learner that decides from what its members say",
}


@dataclass(frozen=True)
class Told:
    """Markdown about a script, ready to be put into cells.

    ``series`` are a forecaster's view of its data; ``groups`` are rows of count, columns and
    transformers; ``members`` are rows under ``members_head``.
    """

    sentence: str
    facts: tuple[tuple[str, str], ...]
    series: tuple[tuple[str, str], ...]
    groups_told: str
    groups: tuple[tuple[str, str, str], ...]
    learners_told: str
    members_head: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    label_told: str


def tell(script: TrainingScript, described: Description) -> Told:
    """Put into Markdown what a script trains."""
    pipeline = script.pipeline
    head, members = _members(pipeline)
    return Told(
        sentence=_sentence(script, described),
        facts=_facts(script, described),
        series=_series(pipeline, described),
        groups_told=_groups_told(pipeline),
        groups=tuple(
            (f"{len(columns):,}", names(columns), cell_markdown(chain))
            for chain, columns in described.groups
        ),
        learners_told=_learners_told(pipeline),
        members_head=head,
        members=members,
        label_told=_label_told(pipeline),
    )


def names(columns: Sequence[str]) -> str:
    """List the names of columns; of many the first, and how many more there are."""
    first = columns if len(columns) <= _MOST_NAMES else columns[:_FIRST_NAMES]
    listed = ", ".join(name_of(name) for name in first)
    rest = len(columns) - len(first)
    return f"{listed} and {rest:,} more" if rest else listed


def name_of(name: str) -> str:
    """Return a name as Markdown; a very long one without its middle."""
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST * 2 // 3]}…{name[-(_LONGEST // 3) :]}"
    return cell_markdown(name) or "(no name)"


def _sentence(script: TrainingScript, described: Description) -> str:
    read = script.pipeline.columns()
    source = f"{_counted(len(read), 'column')} of the data" if read else "the columns of the data"
    return (
        f"Predicts **{name_of(script.label)}** ({script.task}) from {source}, by the model that "
        f"AutoML chose: **{cell_markdown(described.model)}**."
    )


def _facts(script: TrainingScript, described: Description) -> tuple[tuple[str, str], ...]:
    pipeline = script.pipeline
    transformer = pipeline.y_transformer
    through = f", through {cell_markdown(transformer.name)}" if transformer else ""
    groups = f", through {_counted(len(pipeline.mappers), 'group')} of transformers"
    columns = f"{len(pipeline.columns()):,}{groups if pipeline.mappers else ''}"
    weights = name_of(script.weight_column) if script.weight_column is not None else ""
    facts = (
        ("task", script.task),
        ("label", name_of(script.label) + through),
        ("sample weights", weights),
        ("columns", columns if pipeline.columns() else "as they are, without featurization"),
        ("model", cell_markdown(described.model)),
        ("validation", cell_markdown(described.validation)),
        ("AutoML run", name_of(script.automl_run_id) if script.automl_run_id else ""),
        ("SDK", cell_markdown(script.generator_version) if script.generator_version else ""),
    )
    return tuple((name, text) for name, text in facts if text)


def _series(pipeline: Pipeline, described: Description) -> tuple[tuple[str, str], ...]:
    series = pipeline.time_series
    if series is None:
        return ()
    lists = {"columns": names(series.features), "left out": names(series.dropped)}
    return tuple((name, lists.get(name) or cell_markdown(text)) for name, text in described.rows)


def _groups_told(pipeline: Pipeline) -> str:
    columns = _counted(len(pipeline.columns()), "column")
    if len(pipeline.mappers) == 1:
        return f"{columns} in one group:"
    return (
        f"{columns} in {len(pipeline.mappers)} groups, each with transformers of its own; a column "
        "may be in several. What they make stands side by side in one matrix."
    )


def _learners_told(pipeline: Pipeline) -> str:
    if pipeline.ensemble is None:
        return "The model:"
    ensemble = pipeline.ensemble
    count = _counted(len(ensemble.members), "member")
    text = f"The model is a {ensemble.kind} ensemble of {count}: {_MIXED[ensemble.kind]}."
    if ensemble.meta_learner is not None:
        text += f" The meta-learner is **{cell_markdown(ensemble.meta_learner.name)}**."
    return text


def _members(pipeline: Pipeline) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    steps = ("preprocessor", "estimator")
    if pipeline.ensemble is None:
        return steps, (_learner(pipeline.learner),) if pipeline.learner else ()
    return _ensemble_members(pipeline.ensemble, steps)


def _ensemble_members(
    ensemble: Ensemble, steps: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    weighed = any(member.weight is not None for member in ensemble.members)
    head = ("member", *(("weight",) if weighed else ()), *steps)
    rows = []
    for member in ensemble.members:
        weight = "" if member.weight is None else f"{member.weight:g}"
        own = (name_of(member.name), *((weight,) if weighed else ()))
        rows.append((*own, *_learner(member.learner)))
    return head, tuple(rows)


def _learner(learner: Learner) -> tuple[str, str]:
    before = learner.preprocessor.leaves() if learner.preprocessor else ()
    texts = (" + ".join(c.name for c in part) for part in (before, learner.algorithm.leaves()))
    preprocessor, estimator = (cell_markdown(text) for text in texts)
    return preprocessor or "none", estimator


def _label_told(pipeline: Pipeline) -> str:
    if pipeline.y_transformer is None:
        return ""
    name = cell_markdown(pipeline.y_transformer.name)
    return (
        f"The label goes through **{name}** before the model is fitted, and predictions come back "
        "through it."
    )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"
