"""What the script does that its user should know; rewriting leaves it as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from codegen_fi.model.changes import Warned
from codegen_fi.model.hidden import without_secrets
from codegen_fi.parse import dialects
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.script import Script
from codegen_fi.rewrite import all_rows, weights
from codegen_fi.rewrite.dataflow import bound, used
from codegen_fi.rewrite.library_arguments.left_alone import doubts_about
from codegen_fi.rewrite.loaders import loader_of
from codegen_fi.rewrite.requirements import unknown_packages

_STACKED: Final = {
    "portable": "; the portable one stacks all members, so weights and metrics differ from the "
    "run's.",
    "azureml": ", so that the model is little more than its last member.",
}
_CLUSTERING: Final = frozenset({"KMeans", "MiniBatchKMeans"})


def warnings_of(script: Script) -> tuple[Warned, ...]:
    """Return the generator's known oddities that this script has and no rule mends.

    Each was measured on scripts of SDK 1.62, see ``docs/defects.md``.
    """
    return tuple(warned for find in _FINDERS for warned in find(script))


def _unused_weights(script: Script) -> Iterator[Warned]:
    if script.model.weight_column is None or weights.FIX in script.options.fixes:
        return
    train = script.functions.get(dialects.TRAIN)
    if weights.fits_of(script):
        yield Warned(
            train.statement.line if train else None,
            f"The sample weights of column {script.model.weight_column!r} are read but never used "
            f"in training: {dialects.TRAIN}() is given them and doesn't pass them to fit()."
            + _mended_by(weights.FIX, when=not weights.unweighable(script)),
        )
    for scoring in weights.misscored(script)[:1]:
        yield Warned(
            scoring.place.statement.line,
            "Metrics that use weights have no value (NaN): they are given the sample weights of "
            "all rows with the rows held out."
            + _mended_by(weights.FIX, when=not weights.unweighable(script)),
        )


def _last_fold(script: Script) -> Iterator[Warned]:
    if all_rows.FIX not in script.options.fixes and all_rows.keeps_last_fold(script):
        yield Warned(
            training_of(script.source).statement.line,
            "The saved model is trained on the last fold's training rows, not on all rows; the "
            "metrics are means over the folds." + _mended_by(all_rows.FIX),
        )


def _stacking(script: Script) -> Iterator[Warned]:
    ensemble = script.model.pipeline.ensemble
    if ensemble is not None and ensemble.kind == "stacking":
        yield Warned(
            ensemble.component.line,
            "The official runtime trains the meta-learner on zeros for every member but the last"
            + _STACKED[script.options.runtime],
        )


def _clusters(script: Script) -> Iterator[Warned]:
    for mapper in script.model.pipeline.mappers:
        found = [t for t in mapper.transformers if t.name in _CLUSTERING]
        if found and len(mapper.columns) > 1:
            yield Warned(
                found[0].line,
                f"Each of {len(mapper.columns)} columns is clustered by itself, where AutoML "
                "clusters them together, so the features and the model differ from the run's.",
            )


def _whole_numbers(script: Script) -> Iterator[Warned]:
    y = script.model.pipeline.y_transformer
    if y is not None and y.arguments.get("target_type") == "Integer":
        yield Warned(
            y.line,
            "Predictions are rounded to whole numbers, because the target held whole numbers.",
        )


def _random_split_of_a_series(script: Script) -> Iterator[Warned]:
    model = script.model
    if model.task == "forecasting" and model.validation.kind == "split":
        yield Warned(
            training_of(script.source).statement.line,
            "Training ends with an error once it computes metrics: the rows held out are drawn at "
            "random, and a forecaster doesn't score dates it was trained on. Run AutoML with "
            "cross-validation or validation data.",
        )


def _own_tables(script: Script) -> Iterator[Warned]:
    for name, role in dialects.ROLES.items():
        site = script.functions.get(name)
        if site is None or used(site.syntax) & set(site.parameters):
            continue
        loader = loader_of(script, name)
        if loader is None or loader.frame is None:
            yield Warned(
                site.statement.line,
                f"{name}() reads rows of its own choice, so that --{role}-data doesn't reach it. "
                "Let it read what its parameter names, or restore the generated form.",
            )


def _scored_on_trained_rows(script: Script) -> Iterator[Warned]:
    main = script.functions.get(dialects.MAIN)
    training = training_of(script.source)
    if main is None or training.validation is None or script.model.validation.kind != "split":
        return
    splits = [bound(s.syntax) for s in main.walk() if not s.inner]
    beside = [names for names in splits if training.validation[0] in names]
    if beside and not any(training.features in names for names in beside):
        yield Warned(
            training.statement.line,
            f"{training.model} is trained on {training.features}, not on the rows that were split "
            f"off for training: its importances are of {training.validation[0]}, of which it may "
            "have seen every row.",
        )


def _secrets(script: Script) -> Iterator[Warned]:
    for dataset in script.model.datasets:
        if dataset.value and without_secrets(dataset.value) != dataset.value:
            yield Warned(
                dataset.line,
                "The script's default address of its data carries a signature; script.py and "
                "changes.diff hold it as it came. Take it out of both before you pass the folder "
                "on.",
            )


def _strange_packages(script: Script) -> Iterator[Warned]:
    for package, line in unknown_packages(script).items():
        yield Warned(
            line,
            f"This script imports {package}, which generated scripts don't: add it to "
            "requirements.txt if it isn't a file of yours.",
        )


def _mended_by(fix: str, *, when: bool = True) -> str:
    return f" --fix {fix} mends it." if when else ""


_FINDERS: Final[tuple[Callable[[Script], Iterator[Warned]], ...]] = (
    _unused_weights,
    _last_fold,
    _stacking,
    _clusters,
    _whole_numbers,
    _random_split_of_a_series,
    _own_tables,
    _scored_on_trained_rows,
    _secrets,
    _strange_packages,
    doubts_about,
)
