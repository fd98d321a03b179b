"""A training script as a whole: origin, data, pipeline, validation, functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codegen_fi.model.pipeline import Pipeline

Task = Literal["classification", "regression", "forecasting"]


@dataclass(frozen=True, slots=True)
class DatasetInput:
    """A registered dataset the script loads.

    Attributes
    ----------
    role
        What the rows are for.
    kind
        ``id`` for a registered dataset, ``uri`` for an MLTable or data asset.
    value
        The default id or uri in the script; None when it has none.
    line
        First line of the loader function.
    """

    role: Literal["training", "validation"]
    kind: Literal["id", "uri"]
    value: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Validation:
    """How the script gets the rows it scores on.

    Attributes
    ----------
    kind
        ``split``: part of the training data; ``dataset``: a second dataset;
        ``cross_validation``: folds, of which the last one's model is kept.
    ratio
        Share of rows held out (split), or of each Monte Carlo fold (cross-validation).
    folds
        Number of folds of a cross-validation.
    test_ratio
        Share of the rows that ``prepare_data`` sets aside beforehand as a test set.
    step
        How many periods lie between the folds of a time series; None for other data, or where
        the SDK chooses.
    """

    kind: Literal["split", "dataset", "cross_validation"]
    ratio: float | None = None
    folds: int | None = None
    test_ratio: float | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A top-level function, with its first and last line and its parameters."""

    name: str
    first_line: int
    last_line: int
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainingScript:
    """What one generated training script says.

    Attributes
    ----------
    generator_version
        Version of the SDK named in the first comment; None when that comment is gone.
    automl_run_id
        Id of the run the script belongs to; None when the script doesn't name it.
    task
        What is predicted.
    label, weight_column
        Column names; ``weight_column`` is None without sample weights.
    datasets
        The loader functions, training first.
    metrics
        Names of the metrics the script computes, in its order.
    """

    generator_version: str | None
    automl_run_id: str | None
    task: Task
    label: str
    weight_column: str | None
    datasets: tuple[DatasetInput, ...]
    pipeline: Pipeline
    validation: Validation
    metrics: tuple[str, ...]
    functions: tuple[Function, ...]

    @property
    def has_validation_dataset(self) -> bool:
        """Tell whether the script loads a second dataset to validate on."""
        return any(d.role == "validation" for d in self.datasets)
