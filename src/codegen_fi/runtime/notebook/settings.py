"""The settings of a pipeline, and a training with others."""

from __future__ import annotations

import difflib
import inspect
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

# Those of the columns are told by the table of the pipeline.
_FEATURIZERS = {"featurization", "tst"}
_PLAIN = (bool, int, float, str)


def settings(pipeline: Any) -> Table:
    """List what the script sets otherwise than the classes do by themselves.

    Parameters
    ----------
    pipeline : estimator
        With the names that `set_params` takes.
    """
    every = pipeline.get_params()
    rows = []
    for name, value in every.items():
        path, _, argument = name.rpartition("__")
        owner = every.get(path) if path else pipeline
        if (
            _is_plain(value)
            and not _FEATURIZERS & set(path.split("__"))
            and _default(owner, argument) != (value,)
        ):
            rows.append([name, repr(value), type(owner).__name__])
    below = ["Any other argument of these classes can be set by its name as well."]
    return Table(["setting", "value", "of"], rows, below=below)


def _is_plain(value: Any) -> bool:
    """Tell whether a value can be read and typed; nan stands for what is missing in the data."""
    is_nan = isinstance(value, float) and math.isnan(value)
    return isinstance(value, _PLAIN) and not is_nan


def _default(owner: Any, argument: str) -> tuple[Any, ...]:
    """Return the default in a tuple of one, or nothing where there is none."""
    found = inspect.signature(type(owner).__init__).parameters.get(argument)
    if found is None or found.default is inspect.Parameter.empty:
        return ()
    return (found.default,)


@contextmanager
def changed(train: ModuleType, changes: Mapping[str, Any]) -> Iterator[None]:
    """Let a script build its pipeline with other settings inside a ``with`` block.

    Parameters
    ----------
    train : module
        The script.
    changes : mapping
        Values by the names that `settings` lists.

    Raises
    ------
    ValueError
        The pipeline has no such setting.
    """
    build = train.build_model_pipeline
    known = build().get_params()
    for name in changes:
        if name not in known:
            near = difflib.get_close_matches(name, list(known), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"The pipeline has no setting {name!r}.{hint}")
    setattr(train, "build_model_pipeline", lambda: build().set_params(**changes))  # noqa: B010
    try:
        yield
    finally:
        setattr(train, "build_model_pipeline", build)  # noqa: B010
